package dev.retake.proxy.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Netty's codec at the server's end of a connection, which also tells of the error that ends one: once, whoever found it. */
final class ServerCodec extends Http2FrameCodec {
    private final Consumer<Http2Error> ended;
    private boolean told;

    private ServerCodec(
            Http2ConnectionEncoder encoder,
            Http2ConnectionDecoder decoder,
            Http2Settings settings,
            Consumer<Http2Error> ended) {
        super(encoder, decoder, settings, true, true); // closing is closing; a farewell is sent by hand
        this.ended = ended;
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
