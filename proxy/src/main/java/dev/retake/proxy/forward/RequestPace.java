package dev.retake.proxy.forward;

import dev.retake.proxy.http1.BodyScanner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request arrives fast enough: as a whole within its time, and its body at a rate. The rate counts only time in
 * which more could have been passed on, so that a slow upstream is not held against the client, and only bodies of known
 * length, since a stream may rest.
 */
final class RequestPace {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long wholeNanos;
    private final long bytesASecond;
    private long since;
    private long lastLook;
    private long awaited;

    RequestPace(ClientLimits limits) {
        wholeNanos = limits.request().toNanos();
        bytesASecond = limits.bodyRate();
    }

    /** A request's first byte came at {@code since}, its head was whole at {@code now}; both as of the loop's clock. */
    void begin(long since, long now) {
        this.since = since;
        lastLook = now;
        awaited = 0;
    }

    /**
     * Why the client is not waited for any longer, null where it is.
     *
     * @param awaiting whether more could be passed on since the last look
     */
    @Nullable
    String tooSlow(long now, BodyScanner body, boolean awaiting) {
        awaited += awaiting ? now - lastLook : 0;
        lastLook = now;
        if (wholeNanos > 0 && now - since > wholeNanos) {
            return "the request did not arrive within proxy.timeouts.request";
        }
        boolean due = bytesASecond > 0 && !body.streams() && awaited > GRACE_NANOS;
        return due && body.passed() < bytesASecond * TimeUnit.NANOSECONDS.toSeconds(awaited)
                ? "the request body came more slowly than proxy.limits.bodyRate"
                : null;
    }
}
