package dev.retake.proxy.forward;

import io.netty.channel.Channel;
import java.time.Duration;

/** What was written to a channel and waits for its peer to take it. For the channel's event loop. */
final class Backlog {
    private final Channel channel;
    private long last;
    private long takenAt;

    Backlog(Channel channel, long now) {
        this.channel = channel;
        this.takenAt = now;
    }

    /** Bytes that wait, with what the channel counts for keeping them. */
    long bytes() {
        long room = channel.bytesBeforeUnwritable();
        return room > 0
                ? channel.config().getWriteBufferHighWaterMark() + 1 - room
                : channel.bytesBeforeWritable() + channel.config().getWriteBufferLowWaterMark() - 1;
    }

    /**
     * Whether bytes have waited for longer than that and none were taken; more may have come to wait meanwhile. To be asked
     * more often than that, since it looks for progress from one question to the next.
     */
    boolean standsStill(long now, Duration atMost) {
        long before = last;
        last = bytes();
        if (last == 0 || last < before) {
            takenAt = now;
        }
        return now - takenAt > atMost.toNanos();
    }
}
