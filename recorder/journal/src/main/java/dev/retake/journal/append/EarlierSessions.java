package dev.retake.journal.append;

import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.SessionTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Closes the sessions that earlier runs left open, a few at a time: to add up a session its records have to be read, and a
 * recorder that waits for all of them records nothing meanwhile. What is not closed when a run ends is the next one's. For
 * one thread.
 */
final class EarlierSessions {
    /** Values of the row that says there are such sessions. */
    static final long NONE = 0;

    static final long WHOLE = 1;

    /** Of some an exchange may be missing, so that none can be taken for complete. */
    static final long LOSSY = 2;

    private static final int CHUNK = 100;

    private final SessionClosing closing;
    private final byte[] keys;
    private final boolean lossy;
    private int next;
    private boolean settled;

    private EarlierSessions(SessionClosing closing, byte[] keys, long state) {
        this.closing = closing;
        this.keys = keys;
        this.lossy = state == LOSSY;
        this.settled = state == NONE;
    }

    /** Those that are open in {@code db} before this run opens any. */
    static EarlierSessions in(JournalDb db, KeyringWriter keyring, RecordSealer sealer) throws StoreException {
        long state = Keys.numberOrZero(db.get(Table.META, Keys.earlier()));
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        if (state != NONE) {
            try (StoreCursor cursor = db.cursor(Table.META)) {
                for (cursor.seek(Keys.openSessions()); cursor.validIn(Keys.openSessions()); cursor.next()) {
                    if (cursor.key().length == Keys.OPEN_BYTES) {
                        keys.writeBytes(cursor.key());
                    }
                }
            }
        }
        return new EarlierSessions(new SessionClosing(keyring, sealer), keys.toByteArray(), state);
    }

    /** Closes some, for about so long; whether none is left. */
    boolean close(JournalDb db, SessionTables tables, long nanos) throws StoreException, IOException {
        long until = System.nanoTime() + nanos;
        while (!settled && System.nanoTime() - until < 0) {
            int at = next;
            try (StoreBatch changes = db.batch()) {
                for (int i = 0; i < CHUNK && at < keys.length && System.nanoTime() - until < 0; i++) {
                    closing.close(tables, changes, Arrays.copyOfRange(keys, at, at + Keys.OPEN_BYTES), lossy);
                    at += Keys.OPEN_BYTES;
                }
                if (at == keys.length) {
                    changes.delete(Table.META, Keys.earlier());
                }
                db.write(changes, false);
            }
            next = at;
            settled = at == keys.length;
        }
        return settled;
    }
}
