package dev.retake.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a new connection, TLS included where the origin has it: from one address to the next while they fail,
 * since nothing of the request has been sent yet.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
public final class Connecting {
    private final UpstreamPool pool;
    private final @Nullable Endpoint lost;
    private final long idleAtMostNanos;
    private final List<Endpoint> tried = new ArrayList<>(1);
    private @Nullable UpstreamUser user;

    /**
     * @param lost the last to be tried, null for none
     * @param idleAtMostNanos how long ago a connection may have been used that is taken after a failure, negative for none
     */
    Connecting(UpstreamPool pool, UpstreamUser user, @Nullable Endpoint lost, long idleAtMostNanos) {
        this.pool = pool;
        this.user = user;
        this.lost = lost;
        this.idleAtMostNanos = idleAtMostNanos;
    }

    /** The user is gone: a connection that still comes about is kept for others. */
    public void cancel() {
        user = null;
    }

    /** The addresses were looked for. */
    void start() {
        EndpointPool first = pool.choose(tried, lost);
        if (first == null) {
            fail(ConnectFailure.UNRESOLVED);
        } else {
            connect(first);
        }
    }

    private void connect(EndpointPool to) {
        if (user == null) {
            pool.connectionClosed();
            return;
        }
        Endpoint endpoint = to.endpoint();
        tried.add(endpoint);
        to.load++;
        endpoint.connecting(pool.now(), 2 * pool.settings().connectTimeout().toNanos());
        to.bootstrap().connect(endpoint.address()).addListener((ChannelFuture future) -> {
            if (!future.isSuccess()) {
                to.load--;
                boolean timeout = future.cause() instanceof ConnectTimeoutException;
                failed(endpoint, timeout ? ConnectFailure.TIMED_OUT : ConnectFailure.UNREACHABLE);
                return;
            }
            Channel channel = future.channel();
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls == null) {
                connected(to, channel);
            } else {
                tls.handshakeFuture().addListener(handshake -> {
                    if (handshake.isSuccess()) {
                        connected(to, channel);
                    } else {
                        to.load--;
                        channel.close().addListener(closed -> handshakeFailed(endpoint));
                    }
                });
            }
        });
    }

    /** That connection is counted as closed on its own; the next counts anew. */
    private void handshakeFailed(Endpoint endpoint) {
        if (pool.connectionOpens()) {
            failed(endpoint, ConnectFailure.TLS);
        } else {
            endpoint.connectFailed(pool.now());
            tell(ConnectFailure.TLS);
        }
    }

    private void failed(Endpoint endpoint, ConnectFailure failure) {
        endpoint.connectFailed(pool.now());
        EndpointPool next = pool.choose(tried, lost);
        if (next == null) {
            fail(failure);
            return;
        }
        UpstreamUser waiting = user;
        UpstreamConnection idle = waiting == null || idleAtMostNanos < 0 ? null : next.takeIdle(idleAtMostNanos);
        if (waiting == null || idle == null) {
            connect(next);
        } else {
            pool.connectionClosed();
            idle.use(waiting);
            waiting.connected(idle);
        }
    }

    private void connected(EndpointPool to, Channel channel) {
        to.load--;
        to.endpoint().connected();
        UpstreamConnection connection = channel.pipeline().get(UpstreamConnection.class);
        if (user == null) {
            connection.release(Long.MAX_VALUE);
        } else {
            connection.use(user);
            user.connected(connection);
        }
    }

    private void fail(ConnectFailure failure) {
        pool.connectionClosed();
        tell(failure);
    }

    /** Tells the user, if it is still there. */
    void tell(ConnectFailure failure) {
        if (user != null) {
            user.connectFailed(failure);
        }
    }
}
