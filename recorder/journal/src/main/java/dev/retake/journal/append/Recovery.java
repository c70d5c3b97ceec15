package dev.retake.journal.append;

import dev.retake.journal.append.OpenSessions.OpenSession;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Ledger;
import dev.retake.journal.table.SessionTables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Begins and ends a writer's run. A run that did not end leaves exchanges that were forwarded and are nowhere accounted
 * for; they are counted as unknown, and the sessions that were open then are for {@link EarlierSessions} to close: as
 * incomplete where anything is unknown or a number is missing.
 */
final class Recovery {
    private static final int CHUNK = 500;

    private final JournalDb db;
    private final SessionTables tables;
    private final KeyringWriter keyring;
    private final RecordSealer sealer;

    Recovery(JournalDb db, SessionTables tables, KeyringWriter keyring, RecordSealer sealer) {
        this.db = db;
        this.tables = tables;
        this.keyring = keyring;
        this.sealer = sealer;
    }

    /** Settles what the last run left, and begins one. */
    void run(OptionalLong forwardedFile) throws StoreException, IOException {
        boolean unclean = Keys.numberOrZero(db.get(Table.META, Keys.run())) != 0;
        long unknown = 0;
        if (unclean) {
            long forwarded = Math.max(forwardedFile.orElse(0), Keys.numberOrZero(db.get(Table.META, Keys.forwarded())));
            unknown = Math.max(0, forwarded - Ledger.read(db).accounted());
        }
        long earlier = Keys.numberOrZero(db.get(Table.META, Keys.earlier()));
        long left = !unclean ? EarlierSessions.NONE : unknown == 0 ? EarlierSessions.WHOLE : EarlierSessions.LOSSY;
        try (StoreBatch changes = db.batch()) {
            Ledger.add(changes, Map.of(Ledger.UNKNOWN, unknown, Ledger.UNCLEAN_ENDS, unclean ? 1L : 0L), 1);
            changes.put(Table.META, Keys.run(), Keys.number(1));
            changes.put(Table.META, Keys.earlier(), Keys.number(Math.max(earlier, left)));
            db.write(changes, true);
        }
    }

    /**
     * Ends the run: every session is closed, first those whose sums are in memory, and everything is durable.
     *
     * @param alone whether all that are open are this run's; else what is not in memory is left to the next run
     */
    void end(OpenSessions sessions, boolean alone) throws StoreException, IOException {
        List<OpenSession> known = sessions.take(CHUNK);
        while (!known.isEmpty()) {
            try (StoreBatch changes = db.batch()) {
                for (OpenSession session : known) {
                    session.tally().close();
                    BatchPlan.putRow(changes, session, sealer);
                }
                db.write(changes, false);
            }
            known = sessions.take(CHUNK);
        }
        if (alone) {
            closeSessions();
        }
        try (StoreBatch changes = db.batch()) {
            changes.put(Table.META, Keys.run(), Keys.number(0));
            db.write(changes, true);
        }
    }

    private void closeSessions() throws StoreException, IOException {
        SessionClosing closing = new SessionClosing(keyring, sealer);
        List<byte[]> open = openSessions();
        while (!open.isEmpty()) {
            try (StoreBatch changes = db.batch()) {
                for (byte[] key : open) {
                    closing.close(tables, changes, key, false);
                }
                db.write(changes, true);
            }
            open = openSessions();
        }
    }

    private List<byte[]> openSessions() throws StoreException {
        List<byte[]> open = new ArrayList<>();
        try (StoreCursor cursor = db.cursor(Table.META)) {
            cursor.seek(Keys.openSessions());
            while (open.size() < CHUNK && cursor.validIn(Keys.openSessions())) {
                if (cursor.key().length == Keys.OPEN_BYTES) {
                    open.add(cursor.key());
                }
                cursor.next();
            }
        }
        return open;
    }
}
