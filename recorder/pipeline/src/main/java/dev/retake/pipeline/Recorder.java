package dev.retake.pipeline;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.UuidV7;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.JournalWriter;
import dev.retake.pipeline.session.SessionTracker;
import dev.retake.pipeline.session.SubjectSurrogate;
import dev.retake.privacy.Sanitizer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what the proxy hands over: event loops queue raw exchanges, one thread assembles them, gives them their session,
 * has them sanitized and writes them to the journal in batches. Nothing here ever waits on an event loop, and no failure
 * of the journal or of one exchange reaches the traffic; it is counted.
 *
 * <p>Capture begins at once. What arrives before the journal is open waits in the queue, and is dropped as
 * {@link DropReason#STARTING} only where the queue is full.
 */
public final class Recorder implements CaptureSink, AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Intake intake;
    private final RecorderLoop loop;
    private final CaptureState state;

    private Recorder(Ledger ledger, Intake intake, RecorderLoop loop, CaptureState state) {
        this.ledger = ledger;
        this.intake = intake;
        this.loop = loop;
        this.state = state;
    }

    /**
     * Starts to record.
     *
     * @param keys a key set with a root key
     * @param journal opens the journal; called on the recorder's thread
     * @param upstreams origins that the proxy forwards to, noted in the journal as production
     * @param sanitizer one that nobody else uses
     * @param errors where failures go that have no caller
     * @throws RetakeException with KEY where {@code keys} hold no root key
     */
    public static Recorder start(
            RecorderSettings settings,
            KeySet keys,
            Supplier<JournalWriter> journal,
            List<String> upstreams,
            Sanitizer sanitizer,
            BackgroundErrors errors,
            MeterRegistry meters) {
        return start(
                settings,
                keys,
                rootOf(keys),
                () -> RecordStore.of(journal.get()),
                upstreams,
                sanitizer::sanitize,
                sanitizer::identitySurrogate,
                System::nanoTime,
                errors,
                meters);
    }

    static RootKey rootOf(KeySet keys) {
        RootKey root = keys.root();
        if (root == null) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    "The key set has no root key, so nothing can be sanitized; give one that has with --keys.");
        }
        return root;
    }

    static Recorder start(
            RecorderSettings settings,
            KeySet keys,
            RootKey root,
            Supplier<RecordStore> journal,
            List<String> upstreams,
            SanitizeStep sanitizer,
            SubjectSurrogate surrogate,
            LongSupplier ticker,
            BackgroundErrors errors,
            MeterRegistry meters) {
        Ledger ledger = new Ledger();
        CaptureFigures figures = new CaptureFigures();
        Intake intake = new Intake(new CaptureBudget(settings.budget()), settings.queue(), ledger);
        SessionTracker sessions =
                new SessionTracker(root, settings.sessions(), surrogate, settings.node() + " " + UUID.randomUUID());
        Batch batch = new Batch(
                settings.node(), new UuidV7(new SplittableRandom()), sessions, sanitizer, keys, ledger, errors);
        CaptureState state = new CaptureState(ticker, ledger::droppedCount);
        Journals journals = new Journals(journal, errors);
        RecorderLoop loop = new RecorderLoop(
                settings, intake, sessions, batch, ledger, figures, journals, state, upstreams, ticker, errors);
        RecorderMeters.register(meters, intake, ledger, figures);
        RecorderMeters.register(meters, journals, state);
        Recorder recorder = new Recorder(ledger, intake, loop, state);
        Thread thread = new Thread(loop, "retake-recorder");
        thread.setDaemon(true);
        thread.start();
        return recorder;
    }

    /**
     * Completes when the journal is open, or exceptionally with the {@link dev.retake.common.error.RetakeException} that
     * says why it could not be: then everything is dropped and counted until {@link #close()}.
     */
    public CompletableFuture<Void> opened() {
        return loop.opened();
    }

    /**
     * Why nothing of what passes is recorded at the moment, as a sentence that says what to do; null where it is recorded.
     * From any thread.
     */
    public @Nullable String whyOff() {
        return state.whyOff();
    }

    @Override
    public CaptureBudget budget() {
        return intake.budget();
    }

    @Override
    public void completed(RawExchange exchange) {
        ledger.forwarded();
        intake.offer(exchange);
    }

    @Override
    public void dropped(DropReason reason, RawExchange exchange) {
        ledger.forwarded();
        intake.drop(reason, exchange);
    }

    @Override
    public void excluded() {
        ledger.forwarded();
        ledger.excluded();
    }

    /**
     * Writes what waits, closes the sessions and the journal, and waits ten seconds for that.
     *
     * @throws RetakeException with DISK where the last writes failed, or the deadline passed first
     */
    @Override
    public void close() {
        close(CLOSE_DEADLINE);
    }

    /**
     * As {@link #close()}, with another deadline. What was not recorded in time is reported as unknown by the journal.
     * After a journal that could not be opened there is nothing to close.
     */
    public void close(Duration deadline) {
        loop.close();
        if (loop.opened().isCompletedExceptionally()) {
            intake.discard(DropReason.STOPPING);
            return;
        }
        try {
            loop.closed().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            intake.discard(DropReason.STOPPING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            throw new RetakeException(
                    ErrorCode.DISK,
                    "The journal could not be closed in " + deadline.toSeconds() + " s; check its disk.",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RetakeException said
                    ? new RetakeException(said.code(), String.valueOf(said.getMessage()), e)
                    : new RetakeException(ErrorCode.DISK, "The recorder failed before it closed the journal.", e);
        }
    }
}
