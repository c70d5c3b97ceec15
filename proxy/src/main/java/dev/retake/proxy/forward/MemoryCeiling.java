package dev.retake.proxy.forward;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;

/** Whether the relay's buffers take so much direct memory that nothing new is served. For one event loop. */
final class MemoryCeiling {
    private final long ceiling;
    private boolean reached;

    /** @param ceiling bytes */
    MemoryCeiling(long ceiling) {
        this.ceiling = ceiling;
    }

    /** Looks; to be called once a tick, since looking walks the allocator's arenas. */
    void sample() {
        reached = used() > ceiling;
    }

    /** Whether the last look found it reached. */
    boolean reached() {
        return reached;
    }

    /** Bytes of direct memory that the allocator holds, pooled ones counted. */
    static long used() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
