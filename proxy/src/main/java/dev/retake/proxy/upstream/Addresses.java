package dev.retake.proxy.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The addresses of one upstream: of each of its URLs those that its host has. Names are looked up on a thread of its own,
 * since the system's resolver blocks; what was found is used at once and looked up anew behind the scenes when it is old.
 * Of a name with addresses of both families, those of the family that comes second are spare, since they may well be of
 * something else ({@code localhost}). Thread-safe.
 */
public final class Addresses implements AutoCloseable {
    /** Looks a name up, and blocks meanwhile. */
    interface Resolver {
        /** One address or more, in order of preference. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Endpoint[] NONE = {};

    private final String upstream;
    private final List<Origin> origins;
    private final UpstreamMeters meters;
    private final Resolver resolver;
    private final boolean literal;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("retake-resolver", true));
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile Endpoint[] known = NONE;
    private volatile long knownAt;

    /** @param upstream its name in metrics */
    public Addresses(String upstream, List<Origin> origins, MeterRegistry registry) {
        this(upstream, origins, registry, InetAddress::getAllByName);
    }

    Addresses(String upstream, List<Origin> origins, MeterRegistry registry, Resolver resolver) {
        this.upstream = upstream;
        this.resolver = resolver;
        this.origins = List.copyOf(origins);
        this.meters = new UpstreamMeters(upstream, registry);
        this.literal = origins.stream().allMatch(Addresses::isLiteral);
        if (literal) {
            refresh();
        }
    }

    /** Its name in metrics. */
    String upstream() {
        return upstream;
    }

    /** What is known now, empty where nothing is; not to be written to. The same array until something changes. */
    public Endpoint[] known() {
        return known;
    }

    /** Runs {@code then}, at once where addresses are known, else on {@code loop} after they were looked for. */
    void find(Executor loop, Runnable then) {
        if (known.length > 0) {
            then.run();
            freshen();
            return;
        }
        thread.execute(() -> {
            refresh();
            loop.execute(then);
        });
    }

    /** Has names looked up behind the scenes where that was long ago. */
    public void freshen() {
        boolean old = known.length == 0 || System.nanoTime() - knownAt > FRESH_NANOS;
        if (!literal && old && refreshing.compareAndSet(false, true)) {
            thread.execute(() -> {
                refresh();
                refreshing.set(false);
            });
        }
    }

    /** Looks names up now. */
    void refresh() {
        Endpoint[] before = known;
        List<Endpoint> fresh = new ArrayList<>();
        for (Origin origin : origins) {
            try {
                lookUp(origin, before, fresh);
            } catch (UnknownHostException e) {
                // A name server that is down for a moment must not take away addresses that worked.
                for (Endpoint endpoint : before) {
                    if (endpoint.origin().equals(origin)) {
                        fresh.add(endpoint);
                    }
                }
            }
        }
        knownAt = System.nanoTime();
        if (!fresh.equals(List.of(before))) {
            known = fresh.toArray(NONE);
            meters.endpoints(known);
        }
    }

    private void lookUp(Origin origin, Endpoint[] before, List<Endpoint> into) throws UnknownHostException {
        if (origin.socket() != null) {
            into.add(endpoint(origin, new DomainSocketAddress(origin.socket().toString()), false, before));
            return;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(origin.host());
        InetAddress[] found =
                bytes == null ? resolver.resolve(origin.host()) : new InetAddress[] {InetAddress.getByAddress(bytes)};
        for (InetAddress address : found) {
            boolean spare = address.getClass() != found[0].getClass();
            into.add(endpoint(origin, new InetSocketAddress(address, origin.port()), spare, before));
        }
    }

    /** The one that is known, with what is known of its health, or a new one. */
    private Endpoint endpoint(Origin origin, SocketAddress address, boolean spare, Endpoint[] before) {
        for (Endpoint endpoint : before) {
            boolean same =
                    endpoint.origin().equals(origin) && endpoint.address().equals(address);
            if (same && endpoint.spare() == spare) {
                return endpoint;
            }
        }
        return new Endpoint(origin, address, spare, meters);
    }

    private static boolean isLiteral(Origin origin) {
        return origin.socket() != null || NetUtil.createByteArrayFromIpAddressString(origin.host()) != null;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
