package dev.retake.proxy.forward;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What was written to a channel and waits for its peer to take it. For the channel's event loop. */
final class Backlog {
    private final Channel channel;
    private final @Nullable ExchangeStream stream;
    private long place;
    private long takenAt;

    /** @param stream what {@code channel} is, where it is not a connection of its own */
    Backlog(Channel channel, @Nullable ExchangeStream stream, long now) {
        this.channel = channel;
        this.stream = stream;
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
     * Whether bytes have waited for longer than that and none were taken; more may have come to wait meanwhile, and as many
     * as a slow peer took. To be asked more often than that, since it looks for progress from one question to the next.
     */
    boolean standsStill(long now, Duration atMost) {
        long before = place;
        place = place();
        if (place != before || bytes() == 0) {
            takenAt = now;
        }
        return now - takenAt > atMost.toNanos();
    }

    /** Another number than before where the peer took something, and the same where it did not. */
    private long place() {
        if (stream != null) {
            return stream.written() - bytes();
        }
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null
                ? 0
                : (long) System.identityHashCode(waiting.current()) << Integer.SIZE ^ waiting.currentProgress();
    }
}
