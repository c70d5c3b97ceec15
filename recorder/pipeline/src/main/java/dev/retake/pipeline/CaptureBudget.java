package dev.retake.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One hard bound on the memory that captures hold, counted by the capacity that is pinned, not by the bytes that are
 * used. Thread-safe and wait-free.
 *
 * <p>What may be held for hours, as the bytes of a WebSocket, has a quarter of it at most, so that long-lived connections
 * leave room for all others.
 */
public final class CaptureBudget {
    private static final int LASTING_SHARE = 4;

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong lasting = new AtomicLong();

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

    /** As {@link #tryCharge}, for what may be held long; false also where all of that has its share. */
    boolean tryChargeLasting(long bytes) {
        if (lasting.addAndGet(bytes) <= limit / LASTING_SHARE && tryCharge(bytes)) {
            return true;
        }
        lasting.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was charged as lasting. */
    void releaseLasting(long bytes) {
        lasting.addAndGet(-bytes);
        release(bytes);
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
