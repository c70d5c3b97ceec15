package dev.retake.proxy.forward;

import dev.retake.proxy.http1.Head;
import dev.retake.proxy.route.Route;
import dev.retake.proxy.route.RouteTable;
import dev.retake.proxy.upstream.UpstreamPool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells for one event loop where a request goes. Without routes it is always the same, and nothing is looked at. */
public final class Destinations {
    private final @Nullable RouteTable table;
    private final Destination[] ofRoutes;
    private final Map<String, UpstreamPool> pools;
    private final @Nullable Destination rest;

    /**
     * @param routes in order
     * @param pools the connections of this loop by the names of their upstreams
     */
    public Destinations(List<Route> routes, Map<String, UpstreamPool> pools) {
        this.pools = pools;
        ofRoutes = routes.stream()
                .map(route -> new Destination(Objects.requireNonNull(pools.get(route.upstream())), route.policy()))
                .toArray(Destination[]::new);
        boolean last = routes.get(routes.size() - 1).takesAll();
        rest = last ? ofRoutes[ofRoutes.length - 1] : null;
        table = last && ofRoutes.length == 1 ? null : new RouteTable(routes);
    }

    /** Position of the request's route, as {@link RouteTable#find} gives it. */
    int find(Head head) {
        return table == null ? 0 : table.find(head);
    }

    Destination ofRoute(int position) {
        return ofRoutes[position];
    }

    /** Where goes what cannot be read, null where no route takes all. */
    @Nullable
    Destination rest() {
        return rest;
    }

    void close() {
        pools.values().forEach(UpstreamPool::close);
    }
}
