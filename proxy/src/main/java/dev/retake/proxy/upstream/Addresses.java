package dev.retake.proxy.upstream;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The addresses of the upstream's name, looked up on a thread of its own, since the system's resolver blocks. What was
 * found is used at once and looked up anew behind the scenes when it is old. Thread-safe.
 */
public final class Addresses implements AutoCloseable {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Found(List<? extends SocketAddress> addresses, long at) {}

    private final String host;
    private final int port;
    private final boolean literal;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("retake-resolver", true));
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile Found found = new Found(List.of(), 0);

    public Addresses(Origin origin) {
        host = origin.host();
        port = origin.port();
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        Path socket = origin.socket();
        literal = bytes != null || socket != null;
        if (socket != null) {
            found = new Found(List.of(new DomainSocketAddress(socket.toString())), 0);
        } else if (bytes != null) {
            found = new Found(List.of(new InetSocketAddress(literalAddress(bytes), port)), 0);
        }
    }

    /** Tells {@code answer} the addresses in order of preference, none where the name does not resolve. */
    void find(Executor loop, Consumer<List<? extends SocketAddress>> answer) {
        Found known = found;
        if (known.addresses.isEmpty()) {
            thread.execute(() -> {
                List<? extends SocketAddress> fresh = refresh();
                loop.execute(() -> answer.accept(fresh));
            });
            return;
        }
        answer.accept(known.addresses);
        if (!literal && System.nanoTime() - known.at > FRESH_NANOS && refreshing.compareAndSet(false, true)) {
            thread.execute(() -> {
                refresh();
                refreshing.set(false);
            });
        }
    }

    private List<? extends SocketAddress> refresh() {
        try {
            List<InetSocketAddress> fresh = Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
            found = new Found(fresh, System.nanoTime());
        } catch (UnknownHostException e) {
            // A name server that is down for a moment must not take away addresses that worked.
            found = new Found(found.addresses, System.nanoTime());
        }
        return found.addresses;
    }

    private static InetAddress literalAddress(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
