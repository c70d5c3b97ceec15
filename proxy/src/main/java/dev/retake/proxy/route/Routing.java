package dev.retake.proxy.route;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.proxy.capture.CapturePolicy;
import dev.retake.proxy.upstream.NamedUpstream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All upstreams of a sidecar and the routes to them, checked against each other.
 *
 * @param upstreams by distinct names, each with a URL or more
 * @param routes in order; the last takes whatever comes where there is a default upstream
 */
public record Routing(List<NamedUpstream> upstreams, List<Route> routes) {
    /**
     * Puts together what the command line and the configuration say.
     *
     * @param argument what {@code --upstream} names, null where it was not given
     * @param policy of routes that do not say otherwise
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} where they do not go together, {@link ErrorCode#ARGUMENT}
     *     where there is no upstream at all
     */
    public static Routing of(
            @Nullable URI argument, List<NamedUpstream> named, List<RouteEntry> entries, RoutePolicy policy) {
        List<NamedUpstream> upstreams = upstreams(argument, named);
        if (upstreams.isEmpty()) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "There is no upstream; name one with --upstream URL, or several in proxy.upstreams with proxy.routes.");
        }
        List<Route> routes = new ArrayList<>();
        for (RouteEntry entry : entries) {
            Route route = route(entry, upstreams, policy);
            for (int i = 0; i < routes.size(); i++) {
                if (routes.get(i).covers(route)) {
                    throw new RetakeException(
                            ErrorCode.CONFIGURATION,
                            entry.place() + " is never reached, since "
                                    + entries.get(i).place() + " takes all of its requests; put it before that one.");
                }
            }
            routes.add(route);
        }
        boolean withDefault = has(upstreams, NamedUpstream.DEFAULT);
        if (!withDefault && routes.isEmpty()) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "No route leads to the upstreams in proxy.upstreams; add proxy.routes, or name one of them default.");
        }
        Route last = new Route(HostPattern.ANY, PathPrefix.ANY, NamedUpstream.DEFAULT, policy);
        if (withDefault && routes.stream().noneMatch(Route::takesAll)) {
            routes.add(last);
        }
        return new Routing(List.copyOf(upstreams), List.copyOf(routes));
    }

    /** Every URL that requests may go to. */
    public List<URI> urls() {
        return upstreams.stream().flatMap(upstream -> upstream.urls().stream()).toList();
    }

    private static List<NamedUpstream> upstreams(@Nullable URI argument, List<NamedUpstream> named) {
        List<NamedUpstream> upstreams = new ArrayList<>();
        for (NamedUpstream upstream : named) {
            boolean isDefault = upstream.name().equals(NamedUpstream.DEFAULT);
            if (isDefault && argument != null && !upstream.urls().isEmpty()) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "proxy.upstreams.default has urls, and --upstream says another; give one of the two.");
            }
            if (isDefault && argument == null && upstream.urls().isEmpty()) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION, "proxy.upstreams.default has no urls; add them, or give --upstream.");
            }
            upstreams.add(isDefault && argument != null ? upstream.withUrls(List.of(argument)) : upstream);
        }
        if (argument != null && !has(upstreams, NamedUpstream.DEFAULT)) {
            upstreams.add(0, new NamedUpstream(NamedUpstream.DEFAULT, List.of(argument), null, null));
        }
        return upstreams;
    }

    private static Route route(RouteEntry entry, List<NamedUpstream> upstreams, RoutePolicy policy) {
        if (!has(upstreams, entry.upstream())) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    entry.place() + " leads to " + entry.upstream() + ", which is none of "
                            + String.join(
                                    ", ",
                                    upstreams.stream().map(NamedUpstream::name).toList())
                            + "; add it to proxy.upstreams.");
        }
        CapturePolicy rest = policy.capture();
        Long cap = entry.bodyCap();
        if (cap != null && cap > rest.bodyCap()) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    entry.place() + ".capture.bodyCap is more than proxy.capture.bodyCap, and a route can only ask for"
                            + " less; raise the latter.");
        }
        CapturePolicy capture = new CapturePolicy(
                rest.enabled() && entry.enabled(), rest.bodies() && entry.bodies(), cap == null ? rest.bodyCap() : cap);
        return new Route(
                entry.host(),
                entry.path(),
                entry.upstream(),
                new RoutePolicy(
                        entry.requestBody() == null ? policy.requestBody() : entry.requestBody(),
                        entry.responseTimeout() == null ? policy.response() : entry.responseTimeout(),
                        capture));
    }

    private static boolean has(List<NamedUpstream> upstreams, String name) {
        return upstreams.stream().anyMatch(upstream -> upstream.name().equals(name));
    }
}
