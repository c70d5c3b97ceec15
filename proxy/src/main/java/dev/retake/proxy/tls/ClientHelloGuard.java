package dev.retake.proxy.tls;

import dev.retake.proxy.forward.ArrivalFailure;
import dev.retake.proxy.forward.OwnResponse;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of TLS until the handshake is done: bounds its time and its bytes, and tells who speaks plain HTTP that
 * this is the wrong port. Then it takes itself away.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class ClientHelloGuard extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE_RECORD = 22;
    private static final long LINGER_SECONDS = 5;

    private final TlsSettings.Listener settings;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timeout;
    private long seen;
    private boolean refused;

    ClientHelloGuard(TlsSettings.Listener settings) {
        this.settings = settings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        timeout = ctx.executor()
                .schedule(
                        () -> fail(ctx, "timeout"), settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** The handshake is done. */
    void done() {
        ChannelHandlerContext ctx = Objects.requireNonNull(context);
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (refused) {
            bytes.release();
        } else if (seen == 0 && bytes.isReadable() && bytes.getByte(bytes.readerIndex()) != HANDSHAKE_RECORD) {
            refuse(ctx, bytes.getByte(bytes.readerIndex()));
            bytes.release();
        } else if (seen > settings.handshakeBytes()) {
            // Looked at before this read is added, since it may bring the end of the handshake and much after it.
            bytes.release();
            fail(ctx, "too-large");
        } else {
            seen += bytes.readableBytes();
            ctx.fireChannelRead(bytes);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && refused) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void refuse(ChannelHandlerContext ctx, byte first) {
        boolean http = first >= 'A' && first <= 'Z';
        if (!http) {
            fail(ctx, "not-tls");
            return;
        }
        refused = true;
        ctx.fireUserEventTriggered(new ArrivalFailure("plain-http"));
        ctx.writeAndFlush(OwnResponse.of(
                        400, "plain HTTP was sent to a port that speaks TLS; use https", false, true, ctx.alloc()))
                .addListener(sent -> ((DuplexChannel) ctx.channel()).shutdownOutput());
        Objects.requireNonNull(timeout).cancel(false);
        timeout = ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private void fail(ChannelHandlerContext ctx, String kind) {
        if (!refused) {
            refused = true;
            ctx.fireUserEventTriggered(new ArrivalFailure(kind));
            ctx.close();
        }
    }
}
