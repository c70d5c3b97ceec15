package dev.retake.proxy.upstream;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go.
 *
 * @param tls whether the scheme is https
 * @param host name or address, IPv6 without brackets
 * @param port 1 to 65535
 * @param socket a Unix socket in the place of host and port, null for TCP
 */
public record Origin(
        boolean tls, String host, int port, @Nullable Path socket) {
    /**
     * Reads an origin from a URL that names nothing else.
     *
     * @throws RetakeException {@link ErrorCode#ARGUMENT}
     */
    public static Origin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("unix") && url.getPath() != null && url.getPath().startsWith("/")) {
            return new Origin(false, "localhost", 80, Path.of(url.getPath()));
        }
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http") || url.getHost() == null) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "The upstream must be a URL like http://127.0.0.1:8080, https://host or unix:/run/app.sock.");
        }
        String path = url.getRawPath();
        boolean more = path != null && !path.isEmpty() && !path.equals("/");
        if (more || url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "The upstream must be scheme, host and port alone, since requests keep their own path; cut off the rest.");
        }
        int port = url.getPort() == -1 ? (tls ? 443 : 80) : url.getPort();
        if (port < 1 || port > 65_535) {
            throw new RetakeException(ErrorCode.ARGUMENT, "The upstream's port must be from 1 to 65535.");
        }
        String host = url.getHost();
        return new Origin(tls, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, null);
    }
}
