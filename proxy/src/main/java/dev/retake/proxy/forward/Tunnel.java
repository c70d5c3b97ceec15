package dev.retake.proxy.forward;

import dev.retake.common.exchange.Outcome;
import dev.retake.proxy.capture.Tap;
import dev.retake.proxy.upstream.ConnectFailure;
import dev.retake.proxy.upstream.Connecting;
import dev.retake.proxy.upstream.UpstreamConnection;
import dev.retake.proxy.upstream.UpstreamUser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes both ways unread: after an upgrade (RFC 9110 §7.8), and, when the proxy observes, after a message that it
 * would have refused. Each end closes its direction alone; the connection ends when both have, or fails at once.
 *
 * <p>Where messages are captured, its tap sees what passes, and the exchange that opened the tunnel ends with it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the pipeline is told of failed writes and closes
final class Tunnel implements UpstreamUser {
    private final ClientConnection client;
    private final @Nullable Tap tap;
    private @Nullable UpstreamConnection upstream;
    private @Nullable Connecting connecting;
    private @Nullable Destination to;
    private @Nullable ByteBuf waiting;
    private boolean clientEnded;
    private boolean upstreamEnded;
    private long lastProgress;

    /** A tunnel; {@code tap} is null where nothing of it is captured. */
    Tunnel(ClientConnection client, @Nullable Tap tap) {
        this.client = client;
        this.tap = tap;
        progress();
    }

    /** Takes an upstream connection of its own. */
    void connect(Destination destination) {
        to = destination;
        connecting = destination.pool().connect(this);
        client.updateReading();
    }

    /** Goes on with a connection whose exchange became this tunnel. */
    void join(UpstreamConnection connection) {
        upstream = connection;
        connection.use(this);
        connection.allowHalfClosure();
        connection.setReading(client.writable());
    }

    void fromClient(ByteBuf bytes) {
        progress();
        if (tap != null) {
            tap.passed(false, bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        if (upstream != null) {
            upstream.write(bytes);
        } else if (connecting == null && upstreamEnded) {
            bytes.release();
        } else if (waiting == null) {
            waiting = bytes;
        } else {
            waiting = Unpooled.wrappedBuffer(waiting, bytes);
        }
        client.updateReading();
    }

    void flushUpstream() {
        if (upstream != null) {
            upstream.flush();
        }
    }

    boolean takesFromClient() {
        return upstream != null && upstream.writable();
    }

    void clientWritabilityChanged() {
        if (upstream != null) {
            upstream.setReading(client.writable());
        }
    }

    void clientInputEnded() {
        clientEnded = true;
        if (upstream == null) {
            client.closeNow();
        } else if (upstreamEnded) {
            upstream.closeAfterWrites();
            client.finish(false);
        } else {
            upstream.shutdownOutput();
        }
    }

    void clientClosed() {
        if (tap != null) {
            tap.end(Outcome.UPGRADED);
        }
        if (connecting != null) {
            connecting.cancel();
        }
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        if (upstream != null) {
            upstream.closeAfterWrites();
            upstream = null;
        }
    }

    void tick(long now) {
        if (now - lastProgress > client.loop.settings.timeouts().stream().toNanos()) {
            client.closeNow();
        }
    }

    @Override
    public boolean overHttp2() {
        return false;
    }

    @Override
    public void connected(UpstreamConnection connection) {
        connecting = null;
        join(connection);
        if (waiting != null) {
            connection.write(waiting);
            waiting = null;
        }
        connection.flush();
        client.updateReading();
    }

    @Override
    public void connectFailed(ConnectFailure failure) {
        connecting = null;
        client.loop.meters.upstreamFailed(Objects.requireNonNull(to).pool().upstream(), failure.kind());
        client.refuse(failure.status(), failure.reason(), false);
    }

    /** As {@link #received}, where a head stands before what is tunnelled from {@code tunnelledAt} on. */
    void receivedWithHead(ByteBuf bytes, int tunnelledAt) {
        if (tap != null) {
            tap.passed(true, bytes, tunnelledAt, bytes.writerIndex() - tunnelledAt);
        }
        pass(bytes);
    }

    @Override
    public void received(ByteBuf bytes) {
        if (tap != null) {
            tap.passed(true, bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        pass(bytes);
    }

    private void pass(ByteBuf bytes) {
        progress();
        client.write(bytes);
        if (!client.writable() && upstream != null) {
            upstream.setReading(false);
        }
    }

    @Override
    public void receivedAll() {
        client.flush();
    }

    @Override
    public void inputEnded() {
        upstreamEnded = true;
        if (clientEnded) {
            if (upstream != null) {
                upstream.closeAfterWrites();
            }
            client.finish(false);
        } else {
            client.endOutput(() -> {});
        }
    }

    @Override
    public void closed(boolean failed) {
        upstream = null;
        upstreamEnded = true;
        client.cut(failed);
    }

    @Override
    public void writabilityChanged() {
        client.updateReading();
    }

    private void progress() {
        lastProgress = client.loop.ticker.now();
    }
}
