package dev.retake.journal.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file in RocksDB's log format, which holds the batches that are not in a table file yet, or the list of table files.
 * Read here only to tell damage from a torn end, and to get at what lies behind damage.
 *
 * <pre>
 * file     := blocks of 32 KiB, each a row of fragments
 * fragment := crc (u32, masked CRC-32C of what follows the length) length (u16) type (u8) [log number (u32)] payload
 * type     := 0 unused space, 1 whole, 2 first, 3 middle, 4 last; 5 to 8 the same with the log's number
 * </pre>
 *
 * @see <a href="https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format">Write Ahead Log File Format</a>
 */
public final class LogFile {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEAD_BYTES = 7;
    private static final int NUMBERED_HEAD_BYTES = 11;
    private static final int FIRST_NUMBERED_TYPE = 5;
    private static final int LAST_NUMBERED_TYPE = 8;
    private static final int MASK_DELTA = 0xa282ead8;

    private final byte[] bytes;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private long damagedAt = -1;
    private boolean torn;

    private LogFile(byte[] bytes) {
        this.bytes = bytes;
        for (int block = 0; block < bytes.length; block += BLOCK_BYTES) {
            readBlock(block, Math.min(block + BLOCK_BYTES, bytes.length));
        }
    }

    /** Reads {@code file} whole. */
    public static LogFile read(Path file) throws IOException {
        return new LogFile(Files.readAllBytes(file));
    }

    /** Offset of the first fragment that is damaged; -1 where none is. A torn end is no damage. */
    public long damagedAt() {
        return damagedAt;
    }

    /** Whether the file ends in the middle of a fragment, as it does when its writer is killed. */
    public boolean isTorn() {
        return torn;
    }

    /** The content of all fragments in a row, of damaged ones as far as their lengths can be trusted. */
    public byte[] payload() {
        return payload.toByteArray();
    }

    private void readBlock(int from, int to) {
        int at = from;
        while (to - at >= HEAD_BYTES) {
            ByteBuffer head = ByteBuffer.wrap(bytes, at, HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int crc = head.getInt();
            int length = head.getShort() & 0xffff;
            int type = head.get() & 0xff;
            if (type == 0 && length == 0) {
                return;
            }
            boolean numbered = type >= FIRST_NUMBERED_TYPE && type <= LAST_NUMBERED_TYPE;
            int payloadAt = at + (numbered ? NUMBERED_HEAD_BYTES : HEAD_BYTES);
            int end = payloadAt + length;
            if (end > to) {
                cutOff(at, payloadAt, to);
                return;
            }
            if (crc != masked(at + HEAD_BYTES - 1, end)) {
                damaged(at);
            }
            payload.write(bytes, payloadAt, length);
            at = end;
        }
        if (at < to && to == bytes.length && to % BLOCK_BYTES != 0) {
            torn = true;
        }
    }

    /** The fragment does not end in its block: the file ends here, or its length is damaged. */
    private void cutOff(int at, int payloadAt, int to) {
        if (to == bytes.length && to % BLOCK_BYTES != 0) {
            torn = true;
        } else {
            damaged(at);
        }
        if (payloadAt < to) {
            payload.write(bytes, payloadAt, to - payloadAt);
        }
    }

    private void damaged(int at) {
        if (damagedAt < 0) {
            damagedAt = at;
        }
    }

    private int masked(int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return masked((int) crc.getValue());
    }

    /** RocksDB stores a crc rotated, since the crc of bytes that hold their own crc says little. */
    static int masked(int crc) {
        return (crc >>> 15 | crc << 17) + MASK_DELTA;
    }
}
