package dev.retake.proxy.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all that an event loop has to time: it gives a coarse clock, calls its watches, and measures how late it
 * is itself called. Every method is for the loop's own thread.
 *
 * <p>The loop counts as lagging when each of the last ticks came more than {@value #LAG_MILLIS} ms late: a single late
 * one is a pause of the collector or of the machine, which giving up captures would not mend.
 */
public final class LoopTicker {
    /** What is looked at once a tick. */
    public interface Watch {
        /** {@code now} is on the scale of {@link System#nanoTime()}. */
        void tick(long now);
    }

    static final long LAG_MILLIS = 5;
    static final int LATE_TICKS = 4;
    private static final long LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(LAG_MILLIS);

    private final long periodNanos;
    private final InstantSource wallClock;
    private final List<Watch> watches = new ArrayList<>();
    private @Nullable Future<?> timer;
    private long now = System.nanoTime();
    private long due;
    private int late;
    private long wallMicros;

    public LoopTicker(long periodMillis, InstantSource wallClock) {
        this.periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
        this.wallClock = wallClock;
    }

    /** Starts ticking on {@code loop}. */
    public void start(EventLoop loop) {
        now = System.nanoTime();
        due = now + periodNanos;
        wallMicros = readWallClock();
        timer = loop.scheduleWithFixedDelay(
                () -> tick(System.nanoTime()), periodNanos, periodNanos, TimeUnit.NANOSECONDS);
    }

    public void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    public void add(Watch watch) {
        watches.add(watch);
    }

    void tick(long nanoTime) {
        late = nanoTime - due > LAG_NANOS ? Math.min(late + 1, LATE_TICKS) : 0;
        now = nanoTime;
        due = nanoTime + periodNanos;
        wallMicros = readWallClock();
        for (Watch watch : watches) {
            watch.tick(nanoTime);
        }
        due = System.nanoTime() + periodNanos;
    }

    /** Time of the last tick, on the scale of {@link System#nanoTime()}. */
    public long now() {
        return now;
    }

    /** Microseconds since the epoch at {@code nanoTime}, by the wall clock as it stood at the last tick. */
    public long wallMicros(long nanoTime) {
        return wallMicros + TimeUnit.NANOSECONDS.toMicros(nanoTime - now);
    }

    /** Whether the loop is so late that captures give way to traffic. */
    public boolean lagging() {
        return late == LATE_TICKS;
    }

    private long readWallClock() {
        var instant = wallClock.instant();
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }
}
