package dev.retake.replay.schedule;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends a run before its time, from any thread, and wakes whoever waits for his turn. The first reason counts. */
public final class StopSignal {
    /**
     * Why a run ended.
     *
     * @param skipReason what exchanges that were not sent are counted under
     * @param sentence for the reader
     */
    public record Stop(String skipReason, String sentence) {}

    private final AtomicReference<@Nullable Stop> reason = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Runnable> wakers = new CopyOnWriteArrayList<>();

    /** Ends the run for {@code stop}, unless it is ending already. */
    public void stop(Stop stop) {
        if (reason.compareAndSet(null, stop)) {
            stopped.countDown();
            wakers.forEach(Runnable::run);
        }
    }

    /** Runs {@code wake} when the run ends before its time, at once where it has; it must not block, and may run twice. */
    public void whenStopped(Runnable wake) {
        wakers.add(wake);
        if (reason.get() != null) {
            wake.run();
        }
    }

    /** Why the run ends, null while it goes on. */
    public @Nullable Stop reason() {
        return reason.get();
    }

    /** Waits; returns at once, with true, when the run ends. */
    public boolean await(long nanos) throws InterruptedException {
        return nanos <= 0 ? reason.get() != null : stopped.await(nanos, TimeUnit.NANOSECONDS);
    }
}
