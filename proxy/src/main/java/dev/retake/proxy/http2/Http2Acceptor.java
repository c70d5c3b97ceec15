package dev.retake.proxy.http2;

import dev.retake.proxy.forward.ClientConnection;
import dev.retake.proxy.forward.ForwardMeters;
import dev.retake.proxy.forward.Multiplexing;
import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http1.HeadParser;
import dev.retake.proxy.loop.LoopTicker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP/2 connections of those whose clients ask for it, by ALPN or by beginning with the preface (RFC 9113 §3). For
 * one event loop.
 */
public final class Http2Acceptor implements Multiplexing {
    static final int RESET_SECONDS = 30;
    private static final int QUEUED_CONTROL_FRAMES = 1_000;
    private static final int EMPTY_DATA_FRAMES = 2;
    private static final int GOAWAY_LENGTH = 8;
    /** What a response may have waiting for a client that does not open its window; a connection has many streams. */
    private static final WriteBufferWaterMark STREAM_MARKS = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private final Http2Settings settings;
    private final HeadLimits limits;
    private final Duration keepAlive;
    private final ForwardMeters meters;
    private final LoopTicker ticker;
    private final HeadParser responses;

    /** @param keepAlive how long a connection without streams stays open */
    public Http2Acceptor(
            Http2Settings settings, HeadLimits limits, Duration keepAlive, ForwardMeters meters, LoopTicker ticker) {
        this.settings = settings;
        this.limits = limits;
        this.keepAlive = keepAlive;
        this.meters = meters;
        this.ticker = ticker;
        // What the relay passes has been read by the same rules; its own head may be longer by what it adds.
        this.responses = new HeadParser(new HeadLimits(limits.requestLine(), 2 * limits.head(), 2 * limits.fields()));
    }

    @Override
    public String name() {
        return ApplicationProtocolNames.HTTP_2;
    }

    @Override
    public int prefaceLength() {
        return Http2CodecUtil.connectionPrefaceBuf().readableBytes();
    }

    @Override
    public boolean begins(ByteBuf bytes) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        int length = Math.min(bytes.readableBytes(), preface.readableBytes());
        return bytes.slice(bytes.readerIndex(), length).equals(preface.slice(0, length));
    }

    @Override
    public Carrier begin(ClientConnection connection, ChannelHandlerContext context, @Nullable ByteBuf first) {
        ChannelPipeline pipeline = context.pipeline();
        FrameGuard guard = new FrameGuard(settings.controlFrames(), ticker.now());
        ServerCodec codec = codec();
        AcceptedConnection accepted = new AcceptedConnection(this, connection, guard, codec);
        Http2MultiplexHandler streams = new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setWriteBufferWaterMark(STREAM_MARKS);
                RequestStream stream = new RequestStream(accepted);
                channel.pipeline().addLast(stream, stream.exchange());
            }
        });
        String before = context.name();
        pipeline.addBefore(before, null, guard);
        pipeline.addBefore(before, null, codec);
        pipeline.addBefore(before, null, streams);
        pipeline.addBefore(before, null, accepted);
        widen(codec);
        context.flush();
        if (first != null) {
            guard.channelRead(pipeline.context(guard), first);
            pipeline.context(guard).fireChannelReadComplete();
        }
        return accepted;
    }

    @Override
    public ByteBuf refusal(String reason, ByteBufAllocator allocator) {
        byte[] data = reason.getBytes(StandardCharsets.US_ASCII);
        ByteBuf out = allocator.directBuffer(2 * Http2CodecUtil.FRAME_HEADER_LENGTH + GOAWAY_LENGTH + data.length);
        frame(out, 0, Http2FrameTypes.SETTINGS); // a server begins with them (RFC 9113 §3.4)
        frame(out, GOAWAY_LENGTH + data.length, Http2FrameTypes.GO_AWAY);
        out.writeInt(0).writeInt((int) Http2Error.ENHANCE_YOUR_CALM.code()).writeBytes(data);
        return out;
    }

    /** Begins a frame of the whole connection. */
    private static void frame(ByteBuf out, int length, byte type) {
        out.writeMedium(length).writeByte(type).writeByte(0).writeInt(0);
    }

    private ServerCodec codec() {
        return (ServerCodec) ServerCodec.builder(error -> meters.http2Failed(name(error)))
                .initialSettings(new io.netty.handler.codec.http2.Http2Settings()
                        .maxConcurrentStreams(settings.streams())
                        .initialWindowSize(settings.streamWindow())
                        .maxHeaderListSize(limits.head()))
                .encoderIgnoreMaxHeaderListSize(true) // advice alone (RFC 9113 §6.5.2)
                .encoderEnforceMaxQueuedControlFrames(QUEUED_CONTROL_FRAMES)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES)
                .decoderEnforceMaxRstFramesPerWindow(settings.resets(), RESET_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(settings.resets(), RESET_SECONDS)
                .decoderEnforceMaxSmallContinuationFrames(settings.continuations())
                .build();
    }

    private static String name(Http2Error error) {
        return error.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void widen(Http2FrameCodec codec) {
        Http2Stream whole = codec.connection().connectionStream();
        Http2LocalFlowController flow = codec.connection().local().flowController();
        try {
            int delta = settings.connectionWindow() - flow.initialWindowSize(whole);
            if (delta > 0) {
                flow.incrementWindowSize(whole, delta);
            }
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // only a window beyond 2^31 is refused, and the setting has none
        }
    }

    FrameWriter responseWriter(boolean toHead, FrameWriter.Frames frames) {
        return new FrameWriter(responses, limits.head(), null, toHead, frames);
    }

    Duration keepAlive() {
        return keepAlive;
    }

    long now() {
        return ticker.now();
    }
}
