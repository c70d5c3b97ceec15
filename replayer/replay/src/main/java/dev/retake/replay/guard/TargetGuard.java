package dev.retake.replay.guard;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.replay.target.PinnedTarget;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where requests may go: to loopback and to what was allowed by name, never to production.
 *
 * <p>Production is what the configuration says and every upstream that was recorded, loopback excepted; all ports of such
 * a host are. A host that is only reached by address counts by the addresses that its production names resolve to.
 */
public final class TargetGuard {
    private final List<HostPattern> allowed = new ArrayList<>();
    private final List<HostPattern> production = new ArrayList<>();
    private final Resolver resolver;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * @param allowed {@code HOST}, {@code HOST:PORT} or {@code *.DOMAIN}
     * @param production likewise
     * @param upstreams base URLs or authorities that were recorded
     */
    public TargetGuard(
            Collection<String> allowed,
            Collection<String> production,
            Collection<String> upstreams,
            Resolver resolver) {
        this.resolver = resolver;
        allowed.forEach(text -> this.allowed.add(HostPattern.parse(text, "The list of allowed targets")));
        production.forEach(text -> this.production.add(HostPattern.parse(text, "replay.productionHosts")));
        for (String upstream : upstreams) {
            String host = hostOf(upstream);
            if (host != null && !isLoopbackName(host)) {
                this.production.add(HostPattern.parse(host.indexOf(':') >= 0 ? "[" + host + "]" : host, "The journal"));
            }
        }
    }

    /**
     * Lets {@code target} pass, and pins it to the addresses that its name has now.
     *
     * @throws RetakeException {@link ErrorCode#ARGUMENT} where it is no http(s) URL, {@link ErrorCode#UNREACHABLE} where it
     *     is allowed and its name does not resolve, {@link ErrorCode#FORBIDDEN_TARGET} where it must not be replayed against
     */
    public PinnedTarget admit(URI target) {
        boolean web = "http".equalsIgnoreCase(target.getScheme()) || "https".equalsIgnoreCase(target.getScheme());
        if (!web || target.getHost() == null || target.getRawQuery() != null || target.getRawFragment() != null) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "'" + target + "' is no target; write http://HOST[:PORT][/PATH] or https://...");
        }
        String host = PinnedTarget.bare(target.getHost());
        int port = PinnedTarget.portOf(target);
        boolean named = production.stream().anyMatch(pattern -> pattern.matchesHost(host));
        if (named) {
            throw forbidden(host + " is production");
        }
        boolean permitted = allowed.stream().anyMatch(pattern -> pattern.matches(host, port));
        InetAddress[] addresses = resolve(host, permitted);
        boolean loopback = Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress);
        if (!loopback && isProductionAddress(host, addresses)) {
            throw forbidden(host + " is an address of production");
        }
        if (!loopback && !permitted) {
            throw notAllowed(host);
        }
        return PinnedTarget.of(target, addresses);
    }

    /** Names may share a load balancer with production, so only a target that is an address itself is held to this. */
    private boolean isProductionAddress(String host, InetAddress[] addresses) {
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        if (!literal) {
            return false;
        }
        for (HostPattern pattern : production) {
            if (!pattern.anyBelow() && resolvesToAny(pattern.host(), addresses)) {
                return true;
            }
        }
        return false;
    }

    private boolean resolvesToAny(String name, InetAddress[] addresses) {
        try {
            return !Collections.disjoint(Arrays.asList(resolver.resolve(name)), Arrays.asList(addresses));
        } catch (UnknownHostException e) {
            return false; // a name that cannot be found here cannot be hit by its address either
        }
    }

    private InetAddress[] resolve(String host, boolean permitted) {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            if (!permitted) {
                throw notAllowed(host); // whatever it is: it is not known to be loopback
            }
            throw new RetakeException(
                    ErrorCode.UNREACHABLE, "The target's name " + host + " does not resolve; check --target.", e);
        }
    }

    private static RetakeException notAllowed(String host) {
        return new RetakeException(
                ErrorCode.FORBIDDEN_TARGET,
                host + " is not allowed as a target; if it is a test environment, pass --allow-target " + host + ".");
    }

    private static RetakeException forbidden(String why) {
        return new RetakeException(
                ErrorCode.FORBIDDEN_TARGET,
                why + ", and is never replayed against; pass a test environment as --target.");
    }

    private static boolean isLoopbackName(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1");
    }

    /** The host of a URL or an authority, null where it is neither. */
    static @Nullable String hostOf(String upstream) {
        try {
            URI uri = new URI(upstream.contains("://") ? upstream : "http://" + upstream);
            return uri.getHost() == null ? null : PinnedTarget.bare(uri.getHost());
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
