package dev.retake.common.error;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where failures go that have no caller to throw to. Each kind (place and exception class) is counted, and logged the
 * first time and then at every power of ten, by class and code location only: a message may quote what was captured.
 * Thread-safe.
 */
public final class BackgroundErrors {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundErrors.class);
    private static final int KINDS = 1_000;

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** Counts {@code failure}, which happened while doing {@code activity} (a constant, such as "sanitize"). */
    public void report(String activity, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        String kind = activity + ": " + failure.getClass().getName() + place;
        AtomicLong counter = counts.get(kind);
        if (counter == null && counts.size() < KINDS) {
            counter = counts.computeIfAbsent(kind, k -> new AtomicLong());
        }
        long count = counter == null ? 1 : counter.incrementAndGet();
        if (isPowerOfTen(count)) {
            LOG.warn("background failure ({} so far) {}", count, kind);
        }
    }

    /** Counts by kind, a copy. */
    public Map<String, Long> counts() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((kind, count) -> copy.put(kind, count.get()));
        return copy;
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
