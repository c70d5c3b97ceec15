package dev.retake.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** A count for each constant of an enum. Thread-safe and wait-free. */
final class Tally<E extends Enum<E>> {
    private final Map<E, AtomicLong> counts;

    Tally(Class<E> type) {
        counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, new AtomicLong());
        }
    }

    void increment(E constant) {
        Objects.requireNonNull(counts.get(constant)).incrementAndGet();
    }

    void add(E constant, long amount) {
        Objects.requireNonNull(counts.get(constant)).addAndGet(amount);
    }

    long of(E constant) {
        return Objects.requireNonNull(counts.get(constant)).get();
    }
}
