package dev.retake.journal.keyring;

import dev.retake.common.keys.Aead;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.TenantTag;
import dev.retake.journal.record.UnreadableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * 128 data keys under one period key, which is under a seal key. A day's file, {@code YYYY-MM-DD.keys}, is a row of such
 * blocks; block {@code n} stands at {@code n * 8,448} and holds the keys numbered from {@code n * 128}. Format 1, numbers
 * big-endian:
 *
 * <pre>
 *  0      8      10     12    16         20      24       32                     108   112       128
 *  +------+------+------+-----+----------+-------+--------+----------------------+-----+---------+
 *  | magic| form | zero | day | seal key | block | issued | period key, wrapped  | crc | zero    |   head
 *  +------+------+------+-----+----------+-------+--------+----------------------+-----+---------+
 *  RTKEYRNG u16    u16    i32   u32        u32     i64      76 bytes               crc32c of 0..108
 *
 *  +--------------------+------+
 *  | data key, wrapped  | crc  |   128 of these, 64 bytes each: 60 and crc32c of the 60
 *  +--------------------+------+
 *
 *  the head again
 * </pre>
 *
 * {@code issued} is when the block was written, seconds since the epoch: sessions may be imported long after their day.
 * The wrapped period key is {@code key (32) tenant tag (16)}, sealed with the first 32 bytes of the head as associated
 * data; a data key is sealed with day and number. The head stands twice, and each key has its own check, so a damaged
 * place costs at most one session.
 */
public final class KeyBlock {
    /** Keys in a block. */
    public static final int KEYS = 128;

    static final int FORMAT = 1;
    static final int HEAD_BYTES = 128;
    static final int ENTRY_BYTES = 64;
    static final int BYTES = HEAD_BYTES + KEYS * ENTRY_BYTES + HEAD_BYTES;

    private static final long MAGIC = 0x52544b455952_4e47L; // RTKEYRNG
    private static final int ISSUED = 24;
    private static final int BOUND_BYTES = 32;
    private static final int PERIOD_BYTES = Aead.KEY_BYTES + TenantTag.BYTES + Aead.OVERHEAD_BYTES;
    private static final int CHECKED_BYTES = BOUND_BYTES + PERIOD_BYTES;
    private static final int WRAPPED_BYTES = Aead.KEY_BYTES + Aead.OVERHEAD_BYTES;

    private final int day;
    private final int index;
    private final byte[] tenantTag;
    private final Aead period;
    private final byte[] bytes;

    private KeyBlock(int day, int index, byte[] tenantTag, Aead period, byte[] bytes) {
        this.day = day;
        this.index = index;
        this.tenantTag = tenantTag;
        this.period = period;
        this.bytes = bytes;
    }

    /** A block of new keys, number {@code index} of {@code day}. */
    static KeyBlock create(int day, int index, long issuedAt, byte[] tenantTag, KeySet keys, byte[] randomKeys) {
        int sealKey = keys.currentSealKey();
        byte[] periodKey = Aead.newKey();
        ByteBuffer block = ByteBuffer.allocate(BYTES);
        block.putLong(MAGIC).putShort((short) FORMAT).putShort((short) 0);
        block.putInt(day).putInt(sealKey).putInt(index).putLong(issuedAt);
        byte[] wrapped = Arrays.copyOf(periodKey, Aead.KEY_BYTES + TenantTag.BYTES);
        System.arraycopy(tenantTag, 0, wrapped, Aead.KEY_BYTES, TenantTag.BYTES);
        Aead seal = sealKey(keys, sealKey);
        block.put(seal.seal(wrapped, Arrays.copyOf(block.array(), BOUND_BYTES)));
        block.putInt(crc(block.array(), 0, CHECKED_BYTES));
        Aead period = new Aead(periodKey);
        for (int i = 0; i < KEYS; i++) {
            int at = HEAD_BYTES + i * ENTRY_BYTES;
            block.position(at);
            block.put(period.seal(randomKeys, i * Aead.KEY_BYTES, Aead.KEY_BYTES, associated(day, index * KEYS + i)));
            block.putInt(crc(block.array(), at, WRAPPED_BYTES));
        }
        System.arraycopy(block.array(), 0, block.array(), BYTES - HEAD_BYTES, HEAD_BYTES);
        return new KeyBlock(day, index, tenantTag, period, block.array());
    }

    /**
     * Reads block {@code index} of {@code day}.
     *
     * @param bytes the block, shorter where the file ends in it
     * @throws UnreadableException if both heads are damaged, or {@code keys} do not open it
     */
    static KeyBlock read(int day, int index, byte[] bytes, KeySet keys) throws UnreadableException {
        int head = head(bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes, head, HEAD_BYTES);
        in.getLong();
        int format = in.getShort();
        if (format > FORMAT) {
            throw new UnreadableException("is of the newer keyring format " + format);
        }
        in.getShort();
        if (in.getInt() != day) {
            throw new UnreadableException("is the keyring of another day");
        }
        int sealKey = in.getInt();
        Aead seal = keys.sealKey(sealKey);
        if (seal == null) {
            throw new UnreadableException("is under seal key " + sealKey + ", which the key set does not have");
        }
        byte[] bound = Arrays.copyOfRange(bytes, head, head + BOUND_BYTES);
        byte[] wrapped = Arrays.copyOfRange(bytes, head + BOUND_BYTES, head + CHECKED_BYTES);
        byte[] opened;
        try {
            opened = seal.open(wrapped, bound);
        } catch (SealBrokenException e) {
            throw new UnreadableException("does not open under the key set's seal key " + sealKey, e);
        }
        byte[] tenantTag = Arrays.copyOfRange(opened, Aead.KEY_BYTES, opened.length);
        return new KeyBlock(day, index, tenantTag, new Aead(Arrays.copyOf(opened, Aead.KEY_BYTES)), bytes);
    }

    /** The key numbered {@code number} of the day. */
    RecordKey key(int number) throws UnreadableException {
        int at = HEAD_BYTES + (number - index * KEYS) * ENTRY_BYTES;
        if (at + ENTRY_BYTES > bytes.length || !intact(bytes, at, WRAPPED_BYTES)) {
            throw new UnreadableException("has a damaged key, number " + number);
        }
        try {
            byte[] key = period.open(Arrays.copyOfRange(bytes, at, at + WRAPPED_BYTES), associated(day, number));
            return new RecordKey(day, number, new Aead(key), tenantTag);
        } catch (SealBrokenException e) {
            throw new UnreadableException("has a key with a broken seal, number " + number, e);
        }
    }

    byte[] tenantTag() {
        return tenantTag;
    }

    byte[] bytes() {
        return bytes;
    }

    /** When the block was written, seconds since the epoch; 0 where its heads are damaged. */
    static long issuedAt(byte[] bytes) {
        try {
            return ByteBuffer.wrap(bytes).getLong(head(bytes) + ISSUED);
        } catch (UnreadableException e) {
            return 0;
        }
    }

    /** What is damaged in a block, in words; null where nothing is. */
    static @Nullable String damage(byte[] bytes) {
        if (bytes.length < BYTES) {
            return "ends in the middle of block";
        }
        if (!intact(bytes, 0, CHECKED_BYTES) || !intact(bytes, BYTES - HEAD_BYTES, CHECKED_BYTES)) {
            return "has a damaged head in block";
        }
        for (int i = 0; i < KEYS; i++) {
            if (!intact(bytes, HEAD_BYTES + i * ENTRY_BYTES, WRAPPED_BYTES)) {
                return "has a damaged key in block";
            }
        }
        return null;
    }

    private static int head(byte[] bytes) throws UnreadableException {
        for (int at : new int[] {0, BYTES - HEAD_BYTES}) {
            if (bytes.length >= at + HEAD_BYTES
                    && ByteBuffer.wrap(bytes, at, Long.BYTES).getLong() == MAGIC
                    && intact(bytes, at, CHECKED_BYTES)) {
                return at;
            }
        }
        throw new UnreadableException("has a damaged block");
    }

    private static Aead sealKey(KeySet keys, int number) {
        Aead seal = keys.sealKey(number);
        if (seal == null) {
            throw new IllegalStateException("a key set has its current seal key");
        }
        return seal;
    }

    private static byte[] associated(int day, int number) {
        return ByteBuffer.allocate(2 * Integer.BYTES).putInt(day).putInt(number).array();
    }

    private static boolean intact(byte[] bytes, int at, int length) {
        return ByteBuffer.wrap(bytes, at + length, Integer.BYTES).getInt() == crc(bytes, at, length);
    }

    private static int crc(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }
}
