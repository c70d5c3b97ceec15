package dev.retake.common.exchange;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One message of a connection that was upgraded to WebSocket (RFC 6455), its fragments joined, unmasked and decompressed.
 *
 * @param kind what the protocol says of it
 * @param fromServer whether the server sent it
 * @param atNanos when its last byte passed, nanoseconds since the exchange was accepted
 * @param bytes its content, of a close frame the reason; empty where it is withheld. Not copied: treat as read-only
 * @param size bytes of content before sanitizing; of a truncated message, as many as were captured
 * @param code status code of a close frame (RFC 6455 §7.4), 0 where there is none
 * @param truncated it went on after the last byte, where its capture ended
 * @param withheld why {@code bytes} is empty though the content was not; null where it was kept
 * @param digest keyed digest of the {@code size} bytes before sanitizing; null where none was needed
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content; see equals
public record Message(
        Kind kind,
        boolean fromServer,
        long atNanos,
        byte[] bytes,
        int size,
        int code,
        boolean truncated,
        @Nullable Withheld withheld,
        byte @Nullable [] digest) {

    private static final byte[] NO_BYTES = {};

    /** What a message is; control frames (RFC 6455 §5.5) are messages too. */
    public enum Kind {
        TEXT("text"),
        BINARY("binary"),
        CLOSE("close"),
        PING("ping"),
        PONG("pong");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name used in every output format. */
        public String text() {
            return text;
        }
    }

    /** A message as it passed. */
    public static Message raw(Kind kind, boolean fromServer, long atNanos, byte[] bytes, int code, boolean truncated) {
        return new Message(kind, fromServer, atNanos, bytes, bytes.length, code, truncated, null, null);
    }

    /** The same message with other bytes; size and flags stay. */
    public Message withBytes(byte[] replaced) {
        return new Message(kind, fromServer, atNanos, replaced, size, code, truncated, withheld, digest);
    }

    /** The same message, its bytes left out for {@code reason}. */
    public Message withheld(Withheld reason) {
        return new Message(kind, fromServer, atNanos, NO_BYTES, size, code, truncated, reason, digest);
    }

    /** The same message with a keyed digest of its bytes. */
    public Message withDigest(byte[] keyedDigest) {
        return new Message(kind, fromServer, atNanos, bytes, size, code, truncated, withheld, keyedDigest);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Message[" + kind + ", " + size + " bytes]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that
                && kind == that.kind
                && fromServer == that.fromServer
                && atNanos == that.atNanos
                && size == that.size
                && code == that.code
                && truncated == that.truncated
                && withheld == that.withheld
                && Arrays.equals(bytes, that.bytes)
                && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + Long.hashCode(atNanos);
    }
}
