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
    private @Nullable CarrierProtocol wanted;
    private @Nullable EndpointPool target;
    private boolean leading;

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
        UpstreamUser asking = user;
        if (asking == null) {
            pool.connectionClosed();
            return;
        }
        Endpoint endpoint = to.endpoint();
        tried.add(endpoint);
        target = to;
        wanted = to.protocol(asking.overHttp2());
        if (wanted != null && to.carriers().await(this)) {
            pool.connectionClosed();
            return;
        }
        leading = wanted != null;
        to.load++;
        endpoint.connecting(pool.now(), 2 * pool.settings().connectTimeout().toNanos());
        to.connecting(leading).connect(endpoint.address()).addListener((ChannelFuture future) -> {
            if (!future.isSuccess()) {
                to.load--;
                boolean timeout = future.cause() instanceof ConnectTimeoutException;
                failed(endpoint, timeout ? ConnectFailure.TIMED_OUT : ConnectFailure.UNREACHABLE);
                return;
            }
            Channel channel = future.channel();
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls == null) {
                connected(to, channel, null);
            } else {
                tls.handshakeFuture().addListener(handshake -> {
                    if (handshake.isSuccess()) {
                        connected(to, channel, tls.applicationProtocol());
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
            stopLeading(ConnectFailure.TLS);
            tell(ConnectFailure.TLS);
        }
    }

    private void failed(Endpoint endpoint, ConnectFailure failure) {
        endpoint.connectFailed(pool.now());
        stopLeading(failure);
        goOn(failure);
    }

    private void stopLeading(ConnectFailure failure) {
        EndpointPool led = target;
        if (leading && led != null) {
            leading = false;
            led.carriers().failed(failure);
        }
    }

    /** The connection that it waited for did not come about; the next counts anew. */
    void failedElsewhere(ConnectFailure failure) {
        if (pool.connectionOpens()) {
            goOn(failure);
        } else {
            tell(failure);
        }
    }

    private void goOn(ConnectFailure failure) {
        EndpointPool next = pool.choose(tried, lost);
        if (next == null) {
            fail(failure);
            return;
        }
        UpstreamUser waiting = user;
        UpstreamConnection idle =
                waiting == null || idleAtMostNanos < 0 ? null : next.take(waiting.overHttp2(), idleAtMostNanos);
        if (waiting == null || idle == null) {
            connect(next);
        } else {
            pool.connectionClosed();
            idle.use(waiting);
            waiting.connected(idle);
        }
    }

    /** @param agreed what TLS agreed on, null where there is none or it agreed on nothing */
    private void connected(EndpointPool to, Channel channel, @Nullable String agreed) {
        to.load--;
        to.endpoint().connected();
        CarrierProtocol protocol = wanted;
        boolean tls = channel.pipeline().get(SslHandler.class) != null;
        if (protocol != null && (!tls || protocol.name().equals(agreed))) {
            channel.pipeline().remove(UpstreamConnection.class);
            CarrierStart start = new CarrierStart(pool, to, this, channel);
            protocol.begin(channel, start);
            start.awaitReady();
        } else if (protocol != null && protocol.always()) {
            channel.close();
            carrierFailed(ConnectFailure.HTTP2);
        } else {
            UpstreamConnection connection = channel.pipeline().get(UpstreamConnection.class);
            if (user == null) {
                connection.release(Long.MAX_VALUE);
            } else {
                give(connection);
            }
            if (leading) {
                leading = false;
                to.carriers().refuse();
            }
        }
    }

    /** The connection that it opened can carry exchanges. */
    void carried(EndpointPool to) {
        leading = false;
        UpstreamConnection connection = user == null ? null : to.carriers().take(to);
        if (connection != null) {
            give(connection);
        } else {
            tell(ConnectFailure.HTTP2);
        }
    }

    /** The connection that it opened cannot; it was counted, and is counted as closed on its own. */
    void carrierFailed(ConnectFailure failure) {
        stopLeading(failure);
        tell(failure);
    }

    /** What it waited for is there, or the address speaks HTTP/1.1 alone. */
    void again() {
        EndpointPool to = target;
        if (user == null || to == null) {
            return;
        }
        UpstreamConnection connection = to.carriers().take(to);
        if (connection != null) {
            give(connection);
        } else if (pool.connectionOpens()) {
            connect(to);
        } else {
            tell(ConnectFailure.LIMIT);
        }
    }

    private void give(UpstreamConnection connection) {
        UpstreamUser taker = user;
        if (taker != null) {
            connection.use(taker);
            taker.connected(connection);
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
