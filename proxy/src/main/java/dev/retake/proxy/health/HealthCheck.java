package dev.retake.proxy.health;

import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http1.HeadParser;
import dev.retake.proxy.upstream.Connector;
import dev.retake.proxy.upstream.Endpoint;
import dev.retake.proxy.upstream.HealthSettings;
import dev.retake.proxy.upstream.Origin;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One question to one address, on a connection of its own: connects, sends a GET, reads the head of the answer, closes.
 * Whatever else happens, or takes longer than it may, is a failure.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the channel, which is a failure
final class HealthCheck {
    private static final int MAX_HEAD = 16 * 1024;
    private static final int MAX_INTERIMS = 5;

    private final EventLoop loop;
    private final Endpoint endpoint;
    private final HealthSettings settings;
    private final Connector connector;
    private final Consumer<Boolean> result;
    private @Nullable Channel channel;
    private @Nullable Future<?> timeout;
    private boolean ended;

    /** @param result is told once whether the address is well */
    HealthCheck(
            EventLoop loop, Endpoint endpoint, HealthSettings settings, Connector connector, Consumer<Boolean> result) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.settings = settings;
        this.connector = connector;
        this.result = result;
    }

    void start() {
        timeout = loop.schedule(() -> end(false), settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        Origin origin = endpoint.origin();
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(connector.channelType(origin))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        SslHandler tls = connector.tls(origin, opened.alloc(), false);
                        if (tls != null) {
                            tls.setHandshakeTimeoutMillis(settings.timeout().toMillis());
                            opened.pipeline().addLast(tls);
                        }
                        opened.pipeline().addLast(new Answer());
                    }
                })
                .connect(endpoint.address());
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                end(false);
            }
        });
    }

    private void end(boolean up) {
        if (ended) {
            return;
        }
        ended = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (channel != null) {
            channel.close();
        }
        result.accept(up);
    }

    private String request() {
        Origin origin = endpoint.origin();
        String name = origin.host().indexOf(':') < 0 ? origin.host() : "[" + origin.host() + "]";
        boolean usual = origin.port() == (origin.tls() ? 443 : 80);
        String host = settings.host() == null ? name + (usual ? "" : ":" + origin.port()) : settings.host();
        return "GET " + settings.path() + " HTTP/1.1\r\nHost: " + host
                + "\r\nUser-Agent: retake-health-check\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    private final class Answer extends ChannelInboundHandlerAdapter {
        private final HeadParser parser = new HeadParser(new HeadLimits(MAX_HEAD, MAX_HEAD, 1_000));
        private @Nullable ByteBuf read;
        private int interims;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), request()));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (ended) {
                bytes.release();
                return;
            }
            if (read == null) {
                read = ctx.alloc().buffer(bytes.readableBytes());
            }
            read.writeBytes(bytes);
            bytes.release();
            HeadParser.Result found = parser.response(read);
            while (found == HeadParser.Result.ACCEPTED && parser.head().status() < 200 && interims++ < MAX_INTERIMS) {
                read.skipBytes(parser.head().end());
                found = parser.response(read);
            }
            if (found != HeadParser.Result.INCOMPLETE) {
                end(found == HeadParser.Result.ACCEPTED
                        && settings.accepts(parser.head().status()));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end(false);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            if (read != null) {
                read.release();
                read = null;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end(false); // whatever the cause, the address is not well
        }
    }
}
