package dev.retake.proxy.http2;

import dev.retake.proxy.forward.ClientConnection;
import dev.retake.proxy.forward.ExchangeStream;
import dev.retake.proxy.forward.Multiplexing;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One client's HTTP/2 connection as a whole: its streams and its end. */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class AcceptedConnection extends ChannelInboundHandlerAdapter implements Multiplexing.Carrier {
    private final Http2Acceptor acceptor;
    private final ClientConnection connection;
    private final FrameGuard guard;
    private final ServerCodec codec;
    private final Set<RequestStream> streams = new LinkedHashSet<>();
    private @Nullable ChannelHandlerContext context;
    private long idleSince;
    private boolean leaving;

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

    void opened(RequestStream stream) {
        streams.add(stream);
    }

    void closed(RequestStream stream) {
        streams.remove(stream);
        idleSince = acceptor.now();
        if (leaving && streams.isEmpty()) {
            context().close();
        }
    }

    /** Tells the client to open no more streams (GOAWAY); those that it opened meanwhile are safe to try elsewhere. */
    @Override
    public void drain() {
        if (leaving) {
            return;
        }
        leaving = true;
        ChannelHandlerContext ctx = context();
        boolean last = streams.isEmpty();
        ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
                .addListener(last ? ChannelFutureListener.CLOSE : written -> {});
    }

    @Override
    public void tick(long now) {
        guard.tick(now);
        if (streams.isEmpty() && now - idleSince > acceptor.keepAlive().toNanos()) {
            if (leaving) {
                context().close(); // it does not even take the farewell
            } else {
                idleSince = now;
                drain();
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        if (frame instanceof Http2GoAwayFrame) {
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
        new ArrayList<>(streams).forEach(RequestStream::connectionClosed);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!isOfProtocol(cause)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
