package dev.retake.common.exchange;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562 §5.7) that ascend for one generator, also when the clock stands still or steps
 * back: milliseconds and a 12-bit counter form the order, method 1 of §6.2. Thread-safe, lock-free.
 */
public final class UuidV7 {
    private final AtomicLong last = new AtomicLong();
    private final RandomGenerator random;

    public UuidV7(RandomGenerator random) {
        this.random = random;
    }

    /** A new id for {@code epochMillis}, or for the next free position after the last id where that is later. */
    public UUID next(long epochMillis) {
        long wanted = epochMillis << 12;
        long position = last.updateAndGet(previous -> Math.max(previous + 1, wanted));
        long high = (position >>> 12) << 16 | 0x7000L | (position & 0xfff);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }

    /** The millisecond that an id of version 7 carries. */
    public static long epochMillis(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
