package dev.retake.pipeline;

import dev.retake.journal.ForwardedMark;
import dev.retake.journal.LedgerDelta;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of every forwarded exchange. Event loops count wait-free; the recorder takes what is not yet in the
 * journal with each batch, and says when it is.
 */
final class Ledger {
    private static final DropReason[] REASONS = DropReason.values();

    private final AtomicLong excluded = new AtomicLong();
    private final Tally<DropReason> dropped = new Tally<>(DropReason.class);

    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    private volatile Mark mark = add(new Mark(null));

    /** What the journal has; for the recorder's thread. */
    private long writtenExcluded;

    private final Map<DropReason, Long> writtenDropped = new EnumMap<>(DropReason.class);

    /** Of what was written, what the journal at hand has. */
    private long writtenHere;

    /**
     * Where exchanges are counted as forwarded for a time: in a journal, or in none. Journals come and go; what one leaves
     * unaccounted for is the next one's.
     */
    private static final class Mark {
        private final @Nullable ForwardedMark journal;
        private final AtomicLong count = new AtomicLong();

        /** Taken over from earlier marks; for the recorder's thread, as the next. */
        private long inherited;

        /** Accounted for here, or handed on. */
        private long settled;

        Mark(@Nullable ForwardedMark journal) {
            this.journal = journal;
        }
    }

    private Mark add(Mark next) {
        marks.add(next);
        return next;
    }

    /** Counts a completed exchange, before anything else is done with it. */
    void forwarded() {
        Mark current = mark;
        current.count.incrementAndGet();
        if (current.journal != null) {
            current.journal.add(1);
        }
    }

    void excluded() {
        excluded.incrementAndGet();
    }

    void dropped(DropReason reason) {
        dropped.increment(reason);
    }

    void dropped(DropReason reason, long exchanges) {
        dropped.add(reason, exchanges);
    }

    /** From here on the journal knows of an exchange as soon as it is forwarded. */
    void markOn(ForwardedMark journal) {
        mark = add(new Mark(journal));
        writtenHere = 0;
        settle();
    }

    /**
     * The journal is gone. What was forwarded and is not accounted for there is for the next one to account for.
     *
     * @param captured exchanges that it has
     */
    void leave(long captured) {
        Mark gone = mark;
        mark = add(new Mark(null));
        gone.settled += captured + writtenHere;
        writtenHere = 0;
    }

    /** Marks in the journal at hand what was forwarded before it was there. */
    void settle() {
        Mark current = mark;
        if (current.journal == null) {
            return;
        }
        for (Mark earlier : marks) {
            long late = earlier == current ? 0 : earlier.count.get() + earlier.inherited - earlier.settled;
            if (late > 0) {
                earlier.settled += late;
                current.inherited += late;
                current.journal.add(late);
            }
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
        writtenHere += delta.excluded();
        for (DropReason reason : REASONS) {
            long written = delta.dropped().getOrDefault(reason.text(), 0L);
            writtenDropped.merge(reason, written, Long::sum);
            writtenHere += written;
        }
    }

    long forwardedCount() {
        return marks.stream().mapToLong(each -> each.count.get()).sum();
    }

    long excludedCount() {
        return excluded.get();
    }

    long droppedCount(DropReason reason) {
        return dropped.of(reason);
    }

    long droppedCount() {
        return Arrays.stream(REASONS).mapToLong(dropped::of).sum();
    }
}
