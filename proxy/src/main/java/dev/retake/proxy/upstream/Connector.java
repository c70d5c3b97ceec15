package dev.retake.proxy.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** How connections to the addresses of one upstream are made. Thread-safe. */
public interface Connector {
    /** What connects to {@code origin}. */
    Class<? extends Channel> channelType(Origin origin);

    /**
     * TLS for a new connection to {@code origin}, null where that has none.
     *
     * @param toCarry whether {@link #protocol} is offered
     */
    @Nullable
    SslHandler tls(Origin origin, ByteBufAllocator allocator, boolean toCarry);

    /** What carries many exchanges over one connection, null for HTTP/1.1 alone. */
    @Nullable
    CarrierProtocol protocol();
}
