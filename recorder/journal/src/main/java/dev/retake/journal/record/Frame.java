package dev.retake.journal.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The head of a sealed record, which names the record on its own: whoever finds these bytes anywhere in a damaged file can
 * tell what they are, open them and put them back. Format 1, numbers big-endian:
 *
 * <pre>
 *  0       4      5      6       8      12        28         32     36       40
 *  +-------+------+------+-------+------+---------+----------+------+--------+------------------------------+
 *  | magic | kind | form | flags | day  | session | sequence | key  | length | nonce (12) ciphertext tag(16) |
 *  +-------+------+------+-------+------+---------+----------+------+--------+------------------------------+
 *   RTKF     u8     u8     u16     i32    16 bytes    u32      u32     u32     length bytes
 * </pre>
 *
 * The seal's associated data is the tenant's tag followed by these 40 bytes, so a record cannot be moved to another
 * session, position or tenant. {@code flags}: bit 0, the content is a zstd frame; bits 4 to 15, number of the
 * dictionary that it needs, 0 for none.
 *
 * @param kind what is in it
 * @param format of the content
 * @param flags how the content is packed
 * @param day days since 1970-01-01 (UTC) on which the session began; the keyring's period
 * @param session tag of the session
 * @param sequence of an exchange, its number in the session; of a session's row, its revision
 * @param key number of the data key within the day
 * @param length bytes of the sealed part
 */
public record Frame(int kind, int format, int flags, int day, SessionTag session, int sequence, int key, int length) {
    /** Bytes of the head. */
    public static final int HEAD_BYTES = 40;

    /** The first four bytes. */
    public static final int MAGIC = 'R' << 24 | 'T' << 16 | 'K' << 8 | 'F';

    /** Kind of an exchange's record. */
    public static final int EXCHANGE = 1;

    /** Kind of a session's row. */
    public static final int SESSION = 2;

    /** The newest format that this version reads, and the one that it writes. */
    public static final int FORMAT = 1;

    static final int ZSTD = 1;
    static final int DICTIONARY_SHIFT = 4;

    /** The head at {@code offset}, null where there is none or its record would end behind {@code limit}. */
    public static @Nullable Frame at(byte[] bytes, int offset, int limit) {
        if (limit - offset < HEAD_BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, HEAD_BYTES);
        if (in.getInt() != MAGIC) {
            return null;
        }
        int kind = in.get() & 0xff;
        int format = in.get() & 0xff;
        int flags = in.getShort() & 0xffff;
        int day = in.getInt();
        SessionTag session = new SessionTag(in.getLong(), in.getLong());
        Frame frame = new Frame(kind, format, flags, day, session, in.getInt(), in.getInt(), in.getInt());
        return frame.length < 0 || frame.length > limit - offset - HEAD_BYTES ? null : frame;
    }

    void put(ByteBuffer out) {
        out.putInt(MAGIC)
                .put((byte) kind)
                .put((byte) format)
                .putShort((short) flags)
                .putInt(day);
        session.put(out);
        out.putInt(sequence).putInt(key).putInt(length);
    }

    /** Number of the dictionary that the content needs, 0 for none. */
    public int dictionary() {
        return flags >>> DICTIONARY_SHIFT;
    }

    /** Bytes of head and sealed part. */
    public int totalBytes() {
        return HEAD_BYTES + length;
    }
}
