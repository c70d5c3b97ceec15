package dev.retake.proxy.upstream;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upstream as the configuration describes it.
 *
 * @param name by which routes refer to it
 * @param urls what it can be reached by, all alike; empty where another place says it
 * @param serverName asked for and verified over TLS, null for what {@code proxy.upstream.serverName} says
 * @param health how its addresses are checked, null where traffic alone shows how they are
 */
public record NamedUpstream(
        String name,
        List<URI> urls,
        @Nullable String serverName,
        @Nullable HealthSettings health) {

    /** The name of the upstream that {@code --upstream} says. */
    public static final String DEFAULT = "default";

    /** The same upstream, to be reached by other URLs. */
    public NamedUpstream withUrls(List<URI> others) {
        return new NamedUpstream(name, List.copyOf(others), serverName, health);
    }
}
