package dev.retake.replay.schedule;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Timings;
import dev.retake.verdict.RunResult.ScheduleLag;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Says when each request is due, and keeps how late it was sent. What a slow target delays is not late: the next request
 * of its session is due later then. Thread-safe.
 */
public final class Schedule {
    private static final long MAX_LAG_MICROS = TimeUnit.HOURS.toMicros(24);

    private final Pace pace;
    private final StopSignal stop;
    private final LongSupplier nanoTime;
    private final Histogram lagMicros = new ConcurrentHistogram(MAX_LAG_MICROS, 3);
    private final long firstAcceptedAt;
    private final long begun;
    private long nextTick;

    /**
     * A schedule that begins now.
     *
     * @param firstAcceptedAt when the oldest session began, microseconds since the epoch
     * @param nanoTime a monotonic clock
     */
    public Schedule(Pace pace, long firstAcceptedAt, StopSignal stop, LongSupplier nanoTime) {
        this.pace = pace;
        this.stop = stop;
        this.nanoTime = nanoTime;
        this.firstAcceptedAt = firstAcceptedAt;
        this.begun = nanoTime.getAsLong();
        this.nextTick = begun;
    }

    /** The turns of one session, used by one thread. */
    public Turns session(List<Exchange> exchanges) {
        return new Turns(exchanges);
    }

    /** How late requests were sent, in milliseconds. */
    public ScheduleLag lag() {
        return new ScheduleLag(
                lagMicros.getValueAtPercentile(50) / 1e3,
                lagMicros.getValueAtPercentile(99) / 1e3,
                lagMicros.getMaxValue() / 1e3);
    }

    private synchronized long claimTick(double perSecond, long now) {
        long due = nextTick;
        // Ticks that nobody was free to take are not made up for: the rate is never exceeded.
        nextTick = Math.max(due, now) + (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        return due;
    }

    /** When the requests of one session are due. */
    public final class Turns {
        private final List<Exchange> exchanges;
        private long ready = nanoTime.getAsLong();
        private long lastDue = Long.MIN_VALUE;

        private Turns(List<Exchange> exchanges) {
            this.exchanges = exchanges;
        }

        /** Waits until request {@code step} is due; false where the run ended meanwhile. */
        public boolean await(int step) throws InterruptedException {
            long due = due(step);
            if (stop.await(due - nanoTime.getAsLong())) {
                return false;
            }
            lastDue = due;
            long late = Math.max(0, nanoTime.getAsLong() - due);
            lagMicros.recordValue(Math.min(MAX_LAG_MICROS, TimeUnit.NANOSECONDS.toMicros(late)));
            return true;
        }

        /** The step before the next is over. */
        public void done() {
            ready = nanoTime.getAsLong();
        }

        private long due(int step) {
            if (pace instanceof Pace.Recorded recorded) {
                return recordedDue(step, recorded.factor());
            }
            if (pace instanceof Pace.Rate rate) {
                return claimTick(rate.perSecond(), ready);
            }
            return ready;
        }

        private long recordedDue(int step, double factor) {
            long accepted = exchanges.get(step).timings().acceptedAt();
            if (lastDue == Long.MIN_VALUE) {
                return begun + scaled(accepted - firstAcceptedAt, factor);
            }
            Timings before = exchanges.get(step - 1).timings();
            long think = Math.max(0, accepted - endOf(before));
            return Math.max(lastDue + scaled(accepted - before.acceptedAt(), factor), ready + scaled(think, factor));
        }

        private static long scaled(long micros, double factor) {
            return (long) (TimeUnit.MICROSECONDS.toNanos(Math.max(0, micros)) / factor);
        }

        private static long endOf(Timings timings) {
            long last = Math.max(timings.lastByteNs(), Math.max(timings.firstByteNs(), timings.sentNs()));
            return timings.acceptedAt() + TimeUnit.NANOSECONDS.toMicros(Math.max(0, last));
        }
    }
}
