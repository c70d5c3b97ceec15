package dev.retake.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One hard bound on the memory that captures hold, counted by the capacity that is pinned, not by the bytes that are
 * used. Thread-safe and wait-free.
 */
public final class CaptureBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** A budget of {@code limit} bytes. */
    public CaptureBudget(long limit) {
        this.limit = limit;
    }

    /** Takes {@code bytes} from the budget; false, and nothing taken, where so much is not left. */
    public boolean tryCharge(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was charged. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Bytes in use. */
    public long used() {
        return used.get();
    }

    /** Bytes in all. */
    public long limit() {
        return limit;
    }
}
