package dev.retake.proxy.http2;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that are open on one HTTP/2 connection, and its farewell: whichever side says it (GOAWAY, RFC 9113 §6.8), no
 * stream is begun from there on, and the connection is closed when the last one ends. For the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
abstract class OpenStreams<S extends OpenStreams.Stream> extends ChannelInboundHandlerAdapter {
    private final Set<S> streams = new LinkedHashSet<>();
    private @Nullable ChannelHandlerContext context;
    private boolean leaving;

    /** One of them. */
    interface Stream {
        /** The connection has ended, and the stream with it. */
        void connectionClosed();
    }

    /** The last stream was closed; others may follow unless the connection is leaving. */
    abstract void idle();

    final void opened(S stream) {
        streams.add(stream);
    }

    final void closed(S stream) {
        streams.remove(stream);
        if (streams.isEmpty()) {
            idle();
            if (leaving) {
                context().close();
            }
        }
    }

    final int count() {
        return streams.size();
    }

    /** Whether the farewell was said. */
    final boolean isLeaving() {
        return leaving;
    }

    /** Tells the peer that no stream is begun any more; those that it opened meanwhile are safe to try elsewhere. */
    public final void drain() {
        if (leaving) {
            return;
        }
        leaving = true;
        boolean last = streams.isEmpty();
        context()
                .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
                .addListener(last ? ChannelFutureListener.CLOSE : written -> {});
    }

    /** The peer has said the farewell. */
    final void left() {
        leaving = true;
        if (streams.isEmpty()) {
            context().close();
        }
    }

    /** Tells all streams of the connection's end; one that does not read would not hear of it before it does. */
    final void end() {
        new ArrayList<>(streams).forEach(Stream::connectionClosed);
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    final ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
