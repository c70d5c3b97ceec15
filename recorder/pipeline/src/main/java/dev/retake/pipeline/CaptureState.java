package dev.retake.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what is forwarded is being recorded, and if not why, in a sentence for whoever looks after the sidecar: in the log
 * when it changes, and for whoever asks. The recorder's thread tells; any thread asks.
 */
final class CaptureState {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureState.class);
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier ticker;
    private final LongSupplier dropped;
    private final Map<Cause, Outage> outages = Collections.synchronizedMap(new EnumMap<>(Cause.class));
    private volatile boolean open;
    private volatile boolean writing;
    private volatile long movedAt;
    private volatile long writingAt;
    private volatile long writtenAt;

    /**
     * @param ticker nanoseconds that never step
     * @param dropped how many exchanges were dropped so far
     */
    CaptureState(LongSupplier ticker, LongSupplier dropped) {
        this.ticker = ticker;
        this.dropped = dropped;
        this.movedAt = ticker.getAsLong();
    }

    /** What can fail on its own. */
    enum Cause {
        JOURNAL,
        RECORDER
    }

    private record Outage(String why, long since, long droppedBefore) {}

    /** Capture is off, because of {@code cause}, until {@link #on} is told of the same. */
    void off(Cause cause, String why) {
        Outage before = outages.get(cause);
        if (before == null) {
            outages.put(cause, new Outage(why, ticker.getAsLong(), dropped.getAsLong()));
            LOG.warn("capture is off: {}", why);
        } else if (!before.why().equals(why)) {
            outages.put(cause, new Outage(why, before.since(), before.droppedBefore()));
            LOG.warn("capture is still off: {}", why);
        }
    }

    /** {@code cause} has ended, should it have been there. */
    void on(Cause cause) {
        if (outages.isEmpty()) {
            return;
        }
        Outage ended = outages.remove(cause);
        if (ended != null) {
            LOG.warn(
                    "capture is on again after {} s; {} exchanges were dropped meanwhile",
                    seconds(ticker.getAsLong() - ended.since()),
                    dropped.getAsLong() - ended.droppedBefore());
        }
    }

    /** The journal is open. */
    void opened() {
        movedAt = ticker.getAsLong();
        open = true;
    }

    /** The recorder goes on, and is not stuck. */
    void moves() {
        long now = ticker.getAsLong();
        long stood = now - movedAt;
        movedAt = now;
        if (stood >= STANDSTILL_NANOS) {
            LOG.warn("the recorder stood still for {} s; what its queue could not hold was dropped", seconds(stood));
        }
    }

    /** A batch is on its way to the journal. */
    void writes() {
        writingAt = ticker.getAsLong();
        writing = true;
    }

    /** The journal has the batch, or has failed to take it. From the thread that writes. */
    void written() {
        writtenAt = ticker.getAsLong();
        writing = false;
    }

    /** The recorder knows of it, and may have waited for that. */
    void settled() {
        long took = writtenAt - writingAt;
        if (took < STANDSTILL_NANOS) {
            moves();
        } else {
            movedAt = ticker.getAsLong();
            LOG.warn(
                    "the journal needed {} s for one batch; what could not wait in the meantime was dropped",
                    seconds(took));
        }
    }

    /** Why nothing is recorded; null where all is well. From any thread. */
    @Nullable
    String whyOff() {
        for (Cause cause : Cause.values()) {
            Outage outage = outages.get(cause);
            if (outage != null) {
                return outage.why();
            }
        }
        long now = ticker.getAsLong();
        long wrote = writing ? now - writingAt : 0;
        if (wrote >= STANDSTILL_NANOS) {
            return "The journal has not taken a batch for " + seconds(wrote)
                    + " s; look at its disk, and capture goes on by itself.";
        }
        long stood = now - movedAt;
        if (stood < STANDSTILL_NANOS) {
            return null;
        }
        return open
                ? "The recorder has been busy with one batch for " + seconds(stood)
                        + " s; look at what else the machine does, and capture goes on by itself."
                : "The journal is not open after " + seconds(stood)
                        + " s; look at its disk, and capture begins by itself.";
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }
}
