package dev.retake.journal.table;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.Session;
import dev.retake.journal.record.RecordOpener;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds sessions and their exchanges in the tables; for the writer and for readers. For one thread. */
public final class SessionTables {
    private final JournalDb db;
    private final RecordOpener opener;

    public SessionTables(JournalDb db, RecordOpener opener) {
        this.db = db;
        this.opener = opener;
    }

    /** Takes the exchanges of a session in order. */
    public interface Visitor {
        /** Whether to go on. */
        boolean visit(Exchange exchange);
    }

    /** When the session began, empty where there is none. */
    public OptionalLong startedAt(SessionTag tag) throws StoreException {
        byte[] started = db.get(Table.INDEX, Keys.index(tag));
        return started == null ? OptionalLong.empty() : OptionalLong.of(Keys.number(started, 0));
    }

    /** The row of the session, null where there is none. */
    @Nullable
    public Session row(SessionTag tag) throws StoreException, UnreadableException {
        OptionalLong startedAt = startedAt(tag);
        if (startedAt.isEmpty()) {
            return null;
        }
        byte[] row = db.get(Table.SESSIONS, Keys.session(startedAt.getAsLong(), tag));
        return row == null ? null : opener.session(row);
    }

    /** The session with all that its exchanges tell; null where there is none. */
    @Nullable
    public Session session(String id) throws StoreException, UnreadableException {
        SessionTag tag = SessionTag.of(id);
        Session row = row(tag);
        return row == null ? null : whole(row, tag);
    }

    /** The session whose row this is, with all that its exchanges tell. */
    public Session whole(byte[] row, SessionTag tag) throws StoreException, UnreadableException {
        return whole(opener.session(row), tag);
    }

    private Session whole(Session row, SessionTag tag) throws StoreException, UnreadableException {
        return row.closed() ? row : tally(row, tag).session();
    }

    /** Adds up the recorded exchanges of the session. */
    public SessionTally tally(Session row, SessionTag tag) throws StoreException, UnreadableException {
        SessionTally tally = SessionTally.of(row);
        visit(row.startedAt(), tag, exchange -> {
            tally.add(exchange);
            return true;
        });
        return tally;
    }

    /** Shows the exchanges of the session in order. */
    public void visit(long startedAt, SessionTag tag, Visitor visitor) throws StoreException, UnreadableException {
        byte[] prefix = Keys.records(Keys.day(startedAt), tag);
        try (StoreCursor cursor = db.cursor(Table.RECORDS)) {
            for (cursor.seek(prefix); cursor.validIn(prefix); cursor.next()) {
                if (!visitor.visit(exchange(cursor))) {
                    return;
                }
            }
        }
    }

    /** The exchange that {@code cursor} is at. */
    public Exchange exchange(StoreCursor cursor) throws UnreadableException {
        try {
            return opener.exchange(cursor.value());
        } catch (UnreadableException e) {
            throw new UnreadableException("exchange " + sequence(cursor.key()) + " " + e.getMessage(), e);
        }
    }

    /** Whether the session has a record numbered {@code sequence}. */
    public boolean hasRecord(long startedAt, SessionTag tag, int sequence) throws StoreException {
        return db.get(Table.RECORDS, Keys.record(Keys.day(startedAt), tag, sequence)) != null;
    }

    /** The sequence number that a record's key ends with. */
    public static int sequence(byte[] recordKey) {
        return ByteBuffer.wrap(recordKey).getInt(Keys.RECORD_BYTES - Integer.BYTES);
    }
}
