package dev.retake.cli.demo.shop;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the shop sees it.
 *
 * @param path decoded, without the query
 * @param query the first value of each parameter
 * @param headers by name in lower case; of duplicates the first
 * @param body read as UTF-8
 */
public record ShopRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    static ShopRequest of(String method, String target, Map<String, String> headers, String body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new ShopRequest(
                method,
                decode(path.replace("+", "%2B")),
                parameters(mark < 0 ? "" : target.substring(mark + 1)),
                headers,
                body);
    }

    /** The parameter {@code name}, null where the request has none. */
    @Nullable
    String parameter(String name) {
        return query.get(name);
    }

    /** The header {@code name} in any case, null where the request has none. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The same request without a parameter. */
    public ShopRequest withoutParameter(String name) {
        Map<String, String> rest = new LinkedHashMap<>(query);
        rest.remove(name);
        return new ShopRequest(method, path, rest, headers, body);
    }

    /** The same request without a header. */
    public ShopRequest withoutHeader(String name) {
        Map<String, String> rest = new LinkedHashMap<>(headers);
        rest.remove(name.toLowerCase(Locale.ROOT));
        return new ShopRequest(method, path, query, rest, body);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
