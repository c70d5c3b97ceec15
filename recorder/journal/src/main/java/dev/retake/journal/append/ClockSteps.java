package dev.retake.journal.append;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices that the clock was stepped, by comparing it with one that cannot be. Who removes what is old must not believe a
 * clock that has just jumped: it may jump back, and what was removed does not. For one thread.
 */
final class ClockSteps {
    private static final long DOUBT_NANOS = Duration.ofHours(1).toNanos();
    private static final long TOLERATED_NANOS = Duration.ofMinutes(1).toNanos();

    private final Clock clock;
    private final LongSupplier ticker;
    private long wallMillis;
    private long tick;
    private long doubtUntil;

    /** @param ticker nanoseconds that never step, as {@link System#nanoTime()} */
    ClockSteps(Clock clock, LongSupplier ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.wallMillis = clock.millis();
        this.tick = ticker.getAsLong();
        this.doubtUntil = tick;
    }

    /** Whether the clock has run evenly for an hour, or since this was made, as far as it was looked at. */
    boolean isTrusted() {
        long nowMillis = clock.millis();
        long now = ticker.getAsLong();
        long stepped = (nowMillis - wallMillis) * 1_000_000 - (now - tick);
        wallMillis = nowMillis;
        tick = now;
        if (Math.abs(stepped) > TOLERATED_NANOS) {
            doubtUntil = now + DOUBT_NANOS;
        }
        return now - doubtUntil >= 0;
    }
}
