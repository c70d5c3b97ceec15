package dev.retake.proxy.route;

/**
 * Requests of some hosts and paths, and where they go.
 *
 * @param host which hosts
 * @param path which paths
 * @param upstream name of the upstream
 * @param policy what holds for them
 */
public record Route(HostPattern host, PathPrefix path, String upstream, RoutePolicy policy) {
    /** Whether it takes whatever comes. */
    public boolean takesAll() {
        return host.isAny() && path.isAny();
    }

    /** Whether every request that {@code other} takes is one of this route. */
    boolean covers(Route other) {
        return host.covers(other.host) && path.covers(other.path);
    }
}
