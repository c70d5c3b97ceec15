package dev.retake.proxy.http2;

import dev.retake.proxy.upstream.Carrier;
import dev.retake.proxy.upstream.CarrierProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;

/**
 * One HTTP/2 connection to the upstream as a whole: its streams and its end. It is ready once the upstream has said how many
 * streams it takes; more than these are never opened.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class ConnectedUpstream extends OpenStreams<ResponseStream> implements Carrier {
    private final Http2Connector connector;
    private final Http2Connection connection;
    private final AsciiString scheme;
    private final CarrierProtocol.Watcher watcher;
    private long idleSince = System.nanoTime();
    private boolean ready;

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
                && !isLeaving()
                && count() < connector.streams()
                && count() < connection.local().maxActiveStreams()
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
                        opened(stream);
                    }
                })
                .open()
                .isSuccess();
    }

    @Override
    void idle() {
        idleSince = System.nanoTime();
    }

    @Override
    public void expire(long now, long idleNanos) {
        if (count() == 0 && now - idleSince > idleNanos) {
            drain();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof Http2SettingsFrame && !ready) {
            ready = true;
            watcher.ready(this);
        } else if (frame instanceof Http2GoAwayFrame) {
            left();
        }
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        watcher.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connector.failed(ctx.channel(), cause);
    }
}
