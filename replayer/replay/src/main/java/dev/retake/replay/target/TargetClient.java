package dev.retake.replay.target;

import dev.retake.common.coding.ContentDecoder;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends recorded requests to one pinned target over HTTP/1.1 and takes whatever comes back: a response is never judged
 * here, and a transport failure is data. Redirects are not followed, since they are steps of the recording. Thread-safe;
 * each session has a {@link TargetConnection} of its own.
 */
public final class TargetClient implements AutoCloseable {
    private static final int LOOPS = 2;

    private final PinnedTarget target;
    private final TargetLimits limits;
    private final EventLoopGroup loops;
    private final @Nullable SslContext tls;
    private final ContentDecoder decoder;
    private volatile @Nullable InetSocketAddress reached;

    /**
     * A client for {@code target}; it connects when a request is sent.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where the authorities cannot be read
     */
    public TargetClient(PinnedTarget target, TargetLimits limits, TargetTls trust) {
        this.target = target;
        this.limits = limits;
        this.tls = target.tls() ? context(trust) : null;
        this.decoder = new ContentDecoder(limits.maxBody(), ContentDecoder.DEFAULT_RATIO);
        this.loops = new MultiThreadIoEventLoopGroup(
                LOOPS, new DefaultThreadFactory("retake-target", true), NioIoHandler.newFactory());
    }

    /** Where requests go. */
    public PinnedTarget target() {
        return target;
    }

    /** What one request may take. */
    public TargetLimits limits() {
        return limits;
    }

    /** A connection for one session, used by one thread at a time. */
    public TargetConnection connection() {
        return new TargetConnection(this, decoder);
    }

    /** Connects to the first address that takes a connection, and to that one alone ever after. */
    ChannelFuture connect() throws InterruptedException {
        InetSocketAddress known = reached;
        List<InetSocketAddress> candidates = known == null ? target.addresses() : List.of(known);
        ChannelFuture connecting = bootstrap().connect(candidates.get(0)).await();
        for (int i = 1; i < candidates.size() && !connecting.isSuccess(); i++) {
            connecting = bootstrap().connect(candidates.get(i)).await();
        }
        if (connecting.isSuccess()
                && known == null
                && connecting.channel().remoteAddress() instanceof InetSocketAddress peer) {
            reached = peer;
        }
        return connecting;
    }

    private Bootstrap bootstrap() {
        return new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        if (tls != null) {
                            SslHandler handler = tls.newHandler(channel.alloc(), target.host(), target.port());
                            handler.setHandshakeTimeoutMillis(millis());
                            pipeline.addLast(handler);
                        }
                        ReplyHandler replies = new ReplyHandler();
                        pipeline.addLast(new ReplyHandler.Ear(replies), new ReplyDecoder(), replies);
                    }
                });
    }

    private int millis() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, limits.connect().toMillis()));
    }

    /** Closes all connections; requests that wait fail. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static SslContext context(TargetTls trust) {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        try {
            if (!trust.verify()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
            } else if (!trust.caFile().isEmpty()) {
                builder.trustManager(new File(trust.caFile()));
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw unreadable(trust, e);
        }
    }

    private static RetakeException unreadable(TargetTls trust, Exception cause) {
        return new RetakeException(
                ErrorCode.CONFIGURATION,
                "replay.tls.caFile is " + trust.caFile() + "; it must be a readable PEM file of certificates.",
                cause);
    }
}
