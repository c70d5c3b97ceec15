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
    private static final JournalBatch NONE = new JournalBatch(List.of(), List.of(), LedgerDelta.NONE);

    private final String node;
    private final UuidV7 ids;
    private final SessionTracker sessions;
    private final SanitizeStep sanitizer;
    private final Digests digests;
    private final Ledger ledger;
    private final BackgroundErrors errors;
    private final List<SanitizedExchange> exchanges = new ArrayList<>();
    private JournalBatch underWay = NONE;
    private long contentBytes;
    private int failedInRow;

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

    /** Bytes of all bodies in it. */
    long contentBytes() {
        return contentBytes;
    }

    /** How many exchanges failed since the last that did not. */
    int failedInRow() {
        return failedInRow;
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
            SanitizedExchange sanitized = sanitized(exchange(digested, placement));
            exchanges.add(sanitized);
            contentBytes += contentBytes(sanitized.exchange());
            failedInRow = 0;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            ledger.dropped(DropReason.RECORDER);
            failedInRow++;
            errors.report("record an exchange", e);
            if (placement != null) {
                sessions.dropped(placement.session(), now);
            }
        }
    }

    /**
     * Writes what was added, what became known of sessions, and the ledger.
     *
     * @return the exchanges that are now in the journal, for counting
     * @throws JournalUnavailableException nothing was written, and all of it stays here
     */
    List<SanitizedExchange> write(RecordStore store) throws JournalUnavailableException {
        JournalBatch batch = depart();
        try {
            if (!batch.isEmpty()) {
                store.append(batch);
            }
        } catch (JournalUnavailableException e) {
            underWay = NONE;
            batch.exchanges().forEach(exchange -> {
                exchanges.add(exchange);
                contentBytes += contentBytes(exchange.exchange());
            });
            sessions.untake(batch.sessions());
            throw e;
        }
        return arrive();
    }

    /** What is to be written; it counts as under way, and must arrive or fail before another departs. */
    JournalBatch depart() {
        JournalBatch batch = new JournalBatch(exchanges, sessions.takeUpdates(), ledger.unwritten());
        exchanges.clear();
        contentBytes = 0;
        underWay = batch;
        return batch;
    }

    /** What was under way is in the journal; returns its exchanges, for counting. */
    List<SanitizedExchange> arrive() {
        JournalBatch batch = underWay;
        underWay = NONE;
        ledger.written(batch.ledger());
        return batch.exchanges();
    }

    /** Counts what was under way, and could not be written, as dropped. */
    void fail(DropReason reason, long now) {
        JournalBatch batch = underWay;
        underWay = NONE;
        sessions.untake(batch.sessions());
        dropped(batch.exchanges(), reason, now);
    }

    /** Counts what was added, and has not departed, as dropped. */
    void drop(DropReason reason, long now) {
        dropped(exchanges, reason, now);
        exchanges.clear();
        contentBytes = 0;
    }

    private void dropped(List<SanitizedExchange> lost, DropReason reason, long now) {
        for (SanitizedExchange exchange : lost) {
            ledger.dropped(reason);
            sessions.dropped(exchange.exchange().session(), now);
        }
    }

    private static long contentBytes(Exchange exchange) {
        Response response = exchange.response();
        return exchange.request().body().bytes().length
                + (response == null ? 0L : response.body().bytes().length);
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
                0,
                digests.ofBinary(assembled.messages()));
    }
}
