package dev.retake.privacy.document;

import dev.retake.privacy.protobuf.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What a body of protobuf messages or of an RPC is.
 *
 * @param type of its messages; null where they are JSON
 * @param coding what compresses single messages, as {@code grpc-encoding} names it; null for nothing
 */
record Payload(
        Framing framing,
        @Nullable MessageType type,
        @Nullable String coding) {

    /** How messages follow one another. */
    enum Framing {
        /** The body is one message. */
        SINGLE,
        /** Each after a varint of its length. */
        DELIMITED,
        /** Each after a byte of flags and four of its length; gRPC-Web's trailers too (gRPC over HTTP2, PROTOCOL-WEB). */
        GRPC,
        /** The same, all of it in base64. */
        GRPC_WEB_TEXT,
        /** As gRPC, but for the flags' meaning (Connect protocol, streaming RPCs). */
        CONNECT
    }
}
