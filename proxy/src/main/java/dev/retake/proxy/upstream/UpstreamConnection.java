package dev.retake.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the upstream: used by one exchange at a time, idle in its pool in between. Bytes that come while it
 * is idle belong to nobody, so they end it (RFC 9112 §9.2).
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private final EndpointPool pool;
    private final Channel channel;
    private final boolean carried;
    private @Nullable UpstreamUser user;
    private boolean used;
    private boolean unprocessed;
    private boolean counted;
    private boolean received;
    private boolean failed;
    private boolean inputEnded;
    private boolean closed;
    private boolean toldClosing;
    long idleSince;
    long idleUntil;

    UpstreamConnection(EndpointPool pool, Channel channel) {
        this(pool, channel, false);
    }

    private UpstreamConnection(EndpointPool pool, Channel channel, boolean carried) {
        this.pool = pool;
        this.channel = channel;
        this.carried = carried;
        this.used = carried;
    }

    /** One that stands for a single exchange on a {@link Carrier}, whose channel is {@code channel}. */
    static UpstreamConnection carried(EndpointPool pool, Channel channel) {
        return new UpstreamConnection(pool, channel, true);
    }

    /** Whether it is one exchange's share of a connection that carries many. */
    public boolean carried() {
        return carried;
    }

    /** Whether the upstream said that it has not looked at the request, so that any request may be sent again. */
    public boolean refused() {
        return unprocessed;
    }

    /** The upstream says so; its channel closes after that. */
    public void unprocessed() {
        unprocessed = true;
    }

    /** Its end, which is to come, is no orderly one. */
    public void fail() {
        failed = true;
    }

    /** Gives the connection to {@code next}. */
    public void use(UpstreamUser next) {
        user = next;
        if (!counted) {
            counted = true;
            received = false;
            pool.load++;
        }
    }

    /** Where it leads to. */
    Endpoint endpoint() {
        return pool.endpoint();
    }

    /** Whether an earlier exchange has used it, so that the upstream may have closed it meanwhile. */
    public boolean used() {
        return used;
    }

    /** Writes without flushing; takes the buffer over. */
    public void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    public void flush() {
        channel.flush();
    }

    /** Whether it takes bytes without queueing beyond its high-water mark. */
    public boolean writable() {
        return channel.isWritable();
    }

    /** Reads on, or leaves what comes in the socket's buffer. */
    public void setReading(boolean reading) {
        if (channel.config().isAutoRead() != reading && !inputEnded && channel.isActive()) {
            channel.config().setAutoRead(reading);
        }
    }

    /** From here on an end of the upstream's output is told as {@link UpstreamUser#inputEnded()}. */
    public void allowHalfClosure() {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** Whether an end of this side's output can be told without closing the whole. */
    public boolean canHalfClose() {
        return channel.pipeline().first() == this;
    }

    /** Sends FIN once all that was written is out. */
    public void shutdownOutput() {
        if (canHalfClose()) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(done -> ((DuplexChannel) channel).shutdownOutput());
        } else {
            close();
        }
    }

    /** Puts it back for the next exchange, to be kept for at most {@code nanos}. */
    public void release(long nanos) {
        if (carried) {
            close();
            return;
        }
        unused();
        used = true;
        setReading(true);
        pool.put(this, nanos);
    }

    /** Closes it now; its user hears no more of it. */
    public void close() {
        unused();
        channel.close();
    }

    /** Closes it once all that was written is out; its user hears no more of it. */
    public void closeAfterWrites() {
        unused();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    private void unused() {
        user = null;
        if (counted) {
            counted = false;
            pool.load--;
            if (received) {
                pool.endpoint().succeeded();
            }
        }
    }

    boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (user == null) {
            bytes.release();
            channel.close();
        } else {
            received = true;
            user.received(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (user != null) {
            user.receivedAll();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (user != null) {
            user.writabilityChanged();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (user != null) {
                user.inputEnded();
            }
        } else if (event instanceof SslCloseCompletionEvent close) {
            toldClosing = close.isSuccess();
            if (toldClosing) {
                channel.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (closed) {
            return;
        }
        closed = true;
        // An end that TLS did not announce may be anyone's doing (truncation, RFC 8446 §6.1).
        failed |= channel.pipeline().get(SslHandler.class) != null && !toldClosing;
        if (!carried) {
            pool.remove(this);
        }
        UpstreamUser last = user;
        // What ends while it rests, or as soon as it is used again, may just have been old.
        boolean stale = last == null || used && !received;
        boolean broken = !stale && (failed || !received);
        received &= !broken;
        unused();
        if (broken) {
            pool.broken();
        }
        if (last != null) {
            last.closed(failed);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failed = true;
        // What TLS finds wrong comes wrapped by the codec that SslHandler is.
        Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
        if (!(reason instanceof IOException)) {
            pool.report(cause);
            channel.close();
        }
    }
}
