package dev.retake.proxy.http2;

import dev.retake.proxy.forward.ClientConnection;
import dev.retake.proxy.forward.ExchangeStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a client's connection: frames of the request become HTTP/1.1 on their way to the {@link ClientConnection}
 * behind it, the bytes of the response become frames on their way back. It never gives on more than one request, whatever
 * the frames hold.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class RequestStream extends ChannelDuplexHandler
        implements ExchangeStream, FrameWriter.Frames, OpenStreams.Stream {
    private final AcceptedConnection connection;
    private final ClientConnection exchange;
    private @Nullable ChannelHandlerContext context;
    private @Nullable BodyBytes body;
    private @Nullable FrameWriter response;
    private @Nullable ChannelFuture lastWrite;
    private long written;
    private boolean begun;
    private boolean requestEnded;
    private boolean failed;
    private boolean malformed;

    RequestStream(AcceptedConnection connection) {
        this.connection = connection;
        this.exchange = connection.serve(this);
    }

    /** Serves the stream's exchange; stands behind this handler. */
    ClientConnection exchange() {
        return exchange;
    }

    @Override
    public void connectionClosed() {
        context().close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection.opened(this);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ctx.fireChannelInactive();
        connection.closed(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (failed || requestEnded) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2DataFrame data) {
            requestEnded = data.isEndStream();
            content(ctx, data.content());
        } else if (message instanceof Http2HeadersFrame headers) {
            requestEnded = headers.isEndStream();
            if (begun) {
                trailers(ctx, headers.headers());
            } else {
                begun = true;
                head(ctx, headers.headers());
            }
        } else {
            ReferenceCountUtil.release(message); // a frame of an extension that nobody agreed on
        }
    }

    private void head(ChannelHandlerContext ctx, Http2Headers fields) {
        if (connection.isSpent(((Http2StreamChannel) ctx.channel()).stream().id())) {
            reset(Http2Error.STREAM_CLOSED);
            return;
        }
        RequestHead head = new RequestHead(fields, requestEnded);
        Malformed wrong = head.check();
        response = connection.responseWriter(head.isHeadMethod(), this);
        if (wrong != null) {
            failed = true;
            malformed = wrong.isBreach();
            exchange.refuse(wrong.status(), wrong.reason(), head.isHeadMethod());
            return;
        }
        body = new BodyBytes(head.length());
        ctx.fireChannelRead(head.write(ctx.alloc()));
    }

    private void content(ChannelHandlerContext ctx, ByteBuf content) {
        BodyBytes rest = body;
        if (rest == null) {
            content.release();
            return;
        }
        try {
            pass(ctx, rest.content(content, requestEnded, ctx.alloc()));
        } catch (IllegalArgumentException e) {
            reset(Http2Error.PROTOCOL_ERROR);
        }
    }

    private void trailers(ChannelHandlerContext ctx, Http2Headers fields) {
        if (!requestEnded || Fields.checkTrailers(fields) != null) {
            reset(Http2Error.PROTOCOL_ERROR);
            return;
        }
        try {
            pass(ctx, Objects.requireNonNull(body).trailers(fields, ctx.alloc()));
        } catch (IllegalArgumentException e) {
            reset(Http2Error.PROTOCOL_ERROR);
        }
    }

    private static void pass(ChannelHandlerContext ctx, @Nullable ByteBuf bytes) {
        if (bytes != null) {
            ctx.fireChannelRead(bytes);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // Netty closes a stream that was reset once all that came before was read, which may be never.
        if (event instanceof Http2ResetFrame) {
            ctx.close();
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!AcceptedConnection.isOfProtocol(cause)) {
            ctx.fireExceptionCaught(cause);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        FrameWriter writer = response;
        if (writer == null || writer.ended()) {
            bytes.release();
        } else {
            try {
                writer.write(bytes);
            } catch (IllegalArgumentException e) {
                reset(Http2Error.INTERNAL_ERROR); // what the relay does not read it does not pass either, but for this
            }
        }
        promise.trySuccess();
    }

    @Override
    public void headers(Http2Headers fields, boolean ends) {
        written += Http2CodecUtil.FRAME_HEADER_LENGTH;
        lastWrite = context().write(new DefaultHttp2HeadersFrame(fields, ends && !malformed));
    }

    @Override
    public void data(ByteBuf content, boolean ends) {
        connection.sentContent(content.readableBytes());
        written += Http2CodecUtil.FRAME_HEADER_LENGTH + content.readableBytes();
        lastWrite = context().write(new DefaultHttp2DataFrame(content, ends && !malformed));
    }

    @Override
    public void end() {
        FrameWriter writer = response;
        if (writer == null || !writer.endWithConnection()) {
            cut();
            return;
        }
        if (malformed) {
            afterWrites(Http2Error.PROTOCOL_ERROR); // an answer may go before it (RFC 9113 §8.1.1)
        } else {
            // Once the response is out, the rest of a request is not wanted any more (RFC 9113 §8.1).
            afterWrites(requestEnded ? null : Http2Error.NO_ERROR);
        }
    }

    @Override
    public void cut() {
        afterWrites(Http2Error.INTERNAL_ERROR);
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void abandon() {
        close(Http2Error.CANCEL);
    }

    private void afterWrites(@Nullable Http2Error error) {
        ChannelHandlerContext ctx = context();
        ChannelFuture last = lastWrite;
        if (last == null) {
            close(error);
        } else {
            last.addListener(written -> close(error));
        }
        ctx.flush();
    }

    private void reset(Http2Error error) {
        failed = true;
        close(error);
    }

    private void close(@Nullable Http2Error error) {
        ChannelHandlerContext ctx = context();
        if (error != null && ctx.channel().isActive()) {
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
        }
        ctx.close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
