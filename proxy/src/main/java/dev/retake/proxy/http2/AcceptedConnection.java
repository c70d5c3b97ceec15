package dev.retake.proxy.http2;

import dev.retake.proxy.forward.ClientConnection;
import dev.retake.proxy.forward.ExchangeStream;
import dev.retake.proxy.forward.Multiplexing;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.util.ReferenceCountUtil;

/** One client's HTTP/2 connection as a whole: its streams and its end. */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class AcceptedConnection extends OpenStreams<RequestStream> implements Multiplexing.Carrier {
    private final Http2Acceptor acceptor;
    private final ClientConnection connection;
    private final FrameGuard guard;
    private final ServerCodec codec;
    private long idleSince;

    AcceptedConnection(Http2Acceptor acceptor, ClientConnection connection, FrameGuard guard, ServerCodec codec) {
        this.acceptor = acceptor;
        this.connection = connection;
        this.guard = guard;
        this.codec = codec;
        this.idleSince = acceptor.now();
    }

    /** Whether a failure is a peer's breach of the protocol, which the codec has dealt with. */
    static boolean isOfProtocol(Throwable cause) {
        return Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null;
    }

    ClientConnection serve(ExchangeStream stream) {
        return connection.serve(stream);
    }

    FrameWriter responseWriter(boolean toHead, FrameWriter.Frames frames) {
        return acceptor.responseWriter(toHead, frames);
    }

    /** Whether a head on the stream opens none (RFC 9113 §5.1.1). */
    boolean isSpent(int stream) {
        return codec.isSpent(stream);
    }

    /** A frame of content was sent. */
    void sentContent(int bytes) {
        guard.content(bytes);
    }

    @Override
    void idle() {
        idleSince = acceptor.now();
    }

    @Override
    public void tick(long now) {
        guard.tick(now);
        if (count() == 0 && now - idleSince > acceptor.keepAlive().toNanos()) {
            if (isLeaving()) {
                context().close(); // it does not even take the farewell
            } else {
                idleSince = now;
                drain();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof Http2GoAwayFrame) {
            left();
        }
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!isOfProtocol(cause)) {
            ctx.fireExceptionCaught(cause);
        }
    }
}
