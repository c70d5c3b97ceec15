package dev.retake.pipeline;

import dev.retake.journal.ForwardedMark;
import dev.retake.journal.LedgerDelta;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of every forwarded exchange. Event loops count wait-free; the recorder takes what is not yet in the
 * journal with each batch, and says when it is.
 */
final class Ledger {
    private static final DropReason[] REASONS = DropReason.values();

    private final AtomicLong forwarded = new AtomicLong();
    private final AtomicLong excluded = new AtomicLong();
    private final Tally<DropReason> dropped = new Tally<>(DropReason.class);

    /** Forwarded before there was a mark to count them on. */
    private final AtomicLong unmarked = new AtomicLong();

    private volatile @Nullable ForwardedMark mark;

    /** What the journal has; for the recorder's thread. */
    private long writtenExcluded;

    private final Map<DropReason, Long> writtenDropped = new EnumMap<>(DropReason.class);

    /** Counts a completed exchange, before anything else is done with it. */
    void forwarded() {
        forwarded.incrementAndGet();
        ForwardedMark journal = mark;
        if (journal == null) {
            unmarked.incrementAndGet();
        } else {
            journal.add(1);
        }
    }

    void excluded() {
        excluded.incrementAndGet();
    }

    void dropped(DropReason reason) {
        dropped.increment(reason);
    }

    /** From here on the journal knows of an exchange as soon as it is forwarded. */
    void markOn(ForwardedMark journal) {
        mark = journal;
        settle();
    }

    /** Marks what was forwarded while there was no mark. */
    void settle() {
        ForwardedMark journal = mark;
        long late = journal == null ? 0 : unmarked.getAndSet(0);
        if (journal != null && late > 0) {
            journal.add(late);
        }
    }

    /** What the journal does not have yet. */
    LedgerDelta unwritten() {
        Map<String, Long> byReason = new HashMap<>();
        for (DropReason reason : REASONS) {
            long count = droppedCount(reason) - writtenDropped.getOrDefault(reason, 0L);
            if (count > 0) {
                byReason.put(reason.text(), count);
            }
        }
        return new LedgerDelta(0, excluded.get() - writtenExcluded, byReason);
    }

    /** The journal has {@code delta}. */
    void written(LedgerDelta delta) {
        writtenExcluded += delta.excluded();
        for (DropReason reason : REASONS) {
            writtenDropped.merge(reason, delta.dropped().getOrDefault(reason.text(), 0L), Long::sum);
        }
    }

    long forwardedCount() {
        return forwarded.get();
    }

    long excludedCount() {
        return excluded.get();
    }

    long droppedCount(DropReason reason) {
        return dropped.of(reason);
    }
}
