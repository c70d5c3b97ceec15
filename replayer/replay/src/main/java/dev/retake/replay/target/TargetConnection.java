package dev.retake.replay.target;

import dev.retake.common.coding.ContentDecoder;
import dev.retake.common.exchange.Request;
import dev.retake.verdict.TransportError;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection to the target, kept alive between requests as far as the target keeps it. Blocking; for one
 * thread at a time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a write or a close; the conversation tells how it went
public final class TargetConnection implements AutoCloseable {
    /** Methods whose effect is the same when the request arrives twice (RFC 9110 §9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** A connection idle for longer may be closed by now, and what cannot be sent twice gets a new one. */
    private static final long STALE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final TargetClient client;
    private final ContentDecoder decoder;
    private @Nullable Channel channel;
    private long lastUsed;

    TargetConnection(TargetClient client, ContentDecoder decoder) {
        this.client = client;
        this.decoder = decoder;
    }

    /**
     * Sends {@code request} as it is and waits for the answer.
     *
     * <p>A request that met a kept connection just as the target closed it is sent once more on a new one, where it is
     * idempotent and no byte of an answer came (RFC 9110 §9.2.2).
     *
     * @throws InterruptedException when the thread is interrupted; the connection is then closed
     */
    public Reply send(Request request, Patience patience) throws InterruptedException {
        boolean idempotent = IDEMPOTENT.contains(request.method());
        Channel kept = channel;
        if (kept != null && (idempotent || System.nanoTime() - lastUsed < STALE_AFTER_NANOS) && kept.isActive()) {
            Conversation first = converse(kept, request, patience);
            Reply reply = await(first);
            if (!idempotent || first.heard() || !wasStale(reply)) {
                return reply;
            }
        }
        Reply.Failed failure = open();
        Channel fresh = channel;
        return failure != null || fresh == null
                ? Objects.requireNonNull(failure)
                : await(converse(fresh, request, patience));
    }

    /** Opens the connection, TLS included, without a request; null where that works. */
    public @Nullable TransportError probe() throws InterruptedException {
        Reply.Failed failure = open();
        return failure == null ? null : failure.error();
    }

    /** Puts a new connection in the place of the one that is kept; null where that works. */
    private Reply.@Nullable Failed open() throws InterruptedException {
        close();
        ChannelFuture connecting = client.connect();
        if (!connecting.isSuccess()) {
            return notConnected(connecting.cause());
        }
        channel = connecting.channel();
        SslHandler tls = connecting.channel().pipeline().get(SslHandler.class);
        if (tls != null) {
            Future<Channel> handshake = tls.handshakeFuture();
            handshake.await();
            if (!handshake.isSuccess()) {
                close();
                return failed(
                        TransportError.Kind.TLS,
                        "No TLS session came about with the target; check its certificate and replay.tls.");
            }
        }
        return null;
    }

    private Conversation converse(Channel on, Request request, Patience patience) {
        Conversation conversation =
                new Conversation(decoder, patience, client.limits().maxBody());
        on.eventLoop().execute(() -> {
            ReplyHandler handler = ReplyHandler.of(on);
            if (!on.isActive()) {
                handler.failAsClosed(conversation);
                return;
            }
            on.pipeline().get(ReplyDecoder.class).expect(request.method());
            handler.begin(on.pipeline().context(handler), conversation);
            on.writeAndFlush(RequestBytes.of(request, on.alloc())).addListener(written -> {
                if (written.isSuccess()) {
                    conversation.sent();
                } else {
                    handler.unwritten(written.cause());
                }
            });
        });
        return conversation;
    }

    private Reply await(Conversation conversation) throws InterruptedException {
        boolean whole = false;
        try {
            Reply reply = conversation.reply().get();
            whole = true;
            lastUsed = System.nanoTime();
            return reply;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a conversation ends with a reply", e);
        } finally {
            if (!whole || !conversation.reusable()) {
                close();
            }
        }
    }

    private static boolean wasStale(Reply reply) {
        return reply instanceof Reply.Failed failed
                && (failed.error().kind() == TransportError.Kind.CLOSED_EARLY
                        || failed.error().kind() == TransportError.Kind.RESET);
    }

    private static Reply.Failed notConnected(@Nullable Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return failed(
                    TransportError.Kind.TIMEOUT, "The target took no connection in time; see replay.connectTimeout.");
        }
        return cause instanceof SocketException && !(cause instanceof ConnectException)
                ? failed(TransportError.Kind.RESET, "The target reset the connection.")
                : failed(TransportError.Kind.REFUSED, "The target took no connection.");
    }

    private static Reply.Failed failed(TransportError.Kind kind, String sentence) {
        return new Reply.Failed(new TransportError(kind, sentence), 0);
    }

    @Override
    public void close() {
        Channel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
