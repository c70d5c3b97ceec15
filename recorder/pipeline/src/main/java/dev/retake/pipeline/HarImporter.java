package dev.retake.pipeline;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.UuidV7;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.journal.JournalWriter;
import dev.retake.pipeline.har.HarExchange;
import dev.retake.pipeline.har.HarReader;
import dev.retake.pipeline.har.HarSkip;
import dev.retake.pipeline.session.Client;
import dev.retake.pipeline.session.SessionTracker;
import dev.retake.pipeline.session.SubjectSurrogate;
import dev.retake.privacy.SanitizedExchange;
import dev.retake.privacy.Sanitizer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Imports HAR files by the same way as live traffic: session, sanitizer, ledger, journal. A file without an identity in it
 * is one session; identities make sessions of their own, and the first of a file takes over what came before it.
 *
 * <p>Entries are put in the order of their start as far as a window of 32 MiB reaches, which holds most files whole. For
 * one thread.
 */
public final class HarImporter {
    private static final int BATCH_SIZE = 64;
    private static final long WINDOW = 32L * 1024 * 1024;
    private static final int MAX_ORIGINS = 10_000;

    private final RecorderSettings settings;
    private final KeySet keys;
    private final RootKey root;
    private final RecordStore store;
    private final SanitizeStep sanitizer;
    private final SubjectSurrogate surrogate;
    private final BackgroundErrors errors;
    private final Ledger ledger = new Ledger();
    private final Set<String> origins = new HashSet<>();
    private final Set<String> sessions = new HashSet<>();
    private final Map<HarSkip, Long> skipped = new EnumMap<>(HarSkip.class);
    private int files;
    private long entries;
    private long imported;

    /**
     * An importer into {@code journal}, which stays the caller's to close. Recordings may be older than what a journal
     * retains, so it is to be opened by {@link dev.retake.journal.JournalSettings#withoutRetention()}.
     *
     * @param keys a key set with a root key
     * @param sanitizer one that nobody else uses
     * @throws RetakeException with KEY where {@code keys} hold no root key
     */
    public HarImporter(
            RecorderSettings settings,
            KeySet keys,
            JournalWriter journal,
            Sanitizer sanitizer,
            BackgroundErrors errors) {
        this(
                settings,
                keys,
                Recorder.rootOf(keys),
                RecordStore.of(journal),
                sanitizer::sanitize,
                sanitizer::identitySurrogate,
                errors);
    }

    private HarImporter(
            RecorderSettings settings,
            KeySet keys,
            RootKey root,
            RecordStore store,
            SanitizeStep sanitizer,
            SubjectSurrogate surrogate,
            BackgroundErrors errors) {
        this.settings = settings;
        this.keys = keys;
        this.root = root;
        this.store = store;
        this.sanitizer = sanitizer;
        this.surrogate = surrogate;
        this.errors = errors;
        ledger.markOn(store.forwarded());
    }

    /**
     * Imports {@code paths} in order.
     *
     * @throws RetakeException with INPUT where a file is broken, DISK where the journal cannot be written; what was read
     *     before is imported, and {@link #counts()} says how much that is
     */
    public ImportCounts importFiles(List<Path> paths) {
        paths.forEach(this::importFile);
        return counts();
    }

    /** What was done so far. */
    public ImportCounts counts() {
        return new ImportCounts(
                files, entries, imported, ledger.droppedCount(DropReason.RECORDER), skipped, sessions.size());
    }

    private void importFile(Path path) {
        SessionTracker tracker =
                SessionTracker.ofOneUserAtFirst(root, settings.sessions(), surrogate, "har " + UUID.randomUUID());
        Batch batch = new Batch(
                settings.node(), new UuidV7(new SplittableRandom()), tracker, sanitizer, keys, ledger, errors);
        AcceptanceOrder order = new AcceptanceOrder(WINDOW, assembled -> {
            ledger.forwarded();
            batch.add(assembled, 0);
            if (batch.size() >= BATCH_SIZE) {
                write(batch);
            }
        });
        Client client = new Client("har", files++);
        try {
            new HarReader(settings.maxDecoded()).read(path, new HarReader.Sink() {
                @Override
                public void exchange(HarExchange exchange) {
                    entries++;
                    recordOrigin(exchange.origin());
                    order.add(new Assembled(
                            client,
                            exchange.request(),
                            exchange.response(),
                            List.of(),
                            exchange.timings(),
                            exchange.outcome(),
                            null));
                }

                @Override
                public void skipped(HarSkip reason) {
                    entries++;
                    skipped.merge(reason, 1L, Long::sum);
                }
            });
        } finally {
            order.flush();
            tracker.closeAll();
            write(batch);
        }
    }

    private void recordOrigin(String origin) {
        if (origins.size() < MAX_ORIGINS && origins.add(origin)) {
            try {
                store.recordUpstream(origin);
            } catch (JournalUnavailableException e) {
                throw unavailable(e);
            }
        }
    }

    private void write(Batch batch) {
        try {
            for (SanitizedExchange written : batch.write(store)) {
                imported++;
                sessions.add(written.exchange().session());
            }
        } catch (JournalUnavailableException e) {
            throw unavailable(e);
        }
    }

    private static RetakeException unavailable(JournalUnavailableException e) {
        String sentence = e.getMessage();
        return new RetakeException(ErrorCode.DISK, sentence == null ? "The journal cannot be written." : sentence, e);
    }
}
