package dev.retake.privacy;

import dev.retake.common.exchange.Exchange;
import dev.retake.privacy.value.Lessons;

/**
 * Sanitizes the messages of one stream, one at a time as they pass, so that whoever captures it need not hold it: frames of
 * a WebSocket, server-sent events, messages of a streaming RPC. A value has the surrogate that it has in the exchange which
 * opened the stream and in every other of its session; a name or password that one message gave away is also replaced
 * where a later one repeats it in running text. Earlier messages are not seen again.
 *
 * <p>Whoever records an exchange whose response opens a stream (101 with {@code Upgrade: websocket}, or a
 * {@code text/event-stream}) asks {@link Sanitizer#stream} for it once both heads are known, on the recorder's thread, and
 * then hands over each message on that thread in the order in which they passed, between other exchanges as it comes. It
 * holds at most 256 short values between messages and needs no closing. Not thread-safe.
 */
public final class MessageStream {
    private final Sanitizer sanitizer;
    private final Exchange opening;
    private final String operation;
    private Lessons lessons;

    MessageStream(Sanitizer sanitizer, Exchange opening, String operation, Lessons lessons) {
        this.sanitizer = sanitizer;
        this.opening = opening;
        this.operation = operation;
        this.lessons = lessons;
    }

    /** The sanitized form of {@code raw}, withheld where it cannot be read. Never throws for what a message holds. */
    public SanitizedMessage sanitize(StreamMessage raw) {
        return sanitizer.message(this, raw);
    }

    Exchange opening() {
        return opening;
    }

    /** The operation of the sanitized exchange. */
    String operation() {
        return operation;
    }

    /** What the stream gave away so far. */
    Lessons lessons() {
        return lessons;
    }

    void learnt(Lessons all) {
        lessons = all;
    }
}
