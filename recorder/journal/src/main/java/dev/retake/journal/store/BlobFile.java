package dev.retake.journal.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of RocksDB's values that stand beside the tree. Read here only to check it.
 *
 * <pre>
 * file   := head (30, beginning with the magic number) record ... [foot (32, its last 4 a crc)]
 * record := key length (u64) value length (u64) expiration (u64) crc of these (u32) crc of key and value (u32) key value
 * </pre>
 */
final class BlobFile {
    private static final int HEAD_BYTES = 30;
    private static final int FOOT_BYTES = 32;
    private static final int RECORD_HEAD_BYTES = 32;
    private static final int MAGIC = 2_395_959;
    private static final int MAX_CONTENT_BYTES = 1 << 30;

    private BlobFile() {}

    /**
     * Offset of the first place that is damaged, -1 where none is. One that ends in a record may still be being written;
     * whether something is missing there is for the tables to say.
     */
    static long damagedAt(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long size = in.length();
            if (size < HEAD_BYTES || !beginsWithMagic(bytes(in, HEAD_BYTES))) {
                return 0;
            }
            while (in.getFilePointer() < size) {
                long at = in.getFilePointer();
                long left = size - at;
                if (left < RECORD_HEAD_BYTES) {
                    return -1;
                }
                byte[] head = bytes(in, RECORD_HEAD_BYTES);
                ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
                if (left == FOOT_BYTES && beginsWithMagic(head)) {
                    return matches(head, FOOT_BYTES - 4) ? -1 : at;
                }
                long length = fields.getLong(0) + fields.getLong(8);
                if (!matches(head, 24) || length < 0 || length > MAX_CONTENT_BYTES) {
                    return at;
                }
                if (length > left - RECORD_HEAD_BYTES) {
                    return -1;
                }
                if (crc(bytes(in, (int) length)) != fields.getInt(28)) {
                    return at;
                }
            }
            return -1;
        }
    }

    private static boolean beginsWithMagic(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
    }

    private static byte[] bytes(RandomAccessFile in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    /** Whether the crc at {@code length} is that of the bytes before it. */
    private static boolean matches(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return LogFile.masked((int) crc.getValue())
                == ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return LogFile.masked((int) crc.getValue());
    }
}
