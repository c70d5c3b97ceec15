package dev.retake.privacy;

/**
 * One message of a stream as it passed, raw: it exists only where streams are captured.
 *
 * @param kind what the protocol says of it
 * @param fromServer whether the server sent it
 * @param bytes its content, unmasked and decompressed (RFC 6455 §5.3, RFC 7692), all fragments joined; of an event the
 *     lines that make it up; of an RPC message the five bytes before it too. Not copied: treat as read-only
 * @param truncated it went on after the last byte, where a cap ended its capture
 * @param atNanos when its last byte passed, nanoseconds since the exchange was accepted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StreamMessage(Kind kind, boolean fromServer, byte[] bytes, boolean truncated, long atNanos) {
    /** What a protocol says of a message. */
    public enum Kind {
        /** A WebSocket message of text (RFC 6455 §5.6), or a line of a stream of JSON texts. */
        TEXT,
        /** A WebSocket message of bytes, or a message of a streaming RPC. */
        BINARY,
        /** A server-sent event, or several, with their line ends (WHATWG HTML §9.2). */
        EVENT
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "StreamMessage[" + kind + ", " + bytes.length + " bytes]";
    }
}
