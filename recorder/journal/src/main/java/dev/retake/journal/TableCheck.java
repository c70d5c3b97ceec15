package dev.retake.journal;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.SessionTables;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads every session and every exchange of the tables, and checks that they agree with each other and the ledger. */
final class TableCheck {
    private static final int MAX_DAMAGE = 10_000;

    private final JournalDb db;
    private final RecordOpener opener;
    private final SessionTables tables;
    private final List<Damage> damage = new ArrayList<>();
    private long sessions;
    private long exchanges;
    private long unreadable;

    TableCheck(JournalDb db, RecordOpener opener, SessionTables tables) {
        this.db = db;
        this.opener = opener;
        this.tables = tables;
    }

    TableCheck run() {
        try {
            checkSessions();
        } catch (StoreException e) {
            note("sessions", "are damaged in a table");
        }
        try {
            checkRecordsBelong();
            checkLedger();
        } catch (StoreException e) {
            note("records", "are damaged in a table");
        }
        return this;
    }

    private void checkSessions() throws StoreException {
        try (StoreCursor cursor = db.cursor(Table.SESSIONS)) {
            for (cursor.seek(Keys.sessionsFrom(0)); cursor.valid(); cursor.next()) {
                sessions++;
                checkSession(cursor.key(), cursor.value());
            }
        }
    }

    private void checkSession(byte[] key, byte[] value) throws StoreException {
        long startedAt = Keys.number(key, 0);
        SessionTag tag = SessionTag.read(key, Long.BYTES);
        OptionalLong indexed = tables.startedAt(tag);
        String place = "session " + Long.toHexString(tag.high());
        if (indexed.isEmpty() || indexed.getAsLong() != startedAt) {
            note(place, "is not in the index");
        }
        Session row = null;
        try {
            row = opener.session(value);
            place = "session " + row.id();
            if (!SessionTag.of(row.id()).equals(tag)) {
                note(place, "stands in another session's place");
            }
        } catch (UnreadableException e) {
            note(place, String.valueOf(e.getMessage()));
        }
        checkExchanges(row, place, startedAt, tag);
    }

    private void checkExchanges(@Nullable Session row, String place, long startedAt, SessionTag tag) {
        byte[] prefix = Keys.records(Keys.day(startedAt), tag);
        int found = 0;
        boolean whole = true;
        try (StoreCursor cursor = db.cursor(Table.RECORDS)) {
            for (cursor.seek(prefix); cursor.validIn(prefix); cursor.next()) {
                found++;
                whole &= checkExchange(cursor, place, tag);
            }
        } catch (StoreException e) {
            note(place, "is in a damaged table");
            unreadable++;
            whole = false;
        }
        if (row != null && row.closed() && whole && found != row.exchanges()) {
            note(place, "has " + found + " of its " + row.exchanges() + " exchanges");
        }
    }

    private boolean checkExchange(StoreCursor cursor, String place, SessionTag tag) {
        int sequence = SessionTables.sequence(cursor.key());
        try {
            Exchange exchange = tables.exchange(cursor);
            if (exchange.sequence() != sequence
                    || !SessionTag.of(exchange.session()).equals(tag)) {
                note(place, "has another exchange in the place of " + sequence);
                return false;
            }
            exchanges++;
            return true;
        } catch (UnreadableException e) {
            note(place, String.valueOf(e.getMessage()));
            unreadable++;
            return false;
        }
    }

    /** Every record is found through its session's row, or it is of a session whose row is lost. */
    private void checkRecordsBelong() throws StoreException {
        long records = 0;
        try (StoreCursor cursor = db.cursor(Table.RECORDS)) {
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                records++;
            }
        }
        if (records > exchanges + unreadable) {
            note("records", (records - exchanges - unreadable) + " belong to no session that can be read");
        }
    }

    private void checkLedger() throws StoreException {
        Ledger ledger = Ledger.read(db);
        long expected = ledger.get(Ledger.CAPTURED) - ledger.get(Ledger.EXPIRED);
        if (unreadable == 0 && expected != exchanges) {
            note("ledger", "counts " + expected + " exchanges where " + exchanges + " can be read");
        }
    }

    private void note(String place, String what) {
        if (damage.size() < MAX_DAMAGE) {
            damage.add(new Damage(place, what));
        }
    }

    long sessions() {
        return sessions;
    }

    long exchanges() {
        return exchanges;
    }

    List<Damage> damage() {
        return damage;
    }
}
