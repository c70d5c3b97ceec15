package dev.retake.proxy.capture;

/**
 * What is captured of connections that last.
 *
 * @param webSockets whether the messages of WebSockets are
 * @param webSocketCap bytes of one WebSocket that are kept, of both sides together
 * @param eventStreams whether the bodies of event streams are; they count as withheld else
 */
public record StreamCapture(boolean webSockets, long webSocketCap, boolean eventStreams) {}
