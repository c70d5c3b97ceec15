package dev.retake.proxy.listen;

import dev.retake.proxy.forward.ArrivalFailure;
import dev.retake.proxy.forward.Cidr;
import dev.retake.proxy.forward.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands first in a connection's pipeline until it knows who the client is: takes the header of the PROXY protocol off,
 * says whom it names, and takes itself away.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed closes
public final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
    private final ListenSettings settings;
    private final InetAddress peer;
    private @Nullable Future<?> timeout;
    private @Nullable ByteBuf begun;
    private boolean failed;

    /** @param peer who connected */
    public ProxyHeaderHandler(ListenSettings settings, InetAddress peer) {
        this.settings = settings;
        this.peer = peer;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        boolean trusted = false;
        for (Cidr block : settings.trustedProxies()) {
            trusted |= block.contains(peer);
        }
        if (trusted) {
            timeout = ctx.executor()
                    .schedule(
                            () -> fail(ctx, "proxy-timeout"),
                            settings.headerTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        } else if (settings.proxyProtocol() == ProxyProtocol.REQUIRE) {
            fail(ctx, "proxy-untrusted");
        } else {
            done(ctx, null);
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (failed) {
            bytes.release();
            return;
        }
        if (begun != null) {
            begun.writeBytes(bytes);
            bytes.release();
            bytes = begun;
            begun = null;
        }
        ProxyHeader header = ProxyHeader.read(bytes);
        switch (header.kind()) {
            case WHOLE -> {
                bytes.skipBytes(header.length());
                done(ctx, header.client());
                pass(ctx, bytes);
            }
            case INCOMPLETE -> {
                // What is read at once may be far more than a header, but what is kept of one that has only begun is
                // not.
                begun = ctx.alloc().buffer(ProxyHeader.MAX_BYTES).writeBytes(bytes);
                bytes.release();
            }
            case NONE -> {
                if (settings.proxyProtocol() == ProxyProtocol.REQUIRE) {
                    bytes.release();
                    fail(ctx, "proxy-header");
                } else {
                    done(ctx, null);
                    pass(ctx, bytes);
                }
            }
            case MALFORMED -> {
                bytes.release();
                fail(ctx, "proxy-header");
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }

    /** Lets what stands behind know, and read on. */
    private void done(ChannelHandlerContext ctx, @Nullable InetAddress announced) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        ctx.fireUserEventTriggered(new ClientAddress(announced));
    }

    private void pass(ChannelHandlerContext ctx, ByteBuf rest) {
        if (rest.isReadable()) {
            ctx.fireChannelRead(rest);
        } else {
            rest.release();
        }
        ctx.pipeline().remove(this);
    }

    private void fail(ChannelHandlerContext ctx, String kind) {
        failed = true;
        ctx.fireUserEventTriggered(new ArrivalFailure(kind));
        ctx.close();
    }
}
