package dev.retake.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Netty's codec at the server's end of a connection, which also tells of the error that ends one: once, whoever found it.
 *
 * <p>It is stricter in what Netty leaves open, since it does not know which streams were reset from this side: frames of a
 * stream that the client itself had ended, or skipped, or that is none of a client's, end the connection (RFC 9113 §5.1,
 * §5.1.1). What still comes of a stream that was reset from here may have been on its way, and harms nobody.
 */
final class ServerCodec extends Http2FrameCodec {
    /** More than a client may have had reset meanwhile, by default. */
    private static final int RESETS_KEPT = 1_000;

    private final Consumer<Http2Error> ended;
    private final Set<Integer> reset = new LinkedHashSet<>();
    private int refused;
    private boolean told;
    private boolean broken;

    private ServerCodec(
            Http2ConnectionEncoder encoder,
            Http2ConnectionDecoder decoder,
            Http2Settings settings,
            Consumer<Http2Error> ended) {
        super(encoder, decoder, settings, true, true); // closing is closing; a farewell is sent by hand
        this.ended = ended;
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamRemoved(Http2Stream stream) {
                if (stream.isResetSent()) {
                    keep(stream.id());
                }
            }
        });
    }

    /** Builds one that tells {@code ended}. */
    static Http2FrameCodecBuilder builder(Consumer<Http2Error> ended) {
        return new Http2FrameCodecBuilder() {
            @Override
            protected Http2FrameCodec build(
                    Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
                return new ServerCodec(encoder, decoder, settings, ended);
            }
        };
    }

    /**
     * Whether a head on the stream opens none, although the codec takes it for new: it has no memory of those whose first
     * head it refused, which are closed, and all below them.
     */
    boolean isSpent(int stream) {
        return stream <= refused;
    }

    private void keep(int stream) {
        if (reset.add(stream) && reset.size() > RESETS_KEPT) {
            Iterator<Integer> oldest = reset.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (broken) {
            in.skipBytes(in.readableBytes()); // Netty knows of the connection errors only that it has found itself
        } else {
            super.decode(ctx, in, out);
        }
    }

    @Override
    public void onError(ChannelHandlerContext ctx, boolean outbound, Throwable cause) {
        Throwable error = cause;
        if (!outbound && cause instanceof Http2Exception.StreamException wrong) {
            error = stricter(wrong);
            broken |= !Http2Exception.isStreamError((Http2Exception) error);
        }
        super.onError(ctx, outbound, error);
    }

    private Http2Exception stricter(Http2Exception.StreamException wrong) {
        int id = wrong.streamId();
        if (!connection().remote().isValidStreamId(id)) {
            return Http2Exception.connectionError(
                    Http2Error.PROTOCOL_ERROR, "Stream %d is none that a client may open", id);
        }
        Http2Stream stream = connection().stream(id);
        if (stream == null && wrong.error() == Http2Error.STREAM_CLOSED && !reset.contains(id)) {
            return Http2Exception.connectionError(Http2Error.STREAM_CLOSED, "Stream %d is closed, or was skipped", id);
        }
        if (stream == null) {
            keep(id);
            refused = Math.max(refused, id);
        } else if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE && isSecondHead(wrong)) {
            return Http2Exception.streamError(id, Http2Error.STREAM_CLOSED, "Stream %d has sent its last frame", id);
        }
        return wrong;
    }

    /** Netty takes a head that ended its stream for the trailers too, and the next one for one too many. */
    private static boolean isSecondHead(Http2Exception wrong) {
        return String.valueOf(wrong.getMessage()).contains("received too many headers");
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        if (!told) {
            told = true;
            ended.accept(error == null ? Http2Error.INTERNAL_ERROR : error.error());
        }
        super.onConnectionError(ctx, outbound, cause, error);
    }
}
