package dev.retake.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that carries many exchanges over one client connection at once. Each of its streams gets a channel of its own
 * and, at the end of that one's pipeline, what {@link ClientConnection#serve} gives. For one event loop.
 */
public interface Multiplexing {
    /** Its name in ALPN (RFC 7301). */
    String name();

    /**
     * Whether the bytes begin as a client does that speaks the protocol without asking: with all of its preface, or a part
     * where there are fewer.
     */
    boolean begins(ByteBuf bytes);

    /** How many bytes the preface has. */
    int prefaceLength();

    /**
     * Takes a connection over.
     *
     * @param context that of {@code connection}, before which it puts its handlers
     * @param first the bytes that came already, null for none; they are taken over too
     */
    Carrier begin(ClientConnection connection, ChannelHandlerContext context, @Nullable ByteBuf first);

    /** The bytes that tell a client that its whole connection is refused, and nothing on it was looked at. */
    ByteBuf refusal(String reason, ByteBufAllocator allocator);

    /** One connection that carries exchanges. */
    interface Carrier {
        /** No new exchange begins; the connection ends with the last one. */
        void drain();

        /**
         * Looks whether it is idle for too long.
         *
         * @param now on the scale of {@link System#nanoTime()}
         */
        void tick(long now);
    }
}
