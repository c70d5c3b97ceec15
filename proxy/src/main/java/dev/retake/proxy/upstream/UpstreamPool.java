package dev.retake.proxy.upstream;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.loop.LoopTicker;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The upstream connections of one event loop. An exchange takes the one that was used last, so that those in surplus grow
 * old and are closed. For the loop's own thread.
 */
public final class UpstreamPool implements LoopTicker.Watch {
    private final EventLoop loop;
    private final LoopTicker ticker;
    private final UpstreamSettings settings;
    private final Addresses addresses;
    private final AtomicInteger openOfAll;
    private final BackgroundErrors errors;
    private final Bootstrap bootstrap;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param tls the context of a new connection, null for plain TCP
     * @param serverName asked for and verified over TLS, null for the origin's host
     * @param openOfAll counts the connections of all loops
     */
    public UpstreamPool(
            EventLoop loop,
            LoopTicker ticker,
            Class<? extends Channel> channelType,
            Origin origin,
            UpstreamSettings settings,
            Addresses addresses,
            @Nullable Supplier<SslContext> tls,
            @Nullable String serverName,
            AtomicInteger openOfAll,
            BackgroundErrors errors) {
        this.loop = loop;
        this.ticker = ticker;
        this.settings = settings;
        this.addresses = addresses;
        this.openOfAll = openOfAll;
        this.errors = errors;
        int connectMillis =
                (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis());
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                // A failed write must not throw away an early response that was already received.
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            SslHandler handler = tls.get()
                                    .newHandler(
                                            channel.alloc(),
                                            serverName == null ? origin.host() : serverName,
                                            origin.port());
                            handler.setHandshakeTimeoutMillis(connectMillis);
                            channel.pipeline().addLast(handler);
                        }
                        channel.pipeline().addLast(new UpstreamConnection(UpstreamPool.this, channel));
                    }
                });
        if (origin.socket() == null) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true);
        }
        ticker.add(this);
    }

    /** The connection used last, null where none is idle or none was used within {@code idleAtMostNanos}. */
    public @Nullable UpstreamConnection takeIdle(long idleAtMostNanos) {
        for (UpstreamConnection last = idle.peekLast(); last != null; last = idle.peekLast()) {
            if (!last.isOpen()) {
                idle.pollLast();
            } else if (ticker.now() - last.idleSince > idleAtMostNanos) {
                return null;
            } else {
                return idle.pollLast();
            }
        }
        return null;
    }

    /** Starts a new connection for {@code user}, who is told how it went after this method has returned. */
    public Connecting connect(UpstreamUser user) {
        Connecting connecting = new Connecting(this, user);
        if (openOfAll.incrementAndGet() > settings.connections()) {
            openOfAll.decrementAndGet();
            loop.execute(() -> connecting.tell(ConnectFailure.LIMIT));
        } else {
            addresses.find(loop, connecting::start);
        }
        return connecting;
    }

    /** Closes idle connections, and those that come back later. */
    public void close() {
        closed = true;
        new ArrayList<>(idle).forEach(UpstreamConnection::close);
    }

    @Override
    public void tick(long now) {
        if (!idle.isEmpty()) {
            for (UpstreamConnection connection : new ArrayList<>(idle)) {
                if (now - connection.idleUntil >= 0) {
                    connection.close();
                }
            }
        }
    }

    void put(UpstreamConnection connection, long keepNanos) {
        if (closed || !connection.isOpen() || idle.size() >= settings.idleConnections()) {
            connection.close();
            return;
        }
        connection.idleSince = ticker.now();
        connection.idleUntil = connection.idleSince
                + Math.min(keepNanos, settings.idleTimeout().toNanos());
        idle.addLast(connection);
    }

    void remove(UpstreamConnection connection) {
        idle.removeLastOccurrence(connection);
        openOfAll.decrementAndGet();
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    UpstreamConnection opened(Channel channel) {
        return channel.pipeline().get(UpstreamConnection.class);
    }

    void connectEnded() {
        openOfAll.decrementAndGet();
    }

    void report(Throwable failure) {
        errors.report("upstream", failure);
    }
}
