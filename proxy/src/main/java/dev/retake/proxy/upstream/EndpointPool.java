package dev.retake.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one address: the idle ones, and how many others there are. For the loop's thread. */
final class EndpointPool {
    private final UpstreamPool pool;
    private final Endpoint endpoint;
    private final Bootstrap plain;
    private final Bootstrap carrying;
    private final Carriers carriers = new Carriers();
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private boolean closed;

    /** Connections in use or being opened. */
    int load;

    EndpointPool(UpstreamPool pool, Endpoint endpoint) {
        this.pool = pool;
        this.endpoint = endpoint;
        this.plain = bootstrap(false);
        this.carrying = bootstrap(true);
    }

    private Bootstrap bootstrap(boolean toCarry) {
        Origin origin = endpoint.origin();
        int connectMillis = (int)
                Math.min(Integer.MAX_VALUE, pool.settings().connectTimeout().toMillis());
        Bootstrap bootstrap = new Bootstrap()
                .group(pool.loop())
                .channel(pool.connector().channelType(origin))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                // A failed write must not throw away an early response that was already received.
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        SslHandler handler = pool.connector().tls(origin, channel.alloc(), toCarry);
                        if (handler != null) {
                            handler.setHandshakeTimeoutMillis(connectMillis);
                            channel.pipeline().addLast(handler);
                        }
                        channel.pipeline().addLast(new UpstreamConnection(EndpointPool.this, channel));
                    }
                });
        if (origin.socket() == null) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        }
        return bootstrap;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** What connects; {@code toCarry} where the connection is to carry many exchanges. */
    Bootstrap connecting(boolean toCarry) {
        return toCarry ? carrying : plain;
    }

    Carriers carriers() {
        return carriers;
    }

    /** What an exchange goes by where the address agrees, null for HTTP/1.1. */
    @Nullable
    CarrierProtocol protocol(boolean overHttp2) {
        CarrierProtocol protocol = pool.connector().protocol();
        if (protocol == null || protocol.always()) {
            return protocol;
        }
        boolean asked = endpoint.origin().tls() && overHttp2;
        return asked && !carriers.refused() ? protocol : null;
    }

    /** A connection that can be used at once, null where there is none, or none used within {@code idleAtMostNanos}. */
    @Nullable
    UpstreamConnection take(boolean overHttp2, long idleAtMostNanos) {
        return protocol(overHttp2) == null ? takeIdle(idleAtMostNanos) : carriers.take(this);
    }

    /** The connection used last, null where none is idle or none was used within {@code idleAtMostNanos}. */
    private @Nullable UpstreamConnection takeIdle(long idleAtMostNanos) {
        for (UpstreamConnection last = idle.peekLast(); last != null; last = idle.peekLast()) {
            if (!last.isOpen()) {
                idle.pollLast();
            } else if (pool.now() - last.idleSince > idleAtMostNanos) {
                return null;
            } else {
                return idle.pollLast();
            }
        }
        return null;
    }

    void put(UpstreamConnection connection, long keepNanos) {
        if (closed || !connection.isOpen() || idle.size() >= pool.settings().idleConnections()) {
            connection.close();
            return;
        }
        connection.idleSince = pool.now();
        connection.idleUntil = connection.idleSince
                + Math.min(keepNanos, pool.settings().idleTimeout().toNanos());
        idle.addLast(connection);
    }

    void remove(UpstreamConnection connection) {
        idle.removeLastOccurrence(connection);
        pool.connectionClosed();
    }

    /** Closes connections whose time is over. */
    void expire(long now) {
        carriers.expire(now, pool.settings().idleTimeout().toNanos());
        if (!idle.isEmpty()) {
            for (UpstreamConnection connection : new ArrayList<>(idle)) {
                if (now - connection.idleUntil >= 0) {
                    connection.close();
                }
            }
        }
    }

    /** Closes idle connections, and those that come back later. */
    void close() {
        closed = true;
        new ArrayList<>(idle).forEach(UpstreamConnection::close);
        carriers.drain();
    }

    /** A connection ended in the middle of an exchange. */
    void broken() {
        endpoint.broken(pool.now());
    }

    void report(Throwable failure) {
        pool.report(failure);
    }
}
