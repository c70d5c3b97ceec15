package dev.retake.proxy.http2;

import dev.retake.proxy.upstream.Carrier;
import dev.retake.proxy.upstream.CarrierProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection to the upstream as a whole: its streams and its end. It is ready once the upstream has said how many
 * streams it takes; more than these are never opened.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class ConnectedUpstream extends ChannelInboundHandlerAdapter implements Carrier {
    private final Http2Connector connector;
    private final Http2Connection connection;
    private final AsciiString scheme;
    private final CarrierProtocol.Watcher watcher;
    private final Set<ResponseStream> streams = new LinkedHashSet<>();
    private @Nullable ChannelHandlerContext context;
    private long idleSince = System.nanoTime();
    private boolean ready;
    private boolean leaving;

    ConnectedUpstream(
            Http2Connector connector, Http2Connection connection, AsciiString scheme, CarrierProtocol.Watcher watcher) {
        this.connector = connector;
        this.connection = connection;
        this.scheme = scheme;
        this.watcher = watcher;
    }

    AsciiString scheme() {
        return scheme;
    }

    FrameWriter requestWriter(FrameWriter.StartLine startLine, FrameWriter.Frames frames) {
        return connector.requestWriter(startLine, frames);
    }

    @Override
    public boolean hasRoom() {
        return ready
                && !leaving
                && streams.size() < connector.streams()
                && streams.size() < connection.local().maxActiveStreams()
                && connection.local().canOpenStream()
                && context().channel().isActive();
    }

    @Override
    public boolean open(Function<Channel, ChannelHandler> last) {
        ResponseStream stream = new ResponseStream(this);
        // On the channel's own event loop it is open when this returns.
        return new Http2StreamChannelBootstrap(context().channel())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(stream, last.apply(channel));
                        streams.add(stream);
                    }
                })
                .open()
                .isSuccess();
    }

    void closed(ResponseStream stream) {
        streams.remove(stream);
        idleSince = System.nanoTime();
        if (leaving && streams.isEmpty()) {
            context().close();
        }
    }

    @Override
    public void drain() {
        if (!leaving) {
            leaving = true;
            boolean last = streams.isEmpty();
            context()
                    .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
                    .addListener(last ? ChannelFutureListener.CLOSE : written -> {});
        }
    }

    @Override
    public void expire(long now, long idleNanos) {
        if (streams.isEmpty() && now - idleSince > idleNanos) {
            drain();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof Http2SettingsFrame && !ready) {
            ready = true;
            watcher.ready(this);
        } else if (frame instanceof Http2GoAwayFrame) {
            leaving = true;
            if (streams.isEmpty()) {
                ctx.close();
            }
        }
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // A stream that does not read would not hear of the end before it does.
        new ArrayList<>(streams).forEach(ResponseStream::connectionClosed);
        watcher.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connector.failed(ctx.channel(), cause);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
