package dev.retake.proxy.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer for all that an event loop has to time: it gives a coarse clock, calls its watches, and measures how late it
 * is itself called. Every method is for the loop's own thread.
 *
 * <p>The loop counts as lagging when each tick of the last second came later than the bound: single late ones are pauses
 * of the collector or of a busy machine, which giving up captures would not mend.
 */
public final class LoopTicker {
    /** What is looked at once a tick. */
    public interface Watch {
        /** {@code now} is on the scale of {@link System#nanoTime()}. */
        void tick(long now);
    }

    private final long periodNanos;
    private final long lagNanos;
    private final int lateTicks;
    private final InstantSource wallClock;
    private final List<Watch> watches = new ArrayList<>();
    private @Nullable Future<?> timer;
    private long now = System.nanoTime();
    private long due;
    private int late;
    private long wallMicros;

    /**
     * @param period between ticks
     * @param lag how late a tick may come
     */
    public LoopTicker(Duration period, Duration lag, InstantSource wallClock) {
        this.periodNanos = period.toNanos();
        this.lagNanos = lag.toNanos();
        this.lateTicks = (int) (TimeUnit.SECONDS.toNanos(1) / periodNanos);
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
        late = nanoTime - due > lagNanos ? Math.min(late + 1, lateTicks) : 0;
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
        return late == lateTicks;
    }

    private long readWallClock() {
        var instant = wallClock.instant();
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }
}
