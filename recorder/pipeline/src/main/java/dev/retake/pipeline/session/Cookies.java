package dev.retake.pipeline.session;

import dev.retake.common.exchange.Headers;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** Cookies of requests and responses (RFC 6265), and which of them usually carry a session. */
final class Cookies {
    private static final Set<String> SESSION_NAMES = Set.of(
            "session",
            "sess",
            "sid",
            "ssid",
            "sessid",
            "cftoken",
            "aspxauth",
            "auth",
            "authtoken",
            "accesstoken",
            "token",
            "jwt",
            "idtoken",
            "refreshtoken",
            "sessiontoken",
            "sessionkey",
            "sessionid",
            "aspnetcorecookies",
            "aspnetcoreidentityapplication",
            "ilikegitea");
    private static final Set<String> SESSION_ENDINGS =
            Set.of("session", "sessid", "sessionid", "sessiontoken", "sessionkey");

    /** Cookies that measure visits; they name a browser at best, and no session of the service. */
    private static final Set<String> ANALYTICS = Set.of("aisession", "gasession", "ampsession", "dtsession");

    private Cookies() {}

    /** Gives {@code sink} each cookie that a request carries. */
    static void ofRequest(Headers headers, BiConsumer<String, String> sink) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase("cookie")) {
                pairs(headers.value(i), sink);
            }
        }
    }

    /** Gives {@code sink} each cookie that a response sets; not those that it deletes. */
    static void ofResponse(Headers headers, BiConsumer<String, String> sink) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase("set-cookie")) {
                String value = headers.value(i);
                int end = value.indexOf(';');
                String attributes = end < 0
                        ? ""
                        : value.substring(end).toLowerCase(Locale.ROOT).replace(" ", "");
                if (!attributes.contains(";max-age=0")
                        && !attributes.contains(";max-age=-")
                        && !attributes.contains("01-jan-1970")
                        && !attributes.contains("01jan1970")) {
                    pairs(end < 0 ? value : value.substring(0, end), sink);
                }
            }
        }
    }

    /** Whether a cookie of this name usually carries a session or the login itself. */
    static boolean usuallyCarriesSession(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("wordpress_logged_in") || lower.startsWith("aspsessionid")) {
            return true;
        }
        String plain = withoutPrefix(lower).replaceAll("[-_.:]", "");
        if (ANALYTICS.contains(plain)) {
            return false;
        }
        return SESSION_NAMES.contains(plain)
                || SESSION_ENDINGS.stream().anyMatch(plain::endsWith)
                || endsWithWord(lower, "sid")
                || endsWithWord(lower, "sess");
    }

    private static String withoutPrefix(String name) {
        if (name.startsWith("__host-")) {
            return name.substring("__host-".length());
        }
        return name.startsWith("__secure-") ? name.substring("__secure-".length()) : name;
    }

    private static boolean endsWithWord(String name, String word) {
        int before = name.length() - word.length() - 1;
        return before >= 0 && name.endsWith(word) && "-_.:".indexOf(name.charAt(before)) >= 0;
    }

    private static void pairs(String text, BiConsumer<String, String> sink) {
        int start = 0;
        while (start < text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            int equals = text.indexOf('=', start);
            if (equals > start && equals < end) {
                String name = text.substring(start, equals).trim();
                String value = text.substring(equals + 1, end).trim();
                if (!name.isEmpty() && !value.isEmpty() && !value.equals("\"\"")) {
                    sink.accept(name, value);
                }
            }
            start = end + 1;
        }
    }
}
