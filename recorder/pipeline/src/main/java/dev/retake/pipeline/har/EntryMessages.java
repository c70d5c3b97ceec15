package dev.retake.pipeline.har;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the messages of an entry what they were on the wire, or says why it has none. */
final class EntryMessages {
    private final HarBodies bodies;

    EntryMessages(int maxBytes) {
        this.bodies = new HarBodies(maxBytes);
    }

    /** Why {@code entry} is left out; null where it is an exchange. */
    static @Nullable HarSkip skip(HarEntry entry) {
        if (!entry.hasRequest || entry.url.isEmpty()) {
            return HarSkip.MALFORMED;
        }
        String scheme =
                entry.url.substring(0, Math.max(0, entry.url.indexOf(':'))).toLowerCase(Locale.ROOT);
        if (scheme.equals("ws") || scheme.equals("wss") || "websocket".equals(entry.resourceType)) {
            return HarSkip.WEBSOCKET;
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return HarSkip.NOT_HTTP;
        }
        if (entry.fromCache) {
            return HarSkip.FROM_CACHE;
        }
        if (entry.status <= 0 && entry.error != null && entry.error.contains("BLOCKED")) {
            return HarSkip.BLOCKED;
        }
        return HarUrl.parse(entry.url) == null ? HarSkip.MALFORMED : null;
    }

    /** The exchange that {@code entry} describes, which began at {@code startedAt}. */
    @Nullable
    HarExchange exchange(HarEntry entry, long startedAt) {
        HarUrl url = HarUrl.parse(entry.url);
        if (url == null) {
            return null;
        }
        Headers requestHeaders = requestHeaders(entry, url);
        Request request = new Request(
                entry.method,
                url.target(),
                version(entry.requestVersion),
                requestHeaders,
                bodies.request(entry, requestHeaders),
                Headers.EMPTY);
        Response response = response(entry);
        return new HarExchange(
                url.origin(), request, response, HarTimes.timings(entry, startedAt), outcome(entry, response));
    }

    private Headers requestHeaders(HarEntry entry, HarUrl url) {
        Headers headers = fields(entry.requestHeaders);
        if (!headers.contains("Host")) {
            Headers.Builder withHost = Headers.builder().add("Host", url.authority());
            for (int i = 0; i < headers.size(); i++) {
                withHost.add(headers.name(i), headers.value(i));
            }
            headers = withHost.build();
        }
        if (!headers.contains("Cookie") && !entry.requestCookies.isEmpty()) {
            StringBuilder cookies = new StringBuilder();
            for (int i = 0; i < entry.requestCookies.size(); i += 2) {
                cookies.append(i == 0 ? "" : "; ").append(entry.requestCookies.get(i));
                cookies.append('=').append(entry.requestCookies.get(i + 1));
            }
            headers = headers.with("Cookie", bytewise(cookies.toString()));
        }
        if (!headers.contains("Content-Type")) {
            if (entry.postType != null && !entry.postType.isEmpty()) {
                headers = headers.with("Content-Type", bytewise(entry.postType));
            } else if (!entry.params.isEmpty()) {
                headers = headers.with("Content-Type", HarBodies.typeOfParams(entry.params));
            }
        }
        return headers;
    }

    private @Nullable Response response(HarEntry entry) {
        if (!entry.hasResponse || entry.status < 100 || entry.status > 599) {
            return null;
        }
        Headers headers = responseHeaders(entry);
        Body body = bodies.response(entry, headers);
        return new Response(
                entry.status,
                bytewise(entry.statusText),
                version(entry.responseVersion.isEmpty() ? entry.requestVersion : entry.responseVersion),
                headers,
                body,
                Headers.EMPTY);
    }

    private static Headers responseHeaders(HarEntry entry) {
        Headers headers = fields(entry.responseHeaders);
        if (!headers.contains("Set-Cookie") && !entry.responseCookies.isEmpty()) {
            Headers.Builder withCookies = Headers.builder();
            for (int i = 0; i < headers.size(); i++) {
                withCookies.add(headers.name(i), headers.value(i));
            }
            for (int i = 0; i < entry.responseCookies.size(); i += 2) {
                String cookie = entry.responseCookies.get(i) + "=" + entry.responseCookies.get(i + 1);
                withCookies.add("Set-Cookie", bytewise(cookie));
            }
            headers = withCookies.build();
        }
        String type = entry.contentType;
        if (!headers.contains("Content-Type") && type != null && !type.isEmpty() && !type.equals("x-unknown")) {
            headers = headers.with("Content-Type", bytewise(type));
        }
        boolean redirect = entry.status >= 300 && entry.status < 400;
        if (redirect && !headers.contains("Location") && !entry.redirectUrl.isEmpty()) {
            headers = headers.with("Location", bytewise(entry.redirectUrl));
        }
        return headers;
    }

    /** Fields but for the pseudo-header fields of HTTP/2 (RFC 9113 §8.3), which the start line says. */
    private static Headers fields(List<String> pairs) {
        Headers.Builder fields = Headers.builder();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!pairs.get(i).startsWith(":")) {
                // Browsers show several cookies that were set as one value of several lines.
                for (String value : pairs.get(i + 1).split("\n", -1)) {
                    fields.add(bytewise(pairs.get(i)), bytewise(value.trim()));
                }
            }
        }
        return fields.build();
    }

    private static Outcome outcome(HarEntry entry, @Nullable Response response) {
        String error = entry.error == null ? "" : entry.error.toUpperCase(Locale.ROOT);
        if (error.contains("TIMED_OUT") || error.contains("TIMEOUT")) {
            return Outcome.TIMED_OUT;
        }
        if (error.contains("ABORT") || error.contains("CANCEL")) {
            return Outcome.CLIENT_ABORTED;
        }
        if (response == null || !error.isEmpty()) {
            return error.isEmpty() ? Outcome.CLIENT_ABORTED : Outcome.UPSTREAM_FAILED;
        }
        return response.status() == 101 ? Outcome.UPGRADED : Outcome.COMPLETE;
    }

    private static String version(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        if (lower.startsWith("h2")
                || lower.startsWith("h3")
                || lower.startsWith("http/2")
                || lower.startsWith("http/3")) {
            return "HTTP/2";
        }
        return lower.equals("http/1.0") ? "HTTP/1.0" : "HTTP/1.1";
    }

    /** One char for each byte, as headers have it: text past ISO-8859-1 was UTF-8 on the wire. */
    private static String bytewise(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }
}
