package dev.retake.replay.guard;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.replay.target.PinnedTarget;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names hosts: {@code HOST}, {@code HOST:PORT} or {@code *.DOMAIN}.
 *
 * @param host lower case, without brackets; of {@code *.DOMAIN}, {@code .DOMAIN}
 * @param anyBelow whether it names all hosts below a domain
 * @param port -1 for any
 */
record HostPattern(String host, boolean anyBelow, int port) {
    private static final Pattern FORM =
            Pattern.compile("(\\*\\.)?(\\[[0-9A-Fa-f:.%]+]|[^\\s:/\\[\\]*]+)(?::(\\d{1,5}))?");

    /**
     * Reads a pattern.
     *
     * @param origin the option or setting that it stands in, for the error
     */
    static HostPattern parse(String text, String origin) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT, origin + " names '" + text + "'; write HOST, HOST:PORT or *.DOMAIN.");
        }
        boolean anyBelow = matcher.group(1) != null;
        String host = PinnedTarget.bare(matcher.group(2)).toLowerCase(Locale.ROOT);
        return new HostPattern(
                anyBelow ? "." + host : withoutDot(host),
                anyBelow,
                matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3)));
    }

    boolean matches(String otherHost, int otherPort) {
        return (port < 0 || port == otherPort) && matchesHost(otherHost);
    }

    boolean matchesHost(String otherHost) {
        String other = withoutDot(otherHost.toLowerCase(Locale.ROOT));
        return anyBelow ? other.endsWith(host) : other.equals(host);
    }

    /** A name with a dot at its end is the same name. */
    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
