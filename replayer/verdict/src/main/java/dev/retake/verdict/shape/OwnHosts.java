package dev.retake.verdict.shape;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names under which the recorded service and the target know themselves; URLs compare without them. Immutable. */
public final class OwnHosts {
    private static final Pattern ORIGIN = Pattern.compile("(?:https?|wss?)://([^/?#\\s\"'<>\\\\,;)]+)");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

    private final Set<String> hosts = new HashSet<>();

    /** Takes {@code host} and {@code host:port}; the default ports of HTTP may be left out. */
    public OwnHosts(Set<String> names) {
        names.forEach(name -> hosts.add(normal(name)));
    }

    /** {@code text} with each origin of ours taken out, so that an absolute URL of ours becomes its path. */
    public String strip(String text) {
        if (text.indexOf("://") < 0) {
            return text;
        }
        Matcher m = ORIGIN.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        while (m.find()) {
            String origin = m.group();
            m.appendReplacement(out, hosts.contains(normal(m.group(1))) ? "" : Matcher.quoteReplacement(origin));
        }
        return m.appendTail(out).toString();
    }

    private static String normal(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        host = host.endsWith(":80") ? host.substring(0, host.length() - 3) : host;
        host = host.endsWith(":443") ? host.substring(0, host.length() - 4) : host;
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && host.indexOf(']') < colon;
        String bare = port ? host.substring(0, colon) : host;
        return LOOPBACK.contains(bare) ? "localhost" + (port ? host.substring(colon) : "") : host;
    }
}
