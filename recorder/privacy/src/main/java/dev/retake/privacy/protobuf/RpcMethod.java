package dev.retake.privacy.protobuf;

/**
 * Which messages a method takes and gives, one or a stream of them.
 *
 * @param input of its requests
 * @param output of its responses
 */
public record RpcMethod(MessageType input, MessageType output) {}
