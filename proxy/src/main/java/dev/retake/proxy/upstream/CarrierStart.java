package dev.retake.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits until a new carrier is ready, for as long as connecting may take, and keeps account of it from then on. */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed closes
final class CarrierStart implements CarrierProtocol.Watcher {
    private final UpstreamPool pool;
    private final EndpointPool to;
    private final Connecting connecting;
    private final Channel channel;
    private @Nullable Future<?> timeout;
    private boolean ready;
    private boolean late;

    CarrierStart(UpstreamPool pool, EndpointPool to, Connecting connecting, Channel channel) {
        this.pool = pool;
        this.to = to;
        this.connecting = connecting;
        this.channel = channel;
    }

    void awaitReady() {
        timeout = pool.loop()
                .schedule(
                        () -> {
                            late = true;
                            channel.close();
                        },
                        pool.settings().connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void ready(Carrier carrier) {
        ready = true;
        cancelTimeout();
        to.carriers().opened(carrier, () -> connecting.carried(to));
    }

    @Override
    public void closed(Carrier carrier) {
        cancelTimeout();
        pool.connectionClosed();
        to.carriers().closed(carrier);
        if (!ready) {
            connecting.carrierFailed(late ? ConnectFailure.TIMED_OUT : ConnectFailure.HTTP2);
        }
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }
}
