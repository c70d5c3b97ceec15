package dev.retake.pipeline;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Request;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.pipeline.session.SessionTracker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the recorder's thread does: it opens the journal, then again and again collects what has arrived, orders it by when
 * it was accepted, and writes it as one batch.
 *
 * <p>Order: an exchange that depends on another was accepted after the other was complete, so both the order of completion
 * and that of acceptance are causal. Batches follow the former, and inside a batch the latter holds.
 *
 * <p>While the journal cannot be written, the intake sheds, and the loop tries once a second to write what the journal
 * must know (the ledger, sessions with gaps); when that is written, the intake is open again.
 */
final class RecorderLoop implements Runnable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEDGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final RecorderSettings settings;
    private final Intake intake;
    private final Assembler assembler;
    private final SessionTracker sessions;
    private final Batch batch;
    private final Ledger ledger;
    private final CaptureFigures figures;
    private final Supplier<RecordStore> opener;
    private final List<String> upstreams;
    private final LongSupplier ticker;
    private final BackgroundErrors errors;
    private final CompletableFuture<RecordStore> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<RawExchange> arrived = new ArrayList<>();
    private volatile boolean closing;
    private boolean shedding;
    private long retryAt;
    private long writtenAt;

    RecorderLoop(
            RecorderSettings settings,
            Intake intake,
            SessionTracker sessions,
            Batch batch,
            Ledger ledger,
            CaptureFigures figures,
            Supplier<RecordStore> opener,
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
        this.opener = opener;
        this.upstreams = new ArrayList<>(upstreams);
        this.ticker = ticker;
        this.errors = errors;
    }

    /** Completes when the journal is open, or with the exception that says why it is not. */
    CompletableFuture<RecordStore> opened() {
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
        RetakeException failure = null;
        try {
            RecordStore store = opener.get();
            try (BatchWriter writer = new BatchWriter(store)) {
                record(store, writer);
            } finally {
                intake.set(Intake.Gate.CLOSED);
                store.close();
            }
        } catch (RetakeException e) {
            failure = e;
        } finally {
            intake.set(Intake.Gate.CLOSED);
            intake.discard(DropReason.JOURNAL);
        }
        if (failure == null) {
            closed.complete(null);
        } else {
            opened.completeExceptionally(failure);
            closed.completeExceptionally(failure);
        }
    }

    private void record(RecordStore store, BatchWriter writer) {
        ledger.markOn(store.forwarded());
        intake.set(Intake.Gate.OPEN);
        opened.complete(store);
        while (!closing) {
            round(store, writer);
        }
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

    private void round(RecordStore store, BatchWriter writer) {
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
        while (arrived.size() < settings.batchSize()) {
            RawExchange next = intake.poll();
            if (next != null) {
                arrived.add(next);
            } else if (!patient || closing || ticker.getAsLong() - until >= 0) {
                return false;
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        return true;
    }

    private void recordArrived() {
        arrived.sort(Comparator.comparingLong(exchange -> exchange.acceptedAt));
        long now = ticker.getAsLong();
        for (RawExchange raw : arrived) {
            guarded("record an exchange", raw, now, () -> add(raw, now));
            raw.release();
        }
        arrived.clear();
        intake.drainNotices(notice -> guarded("note a dropped exchange", notice, now, () -> noteDropped(notice, now)));
        Long lost = intake.takeLost();
        if (lost != null) {
            sessions.lost(lost, now);
        }
    }

    private void add(RawExchange raw, long now) {
        Assembled assembled = assembler.assemble(raw);
        if (assembled == null) {
            ledger.dropped(DropReason.RECORDER);
            noteDropped(raw, now);
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
        if (writer.isBusy() && batch.size() < settings.batchSize() && !closing) {
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
            errors.report("write a batch", e);
            batch.fail(DropReason.RECORDER, now);
        }
    }

    private void arrived(long now) {
        figures.count(batch.arrive());
        writtenAt = now;
        if (shedding) {
            shedding = false;
            intake.set(Intake.Gate.OPEN);
        }
    }

    private void unavailable(JournalUnavailableException e, long now) {
        errors.report("write to the journal", e);
        shedding = true;
        retryAt = now + RETRY_NANOS;
        intake.set(Intake.Gate.SHEDDING);
    }
}
