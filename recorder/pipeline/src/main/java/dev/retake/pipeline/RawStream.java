package dev.retake.pipeline;

import dev.retake.common.exchange.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that both peers sent after an upgrade, in the order in which they passed, each piece with its time. Written by one
 * event loop, then read by the recorder; handing over through the queue publishes it.
 *
 * <p>What passes is copied into segments that grow with it, so that a connection which says little pins little, and none
 * pins the buffers that it was read into.
 */
public final class RawStream {
    private static final int SMALLEST = 512;
    private static final int LARGEST = 64 * 1024;
    private static final byte[] NONE = {};
    private static final long[] NO_MARKS = {};

    private final RawExchange exchange;
    private final List<byte[]> segments = new ArrayList<>(4);
    private byte[] last = NONE;
    private int lastLength;
    private long kept;

    /** Pairs of (length of a piece, twice, one more where the server sent it; nanoseconds). */
    private long[] marks = NO_MARKS;

    private int marksLength;
    private long clientBytes;
    private long serverBytes;
    private Messages.@Nullable Cut cut;

    RawStream(RawExchange exchange) {
        this.exchange = exchange;
    }

    /** Who reads the pieces, in order. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads one piece.
         *
         * @param nanos since the exchange was accepted, when it passed
         * @return whether more is wanted
         */
        boolean piece(boolean fromServer, byte[] bytes, int from, int to, long nanos);
    }

    /** Counts {@code bytes} of one side as passed, whether or not they are kept. */
    public void passed(boolean fromServer, long bytes) {
        if (fromServer) {
            serverBytes += bytes;
        } else {
            clientBytes += bytes;
        }
    }

    /** Notes that from here on nothing is kept. */
    public void cut(Messages.Cut reason) {
        if (cut == null) {
            cut = reason;
        }
    }

    /** Why not all is kept, null where it is. */
    public Messages.@Nullable Cut cut() {
        return cut;
    }

    /** Bytes that are kept. */
    public long kept() {
        return kept;
    }

    public long clientBytes() {
        return clientBytes;
    }

    public long serverBytes() {
        return serverBytes;
    }

    /**
     * Begins a piece of {@code length} bytes.
     *
     * @return false where the budget has no room for what is known of it; then nothing was begun
     */
    public boolean begin(boolean fromServer, int length, long nanos) {
        if (marksLength == marks.length) {
            int larger = Math.max(8, 2 * marks.length);
            if (!exchange.tryChargeLasting((long) (larger - marks.length) * Long.BYTES)) {
                return false;
            }
            marks = Arrays.copyOf(marks, larger);
        }
        marks[marksLength++] = (long) length << 1 | (fromServer ? 1 : 0);
        marks[marksLength++] = nanos;
        return true;
    }

    /**
     * Room for up to {@code wanted} bytes of the piece that was begun: they belong into {@link #room()} from
     * {@link #roomFrom()} on.
     *
     * @return how many; 0 where the budget is used up
     */
    public int reserve(int wanted) {
        if (lastLength == last.length) {
            int size = Math.max(SMALLEST, Math.min(LARGEST, Math.max(2 * last.length, wanted)));
            if (!exchange.tryChargeLasting(size)) {
                return 0;
            }
            last = new byte[size];
            lastLength = 0;
            segments.add(last);
        }
        return Math.min(wanted, last.length - lastLength);
    }

    public byte[] room() {
        return last;
    }

    public int roomFrom() {
        return lastLength;
    }

    /** Notes that {@code length} bytes were written into the room. */
    public void wrote(int length) {
        lastLength += length;
        kept += length;
    }

    /** Gives {@code reader} the pieces that are kept, the last one as far as it is. */
    public void read(Reader reader) {
        int segment = 0;
        int at = 0;
        long rest = kept;
        for (int mark = 0; mark < marksLength; mark += 2) {
            long left = Math.min(marks[mark] >>> 1, rest);
            rest -= left;
            while (left > 0) {
                byte[] bytes = segments.get(segment);
                int length = (int) Math.min(left, bytes.length - at);
                if (!reader.piece((marks[mark] & 1) != 0, bytes, at, at + length, marks[mark + 1])) {
                    return;
                }
                at += length;
                left -= length;
                if (at == bytes.length) {
                    segment++;
                    at = 0;
                }
            }
        }
    }
}
