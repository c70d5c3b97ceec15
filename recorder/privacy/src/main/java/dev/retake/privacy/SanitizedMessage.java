package dev.retake.privacy;

import dev.retake.common.exchange.Withheld;
import org.jspecify.annotations.Nullable;

/**
 * A message of a stream that a {@link MessageStream} has been through. Only this package makes one: a raw message cannot be
 * stored in its place.
 */
public final class SanitizedMessage {
    private final StreamMessage raw;
    private final byte[] bytes;
    private final @Nullable Withheld withheld;

    SanitizedMessage(StreamMessage raw, byte[] bytes, @Nullable Withheld withheld) {
        this.raw = raw;
        this.bytes = bytes;
        this.withheld = withheld;
    }

    public StreamMessage.Kind kind() {
        return raw.kind();
    }

    public boolean fromServer() {
        return raw.fromServer();
    }

    /** When its last byte passed, nanoseconds since the exchange was accepted. */
    public long atNanos() {
        return raw.atNanos();
    }

    /** Bytes that the capture had of it, before sanitizing. */
    public int size() {
        return raw.bytes().length;
    }

    /** Whether it went on where its capture ended. */
    public boolean truncated() {
        return raw.truncated();
    }

    /** The sanitized content, empty where it is withheld; not copied: treat as read-only. */
    public byte[] bytes() {
        return bytes;
    }

    /** Why there is no content; null where there is. */
    public @Nullable Withheld withheld() {
        return withheld;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "SanitizedMessage[" + kind() + ", " + size() + " bytes]";
    }
}
