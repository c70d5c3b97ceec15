package dev.retake.journal;

import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The origins that count as production, sealed under a key of their own, so that they outlive the keys of the sessions.
 *
 * <pre>
 * value := seal key number (u32) sealed origin, with the table's key as associated data
 * </pre>
 */
final class Upstreams {
    private static final String PURPOSE = "journal upstreams";

    private final KeySet keys;

    Upstreams(KeySet keys) {
        this.keys = keys;
    }

    void put(StoreBatch changes, String origin) throws StoreException {
        int number = keys.currentSealKey();
        byte[] key = Keys.upstream(origin);
        byte[] sealed = aead(number).seal(origin.getBytes(StandardCharsets.UTF_8), key);
        byte[] value = ByteBuffer.allocate(Integer.BYTES + sealed.length)
                .putInt(number)
                .put(sealed)
                .array();
        changes.put(Table.META, key, value);
    }

    List<String> read(JournalDb db) throws StoreException, UnreadableException {
        TreeSet<String> origins = new TreeSet<>();
        try (StoreCursor cursor = db.cursor(Table.META)) {
            for (cursor.seek(Keys.UPSTREAMS); cursor.validIn(Keys.UPSTREAMS); cursor.next()) {
                if (cursor.key().length == Keys.UPSTREAM_BYTES) {
                    origins.add(open(cursor.key(), cursor.value()));
                }
            }
        }
        return List.copyOf(origins);
    }

    private String open(byte[] key, byte[] value) throws UnreadableException {
        if (value.length < Integer.BYTES) {
            throw new UnreadableException("an upstream ends early");
        }
        int number = ByteBuffer.wrap(value).getInt();
        try {
            byte[] sealed = Arrays.copyOfRange(value, Integer.BYTES, value.length);
            return new String(aead(number).open(sealed, key), StandardCharsets.UTF_8);
        } catch (SealBrokenException e) {
            throw new UnreadableException("an upstream has a broken seal", e);
        }
    }

    private Aead aead(int number) {
        byte[] key = keys.deriveFromSealKey(number, PURPOSE);
        return new Aead(key == null ? new byte[Aead.KEY_BYTES] : key);
    }
}
