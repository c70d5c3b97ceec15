package dev.retake.journal.vault;

import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of all writers of a vault, as far as a private key opens them.
 *
 * @param closed how many it does not: of writers for another key, or damaged
 */
record WriterKeys(List<WriterKey> keys, int closed) {

    /** @throws dev.retake.common.error.RetakeException with KEY where there are some, and none opens */
    static WriterKeys read(JournalDb db, KeyPair pair, VaultFiles files) throws StoreException {
        List<WriterKey> keys = new ArrayList<>();
        int closed = 0;
        try (StoreCursor cursor = db.cursor(Table.META)) {
            for (cursor.seek(WriterKey.PREFIX); cursor.validIn(WriterKey.PREFIX); cursor.next()) {
                try {
                    keys.add(WriterKey.opened(cursor.key(), cursor.value(), pair));
                } catch (SealBrokenException e) {
                    closed++;
                }
            }
        }
        if (keys.isEmpty() && closed > 0) {
            throw VaultFailures.foreign(files);
        }
        return new WriterKeys(keys, closed);
    }
}
