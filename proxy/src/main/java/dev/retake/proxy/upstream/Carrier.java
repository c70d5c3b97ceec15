package dev.retake.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.function.Function;

/** One connection to the upstream that carries many exchanges at once. For its event loop's thread. */
public interface Carrier {
    /** Whether one more exchange can begin. */
    boolean hasRoom();

    /**
     * Opens a channel for one exchange.
     *
     * @param last gives the handler at the end of its pipeline, which takes and writes HTTP/1.1
     * @return whether it was opened
     */
    boolean open(Function<Channel, ChannelHandler> last);

    /** Nothing new begins; the connection ends with its last exchange. */
    void drain();

    /**
     * Ends it in order where no exchange has used it for as long.
     *
     * @param now on the scale of {@link System#nanoTime()}
     */
    void expire(long now, long idleNanos);
}
