package dev.retake.proxy.upstream;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.proxy.loop.LoopTicker;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one upstream. An exchange goes to the address that has least to do on this loop,
 * of those that are healthy, and takes the connection there that was used last, so that those in surplus grow old and
 * are closed. For the loop's own thread.
 */
public final class UpstreamPool implements LoopTicker.Watch {
    private static final Endpoint[] NONE = {};
    private static final long NO_IDLE = -1;

    private final EventLoop loop;
    private final LoopTicker ticker;
    private final Connector connector;
    private final UpstreamSettings settings;
    private final Addresses addresses;
    private final AtomicInteger openOfAll;
    private final BackgroundErrors errors;
    private Endpoint[] seen = NONE;
    private EndpointPool[] pools = {};
    private int turn;
    private boolean asked;
    private boolean closed;

    /**
     * @param openOfAll counts the connections of all loops and upstreams
     */
    public UpstreamPool(
            EventLoop loop,
            LoopTicker ticker,
            Connector connector,
            UpstreamSettings settings,
            Addresses addresses,
            AtomicInteger openOfAll,
            BackgroundErrors errors) {
        this.loop = loop;
        this.ticker = ticker;
        this.connector = connector;
        this.settings = settings;
        this.addresses = addresses;
        this.openOfAll = openOfAll;
        this.errors = errors;
        ticker.add(this);
    }

    /** The upstream's name in metrics. */
    public String upstream() {
        return addresses.upstream();
    }

    /**
     * A connection that can be used at once, null where none was used within {@code idleAtMostNanos}.
     *
     * @param overHttp2 whether the exchange came over HTTP/2
     */
    public @Nullable UpstreamConnection takeIdle(boolean overHttp2, long idleAtMostNanos) {
        EndpointPool[] all = current();
        if (all.length == 1) {
            return all[0].take(overHttp2, idleAtMostNanos);
        }
        turn++;
        EndpointPool chosen = choose(List.of(), null);
        return chosen == null ? null : chosen.take(overHttp2, idleAtMostNanos);
    }

    /** Starts a new connection for {@code user}, who is told how it went after this method has returned. */
    public Connecting connect(UpstreamUser user) {
        return connect(user, null, NO_IDLE);
    }

    /**
     * Starts a new connection for {@code user}; where an address takes none, the next may also give one that was used
     * within {@code idleAtMostNanos}.
     */
    public Connecting connect(UpstreamUser user, long idleAtMostNanos) {
        return connect(user, null, idleAtMostNanos);
    }

    /** Starts a new connection, to another address than that of {@code lost} if there is one. */
    public Connecting connectElsewhere(UpstreamUser user, @Nullable UpstreamConnection lost) {
        return connect(user, lost, NO_IDLE);
    }

    private Connecting connect(UpstreamUser user, @Nullable UpstreamConnection lost, long idleAtMostNanos) {
        asked = true;
        Connecting connecting = new Connecting(this, user, lost == null ? null : lost.endpoint(), idleAtMostNanos);
        if (connectionOpens()) {
            addresses.find(loop, connecting::start);
        } else {
            loop.execute(() -> connecting.tell(ConnectFailure.LIMIT));
        }
        return connecting;
    }

    /** Whether there is another address to go to when one fails. */
    public boolean severalAddresses() {
        return current().length > 1;
    }

    /** Closes idle connections, and those that come back later. */
    public void close() {
        closed = true;
        for (EndpointPool pool : pools) {
            pool.close();
        }
    }

    @Override
    public void tick(long now) {
        for (EndpointPool pool : pools) {
            pool.expire(now);
        }
        if (asked) {
            asked = false;
            addresses.freshen();
        }
    }

    /**
     * Where the next connection should go: the one with least to do, in turn where several have. Healthy ones come first,
     * spare ones after them, then those that are to be avoided, and last {@code lost}.
     *
     * @return null where all are in {@code tried}
     */
    @Nullable
    EndpointPool choose(List<Endpoint> tried, @Nullable Endpoint lost) {
        EndpointPool[] all = current();
        long now = ticker.now();
        EndpointPool best = null;
        int bestRank = Integer.MAX_VALUE;
        for (int i = 0; i < all.length; i++) {
            EndpointPool pool = all[Math.floorMod(turn + i, all.length)];
            Endpoint endpoint = pool.endpoint();
            int rank = (endpoint == lost ? 4 : 0) + (endpoint.usable(now) ? 0 : 2) + (endpoint.spare() ? 1 : 0);
            boolean better = rank < bestRank || best != null && rank == bestRank && pool.load < best.load;
            if (better && !tried.contains(endpoint)) {
                best = pool;
                bestRank = rank;
            }
        }
        return best;
    }

    private EndpointPool[] current() {
        Endpoint[] known = addresses.known();
        if (known != seen) {
            adopt(known);
        }
        return pools;
    }

    /** The upstream's addresses have changed. */
    private void adopt(Endpoint[] known) {
        EndpointPool[] before = pools;
        EndpointPool[] after = new EndpointPool[known.length];
        for (int i = 0; i < known.length; i++) {
            for (EndpointPool pool : before) {
                if (pool.endpoint() == known[i]) {
                    after[i] = pool;
                }
            }
            if (after[i] == null) {
                after[i] = new EndpointPool(this, known[i]);
            }
        }
        seen = known;
        pools = after;
        for (EndpointPool pool : before) {
            if (!List.of(known).contains(pool.endpoint())) {
                pool.close();
            }
        }
        if (closed) {
            close();
        }
    }

    EventLoop loop() {
        return loop;
    }

    UpstreamSettings settings() {
        return settings;
    }

    long now() {
        return ticker.now();
    }

    Connector connector() {
        return connector;
    }

    /** Counts a connection that is to be opened; false where there are as many as may be. */
    boolean connectionOpens() {
        if (openOfAll.incrementAndGet() > settings.connections()) {
            openOfAll.decrementAndGet();
            return false;
        }
        return true;
    }

    /** One that was counted is closed, or did not come about. */
    void connectionClosed() {
        openOfAll.decrementAndGet();
    }

    void report(Throwable failure) {
        errors.report("upstream", failure);
    }
}
