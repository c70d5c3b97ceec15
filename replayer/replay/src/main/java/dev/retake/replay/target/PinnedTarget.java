package dev.retake.replay.target;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where every request of a run goes. The name was resolved once, so that a change of DNS in the middle of a run cannot
 * send traffic elsewhere.
 *
 * @param base base URL; its path, without a slash at the end, stands before every recorded path
 * @param addresses what the name stands for, in the order in which they are tried, at least one; the first that takes a
 *     connection is kept
 */
public record PinnedTarget(URI base, List<InetSocketAddress> addresses) {
    public PinnedTarget {
        addresses = List.copyOf(addresses);
    }

    /** Pins {@code base} to {@code addresses}. */
    public static PinnedTarget of(URI base, InetAddress... addresses) {
        return new PinnedTarget(
                base,
                Arrays.stream(addresses)
                        .map(address -> new InetSocketAddress(address, portOf(base)))
                        .toList());
    }

    /** The port that all addresses have. */
    public int port() {
        return portOf(base);
    }

    /** The port of an http or https URL. */
    public static int portOf(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isTls(url) ? 443 : 80;
    }

    /** Whether requests go through TLS. */
    public boolean tls() {
        return isTls(base);
    }

    /** The host name or address as the user wrote it, brackets of IPv6 left out. */
    public String host() {
        return bare(base.getHost());
    }

    /** {@code host[:port]} as in a {@code Host} field: a default port is left out. */
    public String authority() {
        boolean usual = base.getPort() < 0 || base.getPort() == (tls() ? 443 : 80);
        return usual ? base.getHost() : base.getHost() + ":" + base.getPort();
    }

    /** {@code scheme://host[:port]}. */
    public String origin() {
        return base.getScheme().toLowerCase(Locale.ROOT) + "://" + authority();
    }

    /** What stands before every path; empty or from a slash. */
    public String pathPrefix() {
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** {@code host} without the brackets of IPv6. */
    public static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isTls(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }
}
