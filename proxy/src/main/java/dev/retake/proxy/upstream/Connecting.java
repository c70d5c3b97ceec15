package dev.retake.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt to get a new connection: each address of the upstream in turn, then TLS where the origin has it. */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
public final class Connecting {
    private final UpstreamPool pool;
    private @Nullable UpstreamUser user;
    private List<? extends SocketAddress> addresses = List.of();
    private int next;

    Connecting(UpstreamPool pool, UpstreamUser user) {
        this.pool = pool;
        this.user = user;
    }

    /** The user is gone: a connection that still comes about is kept for others. */
    public void cancel() {
        user = null;
    }

    void start(List<? extends SocketAddress> found) {
        addresses = found;
        if (found.isEmpty()) {
            fail(ConnectFailure.UNRESOLVED);
        } else {
            tryNext();
        }
    }

    private void tryNext() {
        if (user == null) {
            pool.connectEnded();
            return;
        }
        pool.bootstrap().connect(addresses.get(next++)).addListener((ChannelFuture future) -> {
            if (!future.isSuccess()) {
                failed(future.cause() instanceof ConnectTimeoutException);
                return;
            }
            Channel channel = future.channel();
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls == null) {
                connected(channel);
            } else {
                tls.handshakeFuture().addListener(handshake -> {
                    if (handshake.isSuccess()) {
                        connected(channel);
                    } else {
                        channel.close();
                        tell(ConnectFailure.TLS);
                    }
                });
            }
        });
    }

    private void failed(boolean timeout) {
        if (next < addresses.size()) {
            tryNext();
        } else {
            fail(timeout ? ConnectFailure.TIMED_OUT : ConnectFailure.UNREACHABLE);
        }
    }

    private void connected(Channel channel) {
        UpstreamConnection connection = pool.opened(channel);
        if (user == null) {
            connection.release(Long.MAX_VALUE);
        } else {
            connection.use(user);
            user.connected(connection);
        }
    }

    private void fail(ConnectFailure failure) {
        pool.connectEnded();
        tell(failure);
    }

    /** Tells the user, if it is still there. */
    void tell(ConnectFailure failure) {
        if (user != null) {
            user.connectFailed(failure);
        }
    }
}
