package dev.retake.pipeline.har;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An absolute HTTP URL taken apart as it was written; nothing is normalized but what could not have been sent.
 *
 * @param origin scheme, host and port, lower case, the port always there
 * @param authority host and port as they stand in a {@code Host} header
 * @param target path and query
 */
record HarUrl(String origin, String authority, String target) {

    /** Takes {@code url} apart; null where it is none of HTTP. */
    static @Nullable HarUrl parse(String url) {
        int colon = url.indexOf("://");
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        int start = colon + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority =
                url.substring(url.lastIndexOf('@', end) >= start ? url.lastIndexOf('@', end) + 1 : start, end);
        if (authority.isEmpty()) {
            return null;
        }
        int fragment = url.indexOf('#', end);
        String target = url.substring(end, fragment < 0 ? url.length() : fragment);
        String rooted = target.startsWith("/") ? target : "/" + target;
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        String port = hasPort ? "" : scheme.equals("https") ? ":443" : ":80";
        return new HarUrl(scheme + "://" + authority.toLowerCase(Locale.ROOT) + port, authority, sendable(rooted));
    }

    /** Percent-encodes what no request line can hold. */
    private static String sendable(String target) {
        StringBuilder sendable = null;
        for (int i = 0; i < target.length(); ) {
            int point = target.codePointAt(i);
            int length = Character.charCount(point);
            if (point <= ' ' || point >= 0x7f) {
                if (sendable == null) {
                    sendable = new StringBuilder(target.length() + 16).append(target, 0, i);
                }
                for (byte octet : target.substring(i, i + length).getBytes(StandardCharsets.UTF_8)) {
                    sendable.append(String.format(Locale.ROOT, "%%%02X", octet));
                }
            } else if (sendable != null) {
                sendable.append((char) point);
            }
            i += length;
        }
        return sendable == null ? target : sendable.toString();
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "HarUrl";
    }
}
