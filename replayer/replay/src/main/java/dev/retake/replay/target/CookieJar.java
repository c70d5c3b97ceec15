package dev.retake.replay.target;

import dev.retake.common.exchange.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that the target set for one session (RFC 6265 §5.3, §5.4), the target being the one host there is: domains
 * and {@code Secure} do not matter, since the recorded client did send its cookies. For one thread at a time.
 */
public final class CookieJar {
    /** As many as browsers keep for a host; a target that sets more loses the oldest. */
    private static final int MAX_COOKIES = 180;

    private final Map<Key, Cookie> cookies = new LinkedHashMap<>();

    private record Key(String name, String path) {}

    private record Cookie(
            String name,
            String value,
            String path,
            @Nullable Instant expires) {}

    /** A cookie that a response sets, as far as it matters here. */
    public record SetCookie(String name, String value) {}

    /** Takes the {@code Set-Cookie} fields of the response to a request for {@code path}. */
    public void store(Headers response, String path, Instant now) {
        for (String field : response.all("Set-Cookie")) {
            SetCookie pair = pair(field);
            if (pair == null) {
                continue;
            }
            String scope = defaultPath(path);
            Instant expires = null;
            boolean byAge = false;
            String[] attributes = field.split(";");
            for (int i = 1; i < attributes.length; i++) {
                int equals = attributes[i].indexOf('=');
                String name = (equals < 0 ? attributes[i] : attributes[i].substring(0, equals))
                        .trim()
                        .toLowerCase(Locale.ROOT);
                String value =
                        equals < 0 ? "" : attributes[i].substring(equals + 1).trim();
                if (name.equals("path") && value.startsWith("/")) {
                    scope = value;
                } else if (name.equals("max-age") && value.matches("-?\\d{1,12}")) {
                    expires = now.plus(Duration.ofSeconds(Math.max(0, Long.parseLong(value))));
                    byAge = true;
                } else if (name.equals("expires") && !byAge) {
                    expires = date(value);
                }
            }
            Key key = new Key(pair.name(), scope);
            cookies.remove(key);
            if (expires == null || expires.isAfter(now)) {
                cookies.put(key, new Cookie(pair.name(), pair.value(), scope, expires));
                if (cookies.size() > MAX_COOKIES) {
                    cookies.remove(cookies.keySet().iterator().next());
                }
            }
        }
    }

    /** Names and values to send with a request for {@code path}, longer paths first, then older ones. */
    public List<SetCookie> matching(String path, Instant now) {
        List<Cookie> matching = new ArrayList<>();
        for (Cookie cookie : cookies.values()) {
            if ((cookie.expires() == null || cookie.expires().isAfter(now)) && covers(cookie.path(), path)) {
                matching.add(cookie);
            }
        }
        matching.sort((a, b) -> Integer.compare(b.path().length(), a.path().length()));
        return matching.stream()
                .map(cookie -> new SetCookie(cookie.name(), cookie.value()))
                .toList();
    }

    /** Name and value of a {@code Set-Cookie} field, null where it has none (RFC 6265 §5.2). */
    public static @Nullable SetCookie pair(String field) {
        int semicolon = field.indexOf(';');
        String pair = semicolon < 0 ? field : field.substring(0, semicolon);
        int equals = pair.indexOf('=');
        String name = equals <= 0 ? "" : pair.substring(0, equals).trim();
        return name.isEmpty()
                ? null
                : new SetCookie(name, pair.substring(equals + 1).trim());
    }

    private static boolean covers(String scope, String path) {
        return path.equals(scope)
                || path.startsWith(scope) && (scope.endsWith("/") || path.charAt(scope.length()) == '/');
    }

    private static String defaultPath(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The form that RFC 9110 §5.6.7 prefers, also with the hyphens of RFC 850; null for any other. */
    private static @Nullable Instant date(String value) {
        try {
            return ZonedDateTime.parse(
                            value.replaceAll("(\\d{2})-(\\w{3})-(\\d{4})", "$1 $2 $3"),
                            DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
