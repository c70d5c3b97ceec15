package dev.retake.proxy.http2;

import dev.retake.proxy.http1.Field;
import dev.retake.proxy.http1.Head;
import dev.retake.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a connection to the upstream: the bytes of a request become frames on their way out, frames of the response
 * become HTTP/1.1 on their way to who made the request. The mirror of {@link RequestStream}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class ResponseStream extends ChannelDuplexHandler implements FrameWriter.Frames, OpenStreams.Stream {
    private static final AsciiString HEAD = AsciiString.cached("HEAD");
    private static final AsciiString OPTIONS = AsciiString.cached("OPTIONS");
    private static final AsciiString SLASH = AsciiString.cached("/");
    private static final AsciiString ASTERISK = AsciiString.cached("*");

    private final ConnectedUpstream connection;
    private final FrameWriter request;
    private @Nullable ChannelHandlerContext context;
    private @Nullable BodyBytes body;
    private boolean toHead;
    private boolean toOldClient;
    private boolean ended;
    private boolean broken;

    ResponseStream(ConnectedUpstream connection) {
        this.connection = connection;
        this.request = connection.requestWriter(this::startLine, this);
    }

    private void startLine(Http2Headers fields, Head head) {
        AsciiString method = text(head, head.start(), head.methodEnd());
        toHead = method.contentEquals(HEAD);
        toOldClient = head.minorVersion() == 0;
        fields.method(method).scheme(connection.scheme());
        int host = head.indexOf(Field.HOST);
        if (host >= 0 && head.valueEnd(host) > head.valueStart(host)) {
            fields.authority(text(head, head.valueStart(host), head.valueEnd(host)));
        }
        fields.path(path(head, method));
    }

    /** The path alone, where a client sent a whole URL; its host is Host, since the parser refuses others. */
    private static AsciiString path(Head head, AsciiString method) {
        int from = head.pathStart();
        if (from == head.targetEnd()) {
            return method.contentEquals(OPTIONS) ? ASTERISK : SLASH;
        }
        AsciiString path = text(head, from, head.targetEnd());
        return path.byteAt(0) == '/' ? path : SLASH.concat(path);
    }

    private static AsciiString text(Head head, int from, int to) {
        return new AsciiString(Arrays.copyOfRange(head.bytes(), from, to), false);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (broken || request.ended()) {
            bytes.release();
        } else {
            try {
                request.write(bytes);
            } catch (IllegalArgumentException e) {
                fail(Http2Error.INTERNAL_ERROR); // bytes that pass unread in HTTP/1.1 have no frames
            }
        }
        promise.trySuccess();
    }

    @Override
    public void headers(Http2Headers fields, boolean ends) {
        context().write(new DefaultHttp2HeadersFrame(fields, ends));
    }

    @Override
    public void data(ByteBuf content, boolean ends) {
        context().write(new DefaultHttp2DataFrame(content, ends));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (broken || ended) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Http2DataFrame data) {
            ended = data.isEndStream();
            content(ctx, data.content());
        } else if (message instanceof Http2HeadersFrame headers) {
            ended = headers.isEndStream();
            if (body == null) {
                head(ctx, headers.headers());
            } else {
                trailers(ctx, body, headers.headers());
            }
        } else {
            ReferenceCountUtil.release(message); // a frame of an extension that nobody agreed on
        }
    }

    private void head(ChannelHandlerContext ctx, Http2Headers fields) {
        ResponseHead head = new ResponseHead(fields, ended, toHead, toOldClient);
        if (head.check() != null) {
            fail(Http2Error.PROTOCOL_ERROR);
            return;
        }
        ByteBuf bytes = head.write(ctx.alloc());
        if (!head.isInterim()) {
            BodyBytes rest = new BodyBytes(head.length());
            body = rest;
            ByteBuf last = ended ? rest.content(Unpooled.EMPTY_BUFFER, true, ctx.alloc()) : null;
            if (last != null) {
                bytes.writeBytes(last); // in one piece, so that it can be one frame again
                last.release();
            }
        }
        pass(ctx, bytes);
    }

    private void content(ChannelHandlerContext ctx, ByteBuf content) {
        if (body == null) {
            content.release();
            fail(Http2Error.PROTOCOL_ERROR);
            return;
        }
        try {
            pass(ctx, body.content(content, ended, ctx.alloc()));
        } catch (IllegalArgumentException e) {
            fail(Http2Error.PROTOCOL_ERROR);
        }
    }

    private void trailers(ChannelHandlerContext ctx, BodyBytes rest, Http2Headers fields) {
        if (!ended || Fields.checkTrailers(fields) != null) {
            fail(Http2Error.PROTOCOL_ERROR);
            return;
        }
        try {
            pass(ctx, rest.trailers(fields, ctx.alloc()));
        } catch (IllegalArgumentException e) {
            fail(Http2Error.PROTOCOL_ERROR);
        }
    }

    private void pass(ChannelHandlerContext ctx, @Nullable ByteBuf bytes) {
        if (bytes != null) {
            ctx.fireChannelRead(bytes);
        }
        if (ended && toOldClient) {
            ctx.close(); // the end of the connection is the end of the body
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2GoAwayFrame || event instanceof Http2ResetFrame reset && isRefusal(reset)) {
            connection(ctx).unprocessed();
        }
        if (event instanceof Http2ResetFrame reset) {
            if (reset.errorCode() != Http2Error.NO_ERROR.code()) {
                connection(ctx).fail();
            }
            ctx.close();
        }
        ReferenceCountUtil.release(event);
    }

    private static boolean isRefusal(Http2ResetFrame reset) {
        return reset.errorCode() == Http2Error.REFUSED_STREAM.code();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (AcceptedConnection.isOfProtocol(cause)) {
            connection(ctx).fail(); // the codec closes the stream
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    /** What came, or was to be sent, is no message. */
    private void fail(Http2Error error) {
        broken = true;
        ChannelHandlerContext ctx = context();
        connection(ctx).fail();
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(error));
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ctx.fireChannelInactive();
        connection.closed(this);
    }

    private static UpstreamConnection connection(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(UpstreamConnection.class);
    }

    @Override
    public void connectionClosed() {
        context().close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
