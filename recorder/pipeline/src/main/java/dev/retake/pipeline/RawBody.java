package dev.retake.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Content bytes of one message as they passed, transfer coding already off, content coding still on. Written by one
 * event loop, then read by the recorder; handing over through the queue publishes it.
 */
public final class RawBody {
    private static final int MAX_CHUNK_TIMES = 1_024;

    private final List<ByteBuf> segments = new ArrayList<>(2);
    private long wireSize;
    private long kept;
    private boolean truncated;
    private boolean withheld;
    private long[] chunkTimes = {};
    private int chunkTimesLength;

    /** Keeps {@code segment}, whose reference this body takes over. */
    public void keep(ByteBuf segment) {
        kept += segment.readableBytes();
        segments.add(segment);
    }

    /** Counts {@code bytes} as passed, whether or not they are kept. */
    public void passed(long bytes) {
        wireSize += bytes;
    }

    /** Marks that from here on nothing is kept. */
    public void truncate() {
        truncated = true;
    }

    /** Marks that by its policy nothing is kept but its size. */
    public void withhold() {
        withheld = true;
    }

    /** Notes that the bytes passed so far had all passed {@code nanos} after the exchange was accepted. */
    public void chunkPassed(long nanos) {
        if (chunkTimesLength == 2 * MAX_CHUNK_TIMES) {
            return;
        }
        if (chunkTimesLength == chunkTimes.length) {
            chunkTimes = Arrays.copyOf(chunkTimes, Math.max(8, 2 * chunkTimes.length));
        }
        chunkTimes[chunkTimesLength++] = wireSize;
        chunkTimes[chunkTimesLength++] = nanos;
    }

    /** Bytes of content that passed. */
    public long wireSize() {
        return wireSize;
    }

    /** Bytes that are kept. */
    public long kept() {
        return kept;
    }

    public boolean truncated() {
        return truncated;
    }

    boolean withheld() {
        return withheld;
    }

    /** Pairs of (bytes passed, nanoseconds); a copy. */
    public long[] chunkTimes() {
        return Arrays.copyOf(chunkTimes, chunkTimesLength);
    }

    /** The kept bytes in one array, which is read-only: it may be the one that they are kept in. */
    public byte[] toBytes() {
        ByteBuf first = segments.size() == 1 ? segments.get(0) : null;
        if (first instanceof UnpooledHeapByteBuf && first.hasArray() && first.array().length == first.readableBytes()) {
            return first.array(); // no pool takes it back
        }
        byte[] bytes = new byte[Math.toIntExact(kept)];
        int at = 0;
        for (ByteBuf segment : segments) {
            int length = segment.readableBytes();
            segment.getBytes(segment.readerIndex(), bytes, at, length);
            at += length;
        }
        return bytes;
    }

    /** Lets go of every segment. */
    void release() {
        segments.forEach(ByteBuf::release);
        segments.clear();
        kept = 0;
    }
}
