package dev.retake.proxy.forward;

import dev.retake.proxy.capture.CapturePolicy;
import dev.retake.proxy.route.RoutePolicy;
import dev.retake.proxy.upstream.UpstreamPool;

/**
 * Where the requests of a route go from one event loop.
 *
 * @param pool the connections there
 * @param policy what holds for the exchanges
 */
public record Destination(UpstreamPool pool, RoutePolicy policy) {
    /** The same for a request that only may be of the route: nothing of it is captured. */
    Destination unsure() {
        CapturePolicy nothing = new CapturePolicy(false, false, policy.capture().bodyCap());
        return new Destination(pool, new RoutePolicy(policy.requestBody(), policy.response(), nothing));
    }
}
