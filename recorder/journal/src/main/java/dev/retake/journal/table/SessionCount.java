package dev.retake.journal.table;

import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions there are, and when the first and the last began, from keys alone.
 *
 * @param oldest microseconds since the epoch, null where there is none
 * @param newest microseconds since the epoch, null where there is none
 */
public record SessionCount(
        long count, @Nullable Long oldest, @Nullable Long newest) {
    public static SessionCount of(JournalDb db) throws StoreException {
        long count = 0;
        Long oldest = null;
        Long newest = null;
        try (StoreCursor cursor = db.cursor(Table.SESSIONS)) {
            for (cursor.seek(Keys.sessionsFrom(0)); cursor.valid(); cursor.next()) {
                newest = Keys.number(cursor.key(), 0);
                oldest = oldest == null ? newest : oldest;
                count++;
            }
        }
        return new SessionCount(count, oldest, newest);
    }
}
