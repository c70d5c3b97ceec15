package dev.retake.journal.salvage;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.Session;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.record.Frame;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.SessionTally;
import dev.retake.journal.table.Upstreams;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts found records into the tables of a new journal, under new keys, and then makes rows and sums that agree with them.
 */
public final class Rebuild implements Carver.Finds {
    private static final int KEYS_KEPT = 100_000;

    private final JournalDb db;
    private final RecordOpener opener;
    private final RecordSealer sealer;
    private final KeyringWriter keyring;
    private final Upstreams upstreams;
    private final SessionTables tables;
    private final Map<SessionTag, RecordKey> dataKeys = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private long sessions;

    public Rebuild(JournalDb db, RecordOpener opener, RecordSealer sealer, KeyringWriter keyring, KeySet keys) {
        this.db = db;
        this.opener = opener;
        this.sealer = sealer;
        this.keyring = keyring;
        this.upstreams = new Upstreams(keys);
        this.tables = new SessionTables(db, opener);
    }

    @Override
    public void exchange(Frame frame, Exchange exchange) throws StoreException, IOException {
        RecordKey key = key(frame.day(), frame.session());
        byte[] record = sealer.seal(exchange, frame.session(), key);
        put(Table.RECORDS, Keys.record(frame.day(), frame.session(), frame.sequence()), record);
    }

    /** Of several rows of a session the one with the highest revision stays. */
    @Override
    public void session(Frame frame, Session session) throws StoreException, IOException {
        byte[] key = Keys.session(session.startedAt(), frame.session());
        byte[] known = db.get(Table.SESSIONS, key);
        Frame other = known == null ? null : Frame.at(known, 0, known.length);
        if (other == null || other.sequence() <= frame.sequence()) {
            RecordKey dataKey = key(frame.day(), frame.session());
            put(Table.SESSIONS, key, sealer.seal(session, frame.session(), frame.sequence(), dataKey));
            put(Table.INDEX, Keys.index(frame.session()), Keys.number(session.startedAt()));
        }
    }

    @Override
    public void upstream(String origin) throws StoreException {
        try (StoreBatch changes = db.batch()) {
            upstreams.put(changes, origin);
            db.write(changes, false);
        }
    }

    /** A new key of the session; one that was not used for long is replaced by another. */
    private RecordKey key(int day, SessionTag tag) throws IOException {
        RecordKey known = dataKeys.get(tag);
        if (known != null && known.day() == day) {
            return known;
        }
        if (dataKeys.size() >= KEYS_KEPT) {
            dataKeys.clear();
        }
        RecordKey key = keyring.next(day);
        dataKeys.put(tag, key);
        return key;
    }

    private void put(Table table, byte[] key, byte[] value) throws StoreException {
        try (StoreBatch changes = db.batch()) {
            changes.put(table, key, value);
            db.write(changes, false);
        }
    }

    /** Closes every session, as incomplete where something of it is missing, and adds up what there is. */
    public void settle() throws StoreException, IOException {
        Set<SessionTag> settled = new HashSet<>();
        try (StoreCursor cursor = db.cursor(Table.RECORDS)) {
            cursor.seek(new byte[0]);
            while (cursor.valid()) {
                int day = Keys.day(cursor.key());
                SessionTag tag = SessionTag.read(cursor.key(), Integer.BYTES);
                settle(day, tag, cursor);
                settled.add(tag);
            }
        }
        try (StoreCursor cursor = db.cursor(Table.SESSIONS)) {
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                SessionTag tag = SessionTag.read(cursor.key(), Long.BYTES);
                if (!settled.contains(tag)) {
                    settleEmpty(Keys.number(cursor.key(), 0), tag);
                }
            }
        }
    }

    /** Settles the session whose first record {@code cursor} is at, and moves behind its last. */
    private void settle(int day, SessionTag tag, StoreCursor cursor) throws StoreException, IOException {
        byte[] prefix = Keys.records(day, tag);
        Session row = row(day, tag);
        SessionTally tally = row == null ? null : SessionTally.of(row);
        for (; cursor.validIn(prefix); cursor.next()) {
            Exchange exchange = reopened(cursor);
            if (tally == null) {
                long accepted = exchange.timings().acceptedAt();
                long within = Math.max(Keys.startOfDay(day), Math.min(accepted, Keys.startOfDay(day + 1) - 1));
                tally = new SessionTally(exchange.session(), within);
                tally.markIncomplete();
            }
            tally.add(exchange);
            count(Ledger.CAPTURED, 1);
            count(Ledger.TRUNCATED, SessionTally.isTruncated(exchange) ? 1 : 0);
            count(Ledger.WITHHELD, SessionTally.hasWithheld(exchange) ? 1 : 0);
        }
        if (tally != null) {
            write(tally, row, tag);
        }
    }

    private Exchange reopened(StoreCursor cursor) throws StoreException {
        try {
            return tables.exchange(cursor);
        } catch (UnreadableException e) {
            throw new IllegalStateException("a record that was just opened must open again", e);
        }
    }

    private void settleEmpty(long startedAt, SessionTag tag) throws StoreException, IOException {
        Session row = row(Keys.day(startedAt), tag);
        if (row != null) {
            write(SessionTally.of(row), row, tag);
        }
    }

    private @Nullable Session row(int day, SessionTag tag) throws StoreException {
        OptionalLong startedAt = tables.startedAt(tag);
        if (startedAt.isEmpty() || Keys.day(startedAt.getAsLong()) != day) {
            return null;
        }
        byte[] row = db.get(Table.SESSIONS, Keys.session(startedAt.getAsLong(), tag));
        try {
            return row == null ? null : opener.session(row);
        } catch (UnreadableException e) {
            throw new IllegalStateException("a row that was just opened must open again", e);
        }
    }

    private void write(SessionTally tally, @Nullable Session row, SessionTag tag) throws StoreException, IOException {
        boolean cut = row != null && row.closed() && tally.session().exchanges() < row.exchanges();
        if (cut || tally.hasGap()) {
            tally.markIncomplete();
        }
        tally.close();
        sessions++;
        Session session = tally.session();
        if (session.equals(row)) {
            return;
        }
        byte[] record = sealer.seal(session, tag, tally.revision(), key(Keys.day(tally.startedAt()), tag));
        put(Table.SESSIONS, Keys.session(tally.startedAt(), tag), record);
        put(Table.INDEX, Keys.index(tag), Keys.number(tally.startedAt()));
    }

    private void count(String name, long amount) {
        counts.merge(name, amount, Long::sum);
    }

    /** What was counted while settling. */
    public Map<String, Long> counts() {
        return counts;
    }

    /** Exchanges that were saved. */
    public long exchanges() {
        return counts.getOrDefault(Ledger.CAPTURED, 0L);
    }

    /** Sessions of which something was saved. */
    public long sessions() {
        return sessions;
    }
}
