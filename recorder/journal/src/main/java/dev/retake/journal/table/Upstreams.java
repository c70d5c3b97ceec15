package dev.retake.journal.table;

import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.record.SessionTag;
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
 * The origins that count as production, sealed under a key of their own, so that they outlive the keys of the sessions. A
 * value names itself, as a record does, since replay must never be let loose on production for want of it.
 *
 * <pre>
 *  0       4              20         24       28
 *  +-------+--------------+----------+--------+---------------+
 *  | RTKU  | origin's hash| seal key | length | sealed origin |  associated data: the first 20 bytes
 *  +-------+--------------+----------+--------+---------------+
 * </pre>
 */
public final class Upstreams {
    private static final String PURPOSE = "journal upstreams";
    private static final int MAGIC = 'R' << 24 | 'T' << 16 | 'K' << 8 | 'U';
    private static final int BOUND_BYTES = Integer.BYTES + SessionTag.BYTES;
    private static final int HEAD_BYTES = BOUND_BYTES + 2 * Integer.BYTES;

    private final KeySet keys;

    public Upstreams(KeySet keys) {
        this.keys = keys;
    }

    /** Adds {@code origin} in {@code changes}. */
    public void put(StoreBatch changes, String origin) throws StoreException {
        int number = keys.currentSealKey();
        ByteBuffer head = ByteBuffer.allocate(BOUND_BYTES).putInt(MAGIC);
        SessionTag.of(origin).put(head);
        byte[] sealed = aead(number).seal(origin.getBytes(StandardCharsets.UTF_8), head.array());
        ByteBuffer value = ByteBuffer.allocate(HEAD_BYTES + sealed.length).put(head.array());
        value.putInt(number).putInt(sealed.length).put(sealed);
        changes.put(Table.META, Keys.upstream(origin), value.array());
    }

    /** Every origin, in order of their names. */
    public List<String> read(JournalDb db) throws StoreException, UnreadableException {
        TreeSet<String> origins = new TreeSet<>();
        try (StoreCursor cursor = db.cursor(Table.META)) {
            for (cursor.seek(Keys.upstreams()); cursor.validIn(Keys.upstreams()); cursor.next()) {
                if (cursor.key().length == Keys.UPSTREAM_BYTES) {
                    origins.add(open(cursor.value(), 0));
                }
            }
        }
        return List.copyOf(origins);
    }

    /** Whether {@link #open} may find an origin at {@code offset}. */
    public static boolean isAt(byte[] bytes, int offset) {
        return bytes.length - offset >= HEAD_BYTES
                && ByteBuffer.wrap(bytes, offset, Integer.BYTES).getInt() == MAGIC;
    }

    /** The origin in the value at {@code offset}. */
    public String open(byte[] bytes, int offset) throws UnreadableException {
        if (!isAt(bytes, offset)) {
            throw new UnreadableException("an upstream is not one");
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes, offset + BOUND_BYTES, 2 * Integer.BYTES);
        int number = numbers.getInt();
        int length = numbers.getInt();
        int from = offset + HEAD_BYTES;
        if (length < 0 || length > bytes.length - from) {
            throw new UnreadableException("an upstream ends early");
        }
        try {
            byte[] bound = Arrays.copyOfRange(bytes, offset, offset + BOUND_BYTES);
            byte[] origin = aead(number).open(Arrays.copyOfRange(bytes, from, from + length), bound);
            return new String(origin, StandardCharsets.UTF_8);
        } catch (SealBrokenException e) {
            throw new UnreadableException("an upstream has a broken seal", e);
        }
    }

    private Aead aead(int number) {
        byte[] key = keys.deriveFromSealKey(number, PURPOSE);
        return new Aead(key == null ? new byte[Aead.KEY_BYTES] : key);
    }
}
