package dev.retake.pipeline;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where event loops leave what they have seen and the recorder finds it: a bounded queue of exchanges, a smaller one for
 * the heads of those that were dropped, and where even that is full, the time up to which something was lost. No side
 * wakes the other, which would be a system call; the recorder looks at intervals.
 */
final class Intake {
    private static final int MAX_NOTICES = 4_096;

    private final CaptureBudget budget;
    private final Ledger ledger;
    private final MpscAtomicArrayQueue<RawExchange> exchanges;
    private final Queue<RawExchange> notices = new MpscAtomicArrayQueue<>(MAX_NOTICES);
    private final AtomicLong lostUntil = new AtomicLong(Long.MIN_VALUE);
    private volatile Gate gate = Gate.STARTING;

    Intake(CaptureBudget budget, int capacity, Ledger ledger) {
        this.budget = budget;
        this.exchanges = new MpscAtomicArrayQueue<>(capacity);
        this.ledger = ledger;
    }

    /** What happens to an exchange that arrives. */
    enum Gate {
        /** It waits for the journal to be opened, while there is room. */
        STARTING,
        /** It is queued. */
        OPEN,
        /** It is dropped, for the journal cannot be written. */
        SHEDDING,
        /** It is dropped, for the recorder ends. */
        CLOSED
    }

    CaptureBudget budget() {
        return budget;
    }

    void set(Gate next) {
        gate = next;
    }

    /** Takes over {@code exchange}. From any event loop; wait-free. */
    void offer(RawExchange exchange) {
        switch (gate) {
            case STARTING -> queueOrDrop(exchange, DropReason.STARTING);
            case OPEN -> queueOrDrop(exchange, DropReason.QUEUE);
            case SHEDDING -> drop(DropReason.JOURNAL, exchange);
            case CLOSED -> drop(DropReason.STOPPING, exchange);
        }
    }

    /** Counts {@code exchange} as dropped, and leaves word of it. From any event loop; wait-free. */
    void drop(DropReason reason, RawExchange exchange) {
        ledger.dropped(reason);
        exchange.discardBodies();
        if (gate == Gate.CLOSED || exchange.requestHead == null || !notices.offer(exchange)) {
            lostUntil.accumulateAndGet(exchange.acceptedAt, Math::max);
            exchange.release();
        }
    }

    /** The next exchange, null where none waits. For the recorder's thread, as all that follows. */
    @Nullable
    RawExchange poll() {
        return exchanges.relaxedPoll();
    }

    /** Gives {@code sink} each dropped exchange that is known; the sink does not keep them. */
    void drainNotices(Consumer<RawExchange> sink) {
        for (RawExchange notice = notices.poll(); notice != null; notice = notices.poll()) {
            try {
                sink.accept(notice);
            } finally {
                notice.release();
            }
        }
    }

    /** The time up to which exchanges were dropped without a trace, once; null where there were none. */
    @Nullable
    Long takeLost() {
        long lost = lostUntil.getAndSet(Long.MIN_VALUE);
        return lost == Long.MIN_VALUE ? null : lost;
    }

    /** How many exchanges wait. From any thread. */
    int waiting() {
        return exchanges.size();
    }

    /**
     * Releases all that still waits, counting it as dropped: by the recorder's thread at its end, and after that by whoever
     * closes the recorder, for what was on its way into the queue just then.
     */
    synchronized void discard(DropReason reason) {
        for (RawExchange exchange = poll(); exchange != null; exchange = poll()) {
            ledger.dropped(reason);
            exchange.release();
        }
        drainNotices(notice -> {});
    }

    private void queueOrDrop(RawExchange exchange, DropReason ifFull) {
        if (!exchanges.offer(exchange)) {
            drop(ifFull, exchange);
        }
    }
}
