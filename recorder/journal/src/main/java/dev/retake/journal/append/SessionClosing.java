package dev.retake.journal.append;

import dev.retake.journal.Session;
import dev.retake.journal.append.OpenSessions.OpenSession;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.SessionTally;
import java.io.IOException;

/** Closes a session whose sums are not in memory: its records are read to add it up. */
final class SessionClosing {
    private final KeyringWriter keyring;
    private final RecordSealer sealer;

    SessionClosing(KeyringWriter keyring, RecordSealer sealer) {
        this.keyring = keyring;
        this.sealer = sealer;
    }

    /**
     * Has {@code changes} close the session that {@code key} says is open.
     *
     * @param lossy whether an exchange of it may be missing, so that it is not taken for complete
     */
    void close(SessionTables tables, StoreBatch changes, byte[] key, boolean lossy) throws StoreException, IOException {
        SessionTag tag = SessionTag.read(key, 1);
        changes.delete(Table.META, key);
        try {
            Session row = tables.row(tag);
            if (row == null) {
                return;
            }
            SessionTally tally = tables.tally(row, tag);
            tally.close();
            if (lossy || tally.hasGap()) {
                tally.markIncomplete();
            }
            OpenSession session = new OpenSession(tag, tally, keyring.next(Keys.day(tally.startedAt())), true);
            BatchPlan.putRow(changes, session, sealer);
        } catch (UnreadableException e) {
            changes.delete(Table.META, key); // its row stays as it is, damaged, and verifying names it
        }
    }
}
