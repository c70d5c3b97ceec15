package dev.retake.replay.target;

import dev.retake.verdict.TransportError;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Feeds a connection's one {@link Conversation} with what arrives, and ends it in time. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a close
final class ReplyHandler extends ChannelInboundHandlerAdapter {
    private static final String GARBAGE = "What the target sent is no HTTP response.";
    private static final String CLOSED_EARLY = "The target closed the connection before its response was whole.";
    private static final String RESET = "The target reset the connection.";
    private static final AttributeKey<ReplyHandler> OF_CHANNEL = AttributeKey.valueOf(ReplyHandler.class, "handler");

    private @Nullable Conversation conversation;
    private @Nullable ScheduledFuture<?> timer;
    private boolean interim;
    private boolean reset;

    /** The handler of {@code channel}, also after the channel's end. */
    static ReplyHandler of(Channel channel) {
        return channel.attr(OF_CHANNEL).get();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().attr(OF_CHANNEL).set(this);
    }

    /** On the event loop: the request could not be written, for {@code cause}; the end of the channel follows. */
    void unwritten(Throwable cause) {
        // A write may meet the reset before any read does; a channel that had ended before has said how.
        reset |= !(cause instanceof ClosedChannelException);
    }

    /** On the event loop: {@code current} ends as the connection did. */
    void failAsClosed(Conversation current) {
        if (reset) {
            current.fail(TransportError.Kind.RESET, RESET);
        } else {
            current.fail(TransportError.Kind.CLOSED_EARLY, CLOSED_EARLY);
        }
    }

    /** On the event loop: {@code next} is what the connection now works for. */
    void begin(ChannelHandlerContext context, Conversation next) {
        conversation = next;
        interim = false;
        watch(context, next);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            Conversation current = conversation;
            if (current == null || current.done() || !(message instanceof HttpObject part)) {
                context.close();
            } else if (part.decoderResult().cause() instanceof PrematureChannelClosureException) {
                current.fail(TransportError.Kind.CLOSED_EARLY, CLOSED_EARLY);
            } else if (part.decoderResult().isFailure()) {
                current.fail(TransportError.Kind.GARBAGE, GARBAGE);
            } else {
                take(current, part);
            }
            settle(context);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void take(Conversation current, HttpObject part) {
        if (part instanceof HttpResponse response) {
            int status = response.status().code();
            interim = status < 200 && status != 101;
            if (!interim) {
                current.head(response);
            }
        }
        if (part instanceof HttpContent content) {
            if (!interim) {
                current.content(content);
            } else if (content instanceof LastHttpContent) {
                interim = false;
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Conversation current = conversation;
        if (current != null && !current.done()) {
            failAsClosed(current);
        }
        settle(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Conversation current = conversation;
        reset |= !(cause instanceof DecoderException);
        if (current != null && !current.done()) {
            Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
            if (root instanceof SSLException) {
                current.fail(TransportError.Kind.TLS, "The TLS session with the target broke.");
            } else if (cause instanceof DecoderException) {
                current.fail(TransportError.Kind.GARBAGE, GARBAGE);
            } else {
                failAsClosed(current);
            }
        }
        settle(context);
        context.close();
    }

    /** A conversation that ended frees its timer, and its connection for the next or for good. */
    private void settle(ChannelHandlerContext context) {
        Conversation current = conversation;
        if (current == null || !current.done()) {
            return;
        }
        conversation = null;
        if (timer != null) {
            timer.cancel(false);
        }
        if (!current.reusable()) {
            context.close();
        }
    }

    private void watch(ChannelHandlerContext context, Conversation current) {
        Patience patience = current.patience();
        long now = System.nanoTime();
        long silenceLeft = patience.silence().toNanos() - (now - current.lastHeard());
        long totalLeft = patience.total().toNanos() - (now - current.started());
        if (silenceLeft <= 0 || totalLeft <= 0) {
            current.fail(TransportError.Kind.TIMEOUT, "The target did not answer in time; see replay.responseTimeout.");
            settle(context);
            return;
        }
        long wait = Math.min(silenceLeft, totalLeft);
        if (patience.enoughTime().compareTo(Duration.ZERO) > 0) {
            long enoughLeft = patience.enoughTime().toNanos() - (now - current.started());
            if (enoughLeft <= 0) {
                current.enough();
                settle(context);
            }
            // Past its time a stream that has not begun is looked at again and again, until it has.
            wait = Math.min(wait, Math.max(enoughLeft, TimeUnit.MILLISECONDS.toNanos(50)));
        }
        if (!current.done()) {
            timer = context.executor().schedule(() -> watchAgain(context, current), wait, TimeUnit.NANOSECONDS);
        }
    }

    private void watchAgain(ChannelHandlerContext context, Conversation current) {
        if (conversation == current && !current.done()) {
            watch(context, current);
        }
    }

    /** Sits before the decoder: bytes count as a sign of life even where no message can be made of them. */
    static final class Ear extends ChannelInboundHandlerAdapter {
        private final ReplyHandler handler;

        Ear(ReplyHandler handler) {
            this.handler = handler;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Conversation current = handler.conversation;
            if (current != null) {
                current.bytesArrived();
            }
            context.fireChannelRead(message);
        }
    }
}
