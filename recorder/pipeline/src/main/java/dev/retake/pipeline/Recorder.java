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
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
    private final Thread thread;
    private final CompletableFuture<Void> opened;

    private Recorder(Ledger ledger, Intake intake, RecorderLoop loop, MeterRegistry meters) {
        this.ledger = ledger;
        this.intake = intake;
        this.loop = loop;
        this.opened = loop.opened().thenAccept(store -> RecorderMeters.register(meters, store));
        this.thread = new Thread(loop, "retake-recorder");
        this.thread.setDaemon(true);
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
        RecorderLoop loop = new RecorderLoop(
                settings, intake, sessions, batch, ledger, figures, journal, upstreams, ticker, errors);
        RecorderMeters.register(meters, intake, ledger, figures);
        Recorder recorder = new Recorder(ledger, intake, loop, meters);
        recorder.thread.start();
        return recorder;
    }

    /**
     * Completes when the journal is open, or exceptionally with the {@link dev.retake.common.error.RetakeException} that
     * says why it could not be: then everything is dropped and counted until {@link #close()}.
     */
    public CompletableFuture<Void> opened() {
        return opened;
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

    /** Writes what waits, closes the sessions and the journal; gives up waiting for it after ten seconds. */
    @Override
    public void close() {
        close(CLOSE_DEADLINE);
    }

    /**
     * As {@link #close()}, with another deadline.
     *
     * @return false where the deadline passed first; the rest is then not recorded, and reported as unknown
     */
    public boolean close(Duration deadline) {
        loop.close();
        boolean interrupted = false;
        long until = System.nanoTime() + deadline.toNanos();
        while (thread.isAlive() && until - System.nanoTime() > 0) {
            try {
                thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
