package dev.retake.journal.append;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.JournalBatch;
import dev.retake.journal.SessionUpdate;
import dev.retake.journal.append.OpenSessions.OpenSession;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.SessionTally;
import dev.retake.privacy.SanitizedExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One batch as changes of the tables, and how to take it back where it is not known whether it was written. For one thread.
 */
final class BatchPlan {
    private final long number;
    private final List<byte[]> records = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final List<String> closed = new ArrayList<>();

    /** The plan of batch {@code number}; numbers ascend within a journal. */
    BatchPlan(long number) {
        this.number = number;
    }

    /** Writes the changes of {@code batch} into {@code changes} and into the sums of {@code sessions}. */
    void fill(StoreBatch changes, JournalBatch batch, OpenSessions sessions, SessionTables tables, RecordSealer sealer)
            throws StoreException, IOException {
        Map<String, OpenSession> changed = new HashMap<>();
        Set<Long> numbers = new HashSet<>();
        for (SanitizedExchange sanitized : batch.exchanges()) {
            Exchange exchange = sanitized.exchange();
            OpenSession session =
                    sessions.get(exchange.session(), exchange.timings().acceptedAt());
            requireUnused(exchange, session, numbers, tables);
            add(changes, exchange, session, sessions.operation(exchange), sealer);
            changed.put(exchange.session(), session);
        }
        for (SessionUpdate update : batch.sessions()) {
            OpenSession session = sessions.get(update.session(), update.startedAt());
            session.apply(update);
            changed.put(update.session(), session);
        }
        for (OpenSession session : changed.values()) {
            writeRow(changes, session, sealer);
        }
        count(Ledger.SAMPLED_OUT, batch.ledger().sampledOut());
        count(Ledger.EXCLUDED, batch.ledger().excluded());
        batch.ledger().dropped().forEach((reason, dropped) -> count(Ledger.DROPPED + reason, dropped));
        Ledger.add(changes, counts, 1);
        changes.put(Table.META, Keys.batch(), Keys.number(number));
    }

    private static void requireUnused(Exchange exchange, OpenSession session, Set<Long> numbers, SessionTables tables)
            throws StoreException {
        int sequence = exchange.sequence();
        boolean again = !numbers.add(session.tag().low() * 31 + sequence);
        boolean used = sequence < 1
                || sequence <= session.tally().lastSequence()
                        && (again || tables.hasRecord(session.tally().startedAt(), session.tag(), sequence));
        if (used) {
            throw new IllegalArgumentException("sequence numbers count from 1, and each is used once: " + sequence
                    + " of session " + exchange.session());
        }
    }

    private void add(StoreBatch changes, Exchange exchange, OpenSession session, String operation, RecordSealer sealer)
            throws StoreException {
        byte[] key = Keys.record(session.key().day(), session.tag(), exchange.sequence());
        changes.put(Table.RECORDS, key, sealer.seal(exchange, session.tag(), session.key()));
        records.add(key);
        session.add(exchange, operation);
        touched.add(exchange.session());
        count(Ledger.CAPTURED, 1);
        count(Ledger.TRUNCATED, SessionTally.isTruncated(exchange) ? 1 : 0);
        count(Ledger.WITHHELD, SessionTally.hasWithheld(exchange) ? 1 : 0);
    }

    private void writeRow(StoreBatch changes, OpenSession session, RecordSealer sealer) throws StoreException {
        if (!session.takeRowDue()) {
            return;
        }
        SessionTally tally = session.tally();
        putRow(changes, session, sealer);
        if (tally.closed()) {
            closed.add(tally.id());
        }
        touched.add(tally.id());
    }

    /** Writes a session's row and what leads to it. */
    static void putRow(StoreBatch changes, OpenSession session, RecordSealer sealer) throws StoreException {
        SessionTally tally = session.tally();
        byte[] started = Keys.number(tally.startedAt());
        byte[] row = sealer.seal(tally.session(), session.tag(), tally.revision(), session.key());
        changes.put(Table.SESSIONS, Keys.session(tally.startedAt(), session.tag()), row);
        changes.put(Table.INDEX, Keys.index(session.tag()), started);
        if (tally.closed()) {
            changes.delete(Table.META, Keys.open(session.tag()));
        } else {
            changes.put(Table.META, Keys.open(session.tag()), started);
        }
    }

    /** Takes the records and the counts back. */
    void undo(StoreBatch changes) throws StoreException {
        for (byte[] record : records) {
            changes.delete(Table.RECORDS, record);
        }
        Ledger.add(changes, counts, -1);
    }

    private void count(String name, long amount) {
        counts.merge(name, amount, Long::sum);
    }

    long number() {
        return number;
    }

    int exchanges() {
        return records.size();
    }

    /** Sessions that the batch adds to or changes. */
    Set<String> touched() {
        return touched;
    }

    /** Sessions that the batch closes. */
    List<String> closed() {
        return closed;
    }
}
