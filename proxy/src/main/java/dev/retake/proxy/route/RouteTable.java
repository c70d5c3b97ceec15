package dev.retake.proxy.route;

import dev.retake.proxy.http1.Head;
import java.util.List;

/**
 * Finds the route of a request: the first that takes its host and path. Where servers could read the request differently,
 * and the routes that it might be of lead elsewhere or have another policy, there is none: the request is ambiguous. A
 * decision allocates nothing, unless both a route and a request name an IPv6 address. One for each event loop.
 */
public final class RouteTable {
    /** No route takes the request. */
    public static final int NONE = -1;

    private final Route[] routes;
    private final int[] outcomes;
    private final boolean byHost;
    private final boolean byPath;
    private final HostReading host = new HostReading();
    private final PathReading path = new PathReading();
    private final PathBytes decoder = new PathBytes();

    public RouteTable(List<Route> routes) {
        this.routes = routes.toArray(Route[]::new);
        this.outcomes = new int[this.routes.length];
        for (int i = 0; i < outcomes.length; i++) {
            int first = 0;
            while (!sameOutcome(this.routes[first], this.routes[i])) {
                first++;
            }
            outcomes[i] = first;
        }
        byHost = routes.stream().anyMatch(route -> !route.host().isAny());
        byPath = routes.stream().anyMatch(route -> !route.path().isAny());
    }

    /** Position of the route of {@code head}, {@link #NONE}, or less where that is ambiguous. */
    public int find(Head head) {
        if (byHost) {
            host.read(head);
        }
        int from = head.pathStart();
        if (byPath) {
            path.read(head.bytes(), from, head.pathEnd());
        }
        int maybe = NONE;
        for (int i = 0; i < routes.length; i++) {
            Match match = match(routes[i], head.bytes(), from);
            if (match == Match.NO) {
                continue;
            }
            if (maybe != NONE && outcomes[i] != outcomes[maybe]) {
                return ambiguous(maybe);
            }
            maybe = maybe == NONE ? i : maybe;
            if (match == Match.YES) {
                return maybe;
            }
        }
        return maybe == NONE ? NONE : ambiguous(maybe);
    }

    /** The first of the routes that an ambiguous request might be of. */
    public static int candidate(int ambiguous) {
        return -2 - ambiguous;
    }

    private static int ambiguous(int candidate) {
        return -2 - candidate;
    }

    private Match match(Route route, byte[] bytes, int pathFrom) {
        Match ofHost = route.host().match(host);
        Match ofPath = ofHost == Match.NO ? Match.NO : route.path().match(bytes, pathFrom, path, decoder);
        return ofPath == Match.YES ? ofHost : ofPath;
    }

    private static boolean sameOutcome(Route a, Route b) {
        return a.upstream().equals(b.upstream()) && a.policy().equals(b.policy());
    }
}
