package dev.retake.proxy.http2;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http1.HeadParser;
import dev.retake.proxy.upstream.CarrierProtocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import java.io.IOException;

/**
 * Makes HTTP/2 connections of those to an upstream that speaks it. The window of a connection is the sum of those of its
 * streams: a client that does not read its response must not stop those of others beside it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed closes
public final class Http2Connector implements CarrierProtocol {
    /** Streams of one connection, where the upstream takes as many. */
    private static final int STREAMS = 100;

    private final Http2Settings settings;
    private final HeadLimits limits;
    private final BackgroundErrors errors;
    private final HeadParser requests;

    /** One for each event loop, since it reads heads. */
    public Http2Connector(Http2Settings settings, HeadLimits limits, BackgroundErrors errors) {
        this.settings = settings;
        this.limits = limits;
        this.errors = errors;
        // What the relay passes has been read by the same rules; what it adds may make the head longer.
        this.requests = new HeadParser(new HeadLimits(limits.requestLine(), 2 * limits.head(), 2 * limits.fields()));
    }

    @Override
    public String name() {
        return ApplicationProtocolNames.HTTP_2;
    }

    @Override
    public boolean always() {
        return settings.upstream() == UpstreamProtocol.ON;
    }

    @Override
    public void begin(Channel channel, Watcher watcher) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(new io.netty.handler.codec.http2.Http2Settings()
                        .pushEnabled(false)
                        .initialWindowSize(settings.streamWindow())
                        .maxHeaderListSize(limits.head()))
                .decoupleCloseAndGoAway(true)
                .encoderIgnoreMaxHeaderListSize(true) // advice alone (RFC 9113 §6.5.2)
                .build();
        boolean tls = channel.pipeline().get(SslHandler.class) != null;
        AsciiString scheme = AsciiString.cached(tls ? "https" : "http");
        channel.pipeline()
                .addLast(
                        codec,
                        new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                            @Override
                            protected void initChannel(Channel pushed) {
                                pushed.close(); // push is turned off
                            }
                        }),
                        new ConnectedUpstream(this, codec.connection(), scheme, watcher));
        widen(codec);
        channel.flush();
    }

    private void widen(Http2FrameCodec codec) {
        Http2Stream whole = codec.connection().connectionStream();
        Http2LocalFlowController flow = codec.connection().local().flowController();
        long window = Math.min(Integer.MAX_VALUE, (long) STREAMS * settings.streamWindow());
        try {
            flow.incrementWindowSize(whole, (int) window - flow.initialWindowSize(whole));
        } catch (Http2Exception e) {
            throw new IllegalStateException(e); // only a window beyond 2^31 is refused
        }
    }

    FrameWriter requestWriter(FrameWriter.StartLine startLine, FrameWriter.Frames frames) {
        return new FrameWriter(requests, limits.head(), startLine, false, frames);
    }

    int streams() {
        return STREAMS;
    }

    /** What went wrong on a connection ends it; what a peer may do wrong needs no report. */
    void failed(Channel channel, Throwable cause) {
        if (!AcceptedConnection.isOfProtocol(cause) && !(cause instanceof IOException)) {
            errors.report("upstream", cause);
        }
        channel.close();
    }
}
