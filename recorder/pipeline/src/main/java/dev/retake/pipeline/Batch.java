package dev.retake.pipeline;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.UuidV7;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.JournalUnavailableException;
import dev.retake.journal.LedgerDelta;
import dev.retake.pipeline.session.Placement;
import dev.retake.pipeline.session.SessionTracker;
import dev.retake.privacy.SanitizedExchange;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes assembled exchanges through session and sanitizer, and writes them to the journal together with the ledger. For
 * one thread.
 */
final class Batch {
    private final String node;
    private final UuidV7 ids;
    private final SessionTracker sessions;
    private final SanitizeStep sanitizer;
    private final Digests digests;
    private final Ledger ledger;
    private final BackgroundErrors errors;
    private final List<SanitizedExchange> exchanges = new ArrayList<>();

    Batch(
            String node,
            UuidV7 ids,
            SessionTracker sessions,
            SanitizeStep sanitizer,
            KeySet keys,
            Ledger ledger,
            BackgroundErrors errors) {
        this.node = node;
        this.ids = ids;
        this.sessions = sessions;
        this.sanitizer = sanitizer;
        this.digests = new Digests(keys);
        this.ledger = ledger;
        this.errors = errors;
    }

    int size() {
        return exchanges.size();
    }

    /** Adds an exchange, or counts it as dropped: a failure on one never reaches the others. */
    void add(Assembled assembled, long now) {
        Placement placement = null;
        try {
            Assembled digested = digested(assembled);
            placement = sessions.place(
                    digested.request(),
                    digested.response(),
                    digested.client(),
                    digested.timings().acceptedAt(),
                    now);
            if (placement == null) {
                ledger.dropped(DropReason.SESSION_INCOMPLETE);
                return;
            }
            exchanges.add(sanitized(exchange(digested, placement)));
        } catch (RuntimeException | StackOverflowError e) {
            errors.report("record an exchange", e);
            ledger.dropped(DropReason.RECORDER);
            if (placement != null) {
                sessions.dropped(placement.session(), now);
            }
        }
    }

    /**
     * Writes what was added, what became known of sessions, and the ledger.
     *
     * @return the exchanges that are now in the journal, for counting
     * @throws JournalUnavailableException nothing was written; the exchanges stay until {@link #drop}
     */
    List<SanitizedExchange> write(RecordStore store) throws JournalUnavailableException {
        LedgerDelta delta = ledger.unwritten();
        JournalBatch batch = new JournalBatch(exchanges, sessions.updates(), delta);
        if (!batch.isEmpty()) {
            store.append(batch);
            ledger.written(delta);
            sessions.written();
            exchanges.clear();
        }
        return batch.exchanges();
    }

    /** Counts what was added and could not be written as dropped. */
    void drop(DropReason reason, long now) {
        for (SanitizedExchange exchange : exchanges) {
            ledger.dropped(reason);
            sessions.dropped(exchange.exchange().session(), now);
        }
        exchanges.clear();
    }

    private SanitizedExchange sanitized(Exchange raw) {
        SanitizedExchange sanitized = sanitizer.sanitize(raw);
        Exchange digested = digests.ofWithheld(raw, sanitized.exchange());
        return digested == null ? sanitized : sanitizer.sanitize(digested);
    }

    private Assembled digested(Assembled assembled) {
        Request request = assembled.request();
        Response response = assembled.response();
        return assembled.withBodies(
                digests.ofUnkept(request.body(), request.headers()),
                response == null ? Body.EMPTY : digests.ofUnkept(response.body(), response.headers()));
    }

    private Exchange exchange(Assembled assembled, Placement placement) {
        return new Exchange(
                ids.next(assembled.timings().acceptedAt() / 1_000),
                node,
                assembled.client().connection(),
                placement.session(),
                placement.sequence(),
                placement.identity(),
                assembled.request(),
                assembled.response(),
                assembled.informational(),
                assembled.timings(),
                assembled.outcome(),
                assembled.traceparent(),
                0);
    }
}
