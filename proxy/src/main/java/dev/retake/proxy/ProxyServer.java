package dev.retake.proxy;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.pipeline.CaptureSink;
import dev.retake.proxy.capture.CaptureLoop;
import dev.retake.proxy.capture.CaptureMemory;
import dev.retake.proxy.forward.ClientConnection;
import dev.retake.proxy.forward.Destinations;
import dev.retake.proxy.forward.ForwardLoop;
import dev.retake.proxy.forward.ForwardMeters;
import dev.retake.proxy.http2.Http2Acceptor;
import dev.retake.proxy.http2.Http2Connector;
import dev.retake.proxy.http2.UpstreamProtocol;
import dev.retake.proxy.listen.ListenSettings;
import dev.retake.proxy.listen.ProxyHeaderHandler;
import dev.retake.proxy.listen.ProxyProtocol;
import dev.retake.proxy.listen.UnixSocket;
import dev.retake.proxy.loop.LoopTicker;
import dev.retake.proxy.route.Routing;
import dev.retake.proxy.tls.FileReloads;
import dev.retake.proxy.tls.ListenerTls;
import dev.retake.proxy.tls.TlsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar: listens for clients, and forwards what they ask to the upstream of its route. Client and upstream connections of one
 * exchange live on the same event loop. Thread-safe.
 */
public final class ProxyServer implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int BACKLOG = 4096;

    private final MultiThreadIoEventLoopGroup group;
    private final Map<EventExecutor, ForwardLoop> loops;
    private final Upstreams upstreams;
    private final FileReloads reloads;
    private final ProxySettings settings;
    private final Channel listener;
    private boolean stopped;

    private ProxyServer(
            MultiThreadIoEventLoopGroup group,
            Map<EventExecutor, ForwardLoop> loops,
            Upstreams upstreams,
            FileReloads reloads,
            ProxySettings settings,
            Channel listener) {
        this.group = group;
        this.loops = loops;
        this.upstreams = upstreams;
        this.reloads = reloads;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Starts a sidecar that accepts connections when this method returns. The upstream need not be there.
     *
     * @param listen where to listen: an {@link InetSocketAddress}, whose port 0 takes a free one, or a {@link
     *     UnixDomainSocketAddress}
     * @param upstream scheme, host and port of the default upstream, or {@code unix:/PATH}; null where the settings name
     *     all upstreams
     * @param sink where exchanges are captured to, null for forwarding alone
     * @param errors told of failures in the background
     * @param registry takes the meters of the data plane
     * @throws RetakeException {@link ErrorCode#PORT} where the address cannot be listened on, {@link ErrorCode#ARGUMENT}
     *     or {@link ErrorCode#CONFIGURATION} where the upstream or a setting is none
     */
    public static ProxyServer start(
            SocketAddress listen,
            @Nullable URI upstream,
            ProxySettings settings,
            @Nullable CaptureSink sink,
            BackgroundErrors errors,
            MeterRegistry registry) {
        Routing routing = settings.routing(upstream);
        Sockets sockets = Sockets.of(settings.transport());
        Path socket = listen instanceof UnixDomainSocketAddress unix ? unix.getPath() : null;
        Class<? extends ServerChannel> serverType = sockets.server(socket != null);
        TlsSettings tls = settings.tls();
        FileReloads reloads = new FileReloads(tls.reload(), registry, errors);
        ListenerTls listenerTls;
        Upstreams upstreams;
        try {
            listenerTls = tls.listener().certificates().isEmpty()
                    ? null
                    : ListenerTls.of(tls, settings.http2().clients(), reloads, registry);
            UpstreamProtocol spoken = settings.http2().upstream();
            upstreams = new Upstreams(
                    routing,
                    sockets,
                    tls,
                    spoken,
                    () -> spoken == UpstreamProtocol.OFF
                            ? null
                            : new Http2Connector(
                                    settings.http2(), settings.forward().limits(), errors),
                    reloads,
                    registry);
        } catch (RetakeException e) {
            reloads.close();
            throw e;
        }
        ForwardMeters meters = new ForwardMeters(registry, sink == null);
        int threads = settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("retake-loop"), sockets.ioHandlers());
        Map<EventExecutor, ForwardLoop> loops = new HashMap<>();
        AtomicLong connectionNumbers = new AtomicLong();
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            LoopTicker ticker = new LoopTicker(TICK, settings.lag(), InstantSource.system());
            Destinations destinations =
                    upstreams.destinations(loop, ticker, settings.upstream(), meters.upstreams(), errors);
            CaptureLoop capture =
                    sink == null ? null : new CaptureLoop(sink, ticker, settings.streams(), new CaptureMemory());
            Http2Acceptor http2 = settings.http2().clients()
                    ? new Http2Acceptor(
                            settings.http2(),
                            settings.forward().limits(),
                            settings.forward().timeouts().keepAlive(),
                            meters,
                            ticker)
                    : null;
            loops.put(
                    loop,
                    new ForwardLoop(
                            settings.forward(),
                            meters,
                            ticker,
                            destinations,
                            capture,
                            http2,
                            connectionNumbers,
                            errors));
            loop.submit(() -> ticker.start(loop)).syncUninterruptibly();
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(serverType)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ForwardLoop loop = Objects.requireNonNull(loops.get(channel.eventLoop()));
                        boolean announced = settings.listen().proxyProtocol() != ProxyProtocol.OFF;
                        if (announced) {
                            channel.pipeline()
                                    .addLast(new ProxyHeaderHandler(settings.listen(), ClientConnection.peer(channel)));
                        }
                        if (listenerTls != null) {
                            listenerTls.addTo(channel.pipeline());
                        }
                        channel.pipeline().addLast(loop.accept(listenerTls != null, announced));
                    }
                });
        try {
            Channel listener = socket == null
                    ? bind(bootstrap, (InetSocketAddress) listen)
                    : bind(bootstrap, socket, settings.listen());
            upstreams.checkHealth(group, registry);
            return new ProxyServer(group, loops, upstreams, reloads, settings, listener);
        } catch (RetakeException e) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly();
            upstreams.close();
            reloads.close();
            throw e;
        }
    }

    private static Channel bind(ServerBootstrap bootstrap, InetSocketAddress listen) {
        ChannelFuture bound = bootstrap
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new RetakeException(
                    ErrorCode.PORT,
                    "Cannot listen on " + listen.getHostString() + ":" + listen.getPort()
                            + ", since it is in use or not this machine's; choose another address with --listen.",
                    bound.cause());
        }
        return bound.channel();
    }

    private static Channel bind(ServerBootstrap bootstrap, Path socket, ListenSettings settings) {
        UnixSocket.claim(socket);
        ChannelFuture bound =
                bootstrap.bind(new DomainSocketAddress(socket.toString())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new RetakeException(
                    ErrorCode.PORT,
                    "Cannot listen on unix:" + socket + "; check that its directory exists and may be written to.",
                    bound.cause());
        }
        try {
            UnixSocket.open(socket, settings.unixMode());
        } catch (RetakeException e) {
            bound.channel().close().awaitUninterruptibly();
            throw e;
        }
        return bound.channel();
    }

    /** What clients speak: {@code http} or {@code https}. */
    public String scheme() {
        return settings.tls().listener().certificates().isEmpty() ? "http" : "https";
    }

    /**
     * Where clients connect to, with the port that was taken.
     *
     * @throws IllegalStateException where that is a Unix socket
     */
    public InetSocketAddress address() {
        if (listener.localAddress() instanceof InetSocketAddress address) {
            return address;
        }
        throw new IllegalStateException("a Unix socket has no port");
    }

    /**
     * Stops accepting, lets exchanges in flight end for as long as the settings say, and closes. Waits until all is
     * closed; further calls do nothing.
     *
     * @throws InterruptedException where the waiting thread is interrupted; connections are closed at once then
     */
    public synchronized void stop() throws InterruptedException {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            listener.close().sync();
            CountDownLatch drained = new CountDownLatch(loops.size());
            loops.forEach((executor, loop) -> executor.execute(() -> loop.drain(drained::countDown)));
            drained.await(settings.drain().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            closeConnections();
        }
    }

    /** Closes at once, whatever is in flight. */
    @Override
    public synchronized void close() {
        if (!stopped) {
            stopped = true;
            listener.close().syncUninterruptibly();
            closeConnections();
        }
    }

    private void closeConnections() {
        upstreams.stopChecks();
        List<Future<?>> closing = new ArrayList<>();
        loops.forEach((executor, loop) -> closing.add(executor.submit(loop::closeAll)));
        closing.forEach(Future::awaitUninterruptibly);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        upstreams.close();
        reloads.close();
    }
}
