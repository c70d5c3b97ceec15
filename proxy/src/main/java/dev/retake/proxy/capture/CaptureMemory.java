package dev.retake.proxy.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of bodies lie until they are recorded. What is small dies young on the heap. The rest is direct memory, since
 * a body may wait for its exchange to end, or for the recorder, and what outlives a few collections makes the heap grow by
 * pauses that clients feel. The pool is one of its own: what captures pin is not the relay's, and is bounded by their budget.
 * Filled on one event loop, released on any thread.
 */
public final class CaptureMemory {
    private static final int DIRECT_FROM = 4 * 1024;
    private static final int PAGE = 8 * 1024;
    private static final int CHUNK_ORDER = 7;

    private final ByteBufAllocator pool;

    /** One arena, of chunks of a mebibyte, without caches for threads: what is released serves the next at once. */
    public CaptureMemory() {
        this(new PooledByteBufAllocator(true, 0, 1, PAGE, CHUNK_ORDER, 0, 0, false));
    }

    CaptureMemory(ByteBufAllocator pool) {
        this.pool = pool;
    }

    /** Room for {@code capacity} bytes; null where the runtime has none, which must not fail the traffic. */
    @Nullable
    ByteBuf room(int capacity) {
        if (capacity < DIRECT_FROM) {
            return Unpooled.buffer(capacity, capacity);
        }
        try {
            return pool.directBuffer(capacity, capacity);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }
}
