package dev.retake.pipeline;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Request;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.pipeline.session.SessionTracker;
import dev.retake.privacy.SanitizedExchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What the recorder's thread does: it opens the journal, then again and again collects what has arrived, orders it by when
 * it was accepted, and writes it as one batch.
 *
 * <p>Order: an exchange that depends on another was accepted after the other was complete, so both the order of completion
 * and that of acceptance are causal. Batches follow the former, and inside a batch the latter holds.
 *
 * <p>While the journal cannot be written, the intake sheds, and the loop tries once a second to write what the journal
 * must know (the ledger, sessions with gaps); when that is written, the intake is open again. A journal that was moved or
 * removed is waited for, since it may be put back, and after that another is opened in its place.
 *
 * <p>Longer than most, since collecting, writing and each way in which either fails share the state of one thread.
 */
final class RecorderLoop implements Runnable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEDGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Content from which on a batch is full: more of it at once would outlive collections of the heap's young part. */
    private static final long BATCH_BYTES = 1 << 20;

    /** Failures in a row from which on it is not single exchanges that fail. */
    private static final int FAILING = 16;

    private static final String FAILS =
            "Every exchange fails to be recorded and is dropped; the log names the failure, so report it.";
    private static final String MEMORY =
            "The recorder ran out of memory; give the sidecar a larger heap. Capture goes on by itself where it can.";

    private final RecorderSettings settings;
    private final Intake intake;
    private final Assembler assembler;
    private final SessionTracker sessions;
    private final Batch batch;
    private final Ledger ledger;
    private final CaptureFigures figures;
    private final Journals journals;
    private final CaptureState state;
    private final List<String> upstreams;
    private final LongSupplier ticker;
    private final BackgroundErrors errors;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<RawExchange> arrived = new ArrayList<>();
    private volatile boolean closing;
    private boolean shedding;
    private long retryAt;
    private long writtenAt;

    /** How many of those that arrived were taken up. */
    private int handled;

    /** Of the exchanges so far, the last time of acceptance. */
    private long latest = Long.MIN_VALUE;

    /** Exchanges that the journal at hand took. */
    private long taken;

    private boolean gone;
    private long goneAt;

    RecorderLoop(
            RecorderSettings settings,
            Intake intake,
            SessionTracker sessions,
            Batch batch,
            Ledger ledger,
            CaptureFigures figures,
            Journals journals,
            CaptureState state,
            List<String> upstreams,
            LongSupplier ticker,
            BackgroundErrors errors) {
        this.settings = settings;
        this.intake = intake;
        this.assembler = new Assembler(settings.maxDecoded());
        this.sessions = sessions;
        this.batch = batch;
        this.ledger = ledger;
        this.figures = figures;
        this.journals = journals;
        this.state = state;
        this.upstreams = new ArrayList<>(upstreams);
        this.ticker = ticker;
        this.errors = errors;
    }

    /** Completes when the journal is open, or with the exception that says why it is not. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    /** Completes when the loop has ended, or with the exception by which the journal could not be closed. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Has the loop write what waits, close the journal, and end. From any thread. */
    void close() {
        closing = true;
    }

    @Override
    public void run() {
        RetakeException failure =
                new RetakeException(ErrorCode.DISK, "The recorder ended by a fault of its own; restart the sidecar.");
        try {
            RecordStore store = journals.open();
            while (record(store)) {
                store = another();
            }
            failure = null;
        } catch (RetakeException e) {
            failure = e;
        } finally {
            intake.set(Intake.Gate.CLOSED);
            intake.discard(DropReason.JOURNAL);
            if (failure == null) {
                closed.complete(null);
            } else {
                state.off(CaptureState.Cause.RECORDER, String.valueOf(failure.getMessage()));
                opened.completeExceptionally(failure);
                closed.completeExceptionally(failure);
            }
        }
    }

    /** Records to {@code store} to the end, or until it is gone and will not come back: then the result is true. */
    private boolean record(RecordStore store) {
        ledger.markOn(store.forwarded());
        shedding = false;
        intake.set(Intake.Gate.OPEN);
        state.on(CaptureState.Cause.JOURNAL);
        state.opened();
        opened.complete(null);
        boolean ending = false;
        try (BatchWriter writer = new BatchWriter(store, state)) {
            while (!closing && !(gone && ticker.getAsLong() - goneAt >= GONE_NANOS)) {
                guardedRound(store, writer);
            }
            ending = closing;
            if (ending) {
                finish(store, writer);
            } else {
                settle(writer, ticker.getAsLong());
            }
        } finally {
            if (ending) {
                intake.set(Intake.Gate.CLOSED);
                store.close();
            }
        }
        if (!ending) {
            leave(store);
        }
        return !ending;
    }

    private void finish(RecordStore store, BatchWriter writer) {
        intake.set(Intake.Gate.CLOSED);
        boolean more = true;
        while (more) {
            more = collect(false);
            recordArrived();
            write(store, writer);
        }
        sessions.closeAll();
        write(store, writer);
        settle(writer, ticker.getAsLong());
    }

    /** What the journal that is gone had taken and not made durable is lost with it; sessions do not go on in another. */
    private void leave(RecordStore store) {
        long durable = journals.leave(store);
        ledger.dropped(DropReason.JOURNAL, taken - durable);
        ledger.leave(durable);
        taken = 0;
        gone = false;
        sessions.lost(latest, ticker.getAsLong());
    }

    /**
     * A journal in the place of the one that is gone.
     *
     * @throws RetakeException where there is none yet and the recorder is to end
     */
    private RecordStore another() {
        while (true) {
            try {
                return journals.open();
            } catch (RetakeException e) {
                state.off(CaptureState.Cause.JOURNAL, String.valueOf(e.getMessage()));
                if (closing) {
                    throw e;
                }
            }
            long until = ticker.getAsLong() + RETRY_NANOS;
            while (!closing && ticker.getAsLong() - until < 0) {
                state.moves();
                LockSupport.parkNanos(LOOK_NANOS);
                collect(false);
                recordArrived();
                batch.drop(DropReason.JOURNAL, ticker.getAsLong());
            }
        }
    }

    private void guardedRound(RecordStore store, BatchWriter writer) {
        try {
            round(store, writer);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // Whatever failed, what follows can be recorded; and where memory ran out, dropping what waits gives it
            // back.
            errors.report("record", e);
            fault(e, ticker.getAsLong());
        }
    }

    /** Gives up what was collected, and sheds for a moment. */
    private void fault(Throwable e, long now) {
        intake.set(Intake.Gate.SHEDDING);
        shedding = true;
        retryAt = now + RETRY_NANOS;
        state.off(CaptureState.Cause.RECORDER, e instanceof OutOfMemoryError ? MEMORY : FAILS);
        ledger.dropped(DropReason.RECORDER, arrived.size() - handled);
        arrived.subList(handled, arrived.size()).forEach(RawExchange::release);
        arrived.clear();
        handled = 0;
        batch.drop(DropReason.RECORDER, now);
        sessions.lost(latest, now);
    }

    private void round(RecordStore store, BatchWriter writer) {
        state.moves();
        collect(true);
        recordArrived();
        sessions.closeIdle(ticker.getAsLong());
        figures.sessions(sessions.open(), sessions.evicted());
        write(store, writer);
    }

    /**
     * Takes what has arrived: as much as makes a batch, or as comes within the interval.
     *
     * @return whether there may be more
     */
    private boolean collect(boolean patient) {
        long until = ticker.getAsLong() + settings.batchInterval().toNanos();
        long bytes = 0;
        while (!isFull(arrived.size(), bytes)) {
            RawExchange next = intake.poll();
            if (next != null) {
                arrived.add(next);
                bytes += next.charged();
            } else if (!patient || closing || ticker.getAsLong() - until >= 0) {
                return false;
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        return true;
    }

    private boolean isFull(int exchanges, long bytes) {
        return exchanges >= settings.batchSize() || bytes >= BATCH_BYTES;
    }

    private void recordArrived() {
        arrived.sort(Comparator.comparingLong(exchange -> exchange.acceptedTick));
        long now = ticker.getAsLong();
        while (handled < arrived.size()) {
            RawExchange raw = arrived.get(handled++);
            latest = Math.max(latest, raw.acceptedAt);
            try {
                add(raw, now);
            } finally {
                raw.release();
            }
        }
        arrived.clear();
        handled = 0;
        if (batch.failedInRow() >= FAILING) {
            state.off(CaptureState.Cause.RECORDER, FAILS);
        } else if (batch.size() > 0) {
            state.on(CaptureState.Cause.RECORDER);
        }
        intake.drainNotices(notice -> guarded("note a dropped exchange", notice, now, () -> noteDropped(notice, now)));
        Long lost = intake.takeLost();
        if (lost != null) {
            sessions.lost(lost, now);
        }
    }

    private void add(RawExchange raw, long now) {
        Assembled assembled = null;
        try {
            assembled = assembler.assemble(raw);
        } catch (RuntimeException | OutOfMemoryError e) {
            // An error of ours, or a body that memory does not suffice for; neither must end the recording of others.
            errors.report("assemble an exchange", e);
        }
        if (assembled == null) {
            ledger.dropped(DropReason.RECORDER);
            guarded("note a dropped exchange", raw, now, () -> noteDropped(raw, now));
        } else {
            batch.add(assembled, now);
        }
    }

    private void noteDropped(RawExchange raw, long now) {
        Request request = assembler.requestHead(raw);
        if (request == null) {
            sessions.lost(raw.acceptedAt, now);
        } else {
            sessions.dropped(request, Assembler.client(raw), raw.acceptedAt, now);
        }
    }

    /** Runs {@code step}; should it fail, that is an error of ours, which must not end the recording of other sessions. */
    private void guarded(String activity, RawExchange raw, long now, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            errors.report(activity, e);
            sessions.lost(raw.acceptedAt, now);
        }
    }

    /** Has what was collected written, once what went before is; while that takes, up to another batch gathers. */
    private void write(RecordStore store, BatchWriter writer) {
        long now = ticker.getAsLong();
        if (writer.isBusy() && !isFull(batch.size(), batch.contentBytes()) && !closing) {
            return;
        }
        settle(writer, now);
        ledger.settle();
        if (shedding && now - retryAt < 0 && !closing) {
            batch.drop(DropReason.JOURNAL, now);
            return;
        }
        if (batch.size() == 0 && !closing && now - writtenAt < LEDGER_NANOS) {
            return;
        }
        try {
            while (!upstreams.isEmpty()) {
                store.recordUpstream(upstreams.get(0));
                upstreams.remove(0);
            }
            JournalBatch departing = batch.depart();
            if (departing.isEmpty()) {
                arrived(now);
            } else {
                state.writes();
                writer.write(departing);
            }
        } catch (JournalUnavailableException e) {
            unavailable(e, now);
            batch.drop(DropReason.JOURNAL, now);
        } catch (RuntimeException e) {
            // A fault of ours in one batch must not end the recording of all that follow.
            errors.report("hand on a batch", e);
            batch.fail(DropReason.RECORDER, now);
            batch.drop(DropReason.RECORDER, now);
        }
    }

    /** Takes in how the batch that was under way ended. */
    private void settle(BatchWriter writer, long now) {
        if (!writer.hasBatch()) {
            return;
        }
        try {
            writer.await();
            arrived(now);
        } catch (JournalUnavailableException e) {
            unavailable(e, now);
            batch.fail(DropReason.JOURNAL, now);
        } catch (RuntimeException e) {
            // The same for a fault in writing one.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            errors.report("write a batch", cause);
            batch.fail(DropReason.RECORDER, now);
            state.off(CaptureState.Cause.RECORDER, cause instanceof OutOfMemoryError ? MEMORY : FAILS);
        } finally {
            state.settled();
        }
    }

    private void arrived(long now) {
        List<SanitizedExchange> there = batch.arrive();
        taken += there.size();
        figures.count(there);
        writtenAt = now;
        gone = false;
        if (shedding) {
            shedding = false;
            intake.set(Intake.Gate.OPEN);
        }
        state.on(CaptureState.Cause.JOURNAL);
        if (batch.failedInRow() < FAILING) {
            state.on(CaptureState.Cause.RECORDER);
        }
    }

    private void unavailable(JournalUnavailableException e, long now) {
        errors.report("write to the journal", e);
        state.off(CaptureState.Cause.JOURNAL, String.valueOf(e.getMessage()));
        if (e.isGone() && !gone) {
            goneAt = now;
        }
        gone = e.isGone();
        shedding = true;
        retryAt = now + RETRY_NANOS;
        intake.set(Intake.Gate.SHEDDING);
    }
}
