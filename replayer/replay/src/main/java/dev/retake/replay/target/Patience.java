package dev.retake.replay.target;

import java.time.Duration;

/**
 * How long one request is waited for.
 *
 * @param silence longest time without a byte from the target
 * @param total longest time in all
 * @param enoughBytes content bytes, as transferred, after which a stream counts as read; {@link #WHOLE} where only its end
 *     ends it
 * @param enoughTime time after which a stream that has begun counts as read; {@link Duration#ZERO} where none does
 */
public record Patience(Duration silence, Duration total, long enoughBytes, Duration enoughTime) {
    /** Until the end. */
    public static final long WHOLE = Long.MAX_VALUE;

    /** A target that keeps sending may take this many times as long as one that is silent. */
    private static final int DRIP_FACTOR = 10;

    /** Waits for the whole response; where the recorded one took longer than {@code silence}, twice as long as it. */
    public static Patience forWhole(Duration silence, Duration recorded) {
        Duration longest = longer(silence, recorded.multipliedBy(2));
        return new Patience(longest, longest.multipliedBy(DRIP_FACTOR), WHOLE, Duration.ZERO);
    }

    /** Waits as long as a client did that left in the middle of a stream. */
    public static Patience forPart(Duration silence, Duration recorded, long bytes) {
        Duration longest = longer(silence, recorded.multipliedBy(2));
        return new Patience(longest, longest.multipliedBy(DRIP_FACTOR), Math.max(1, bytes), recorded.plusMillis(100));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
