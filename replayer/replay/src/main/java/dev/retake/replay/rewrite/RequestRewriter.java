package dev.retake.replay.rewrite;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.replay.target.PinnedTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recorded request fit for its target: what belongs to a connection goes (RFC 9110 §7.6.1), what names the host
 * names the target, framing follows the content, the run is marked, and the user's rules are applied last. All else
 * keeps its order, case and duplicates.
 */
public final class RequestRewriter {
    /** Marks every replayed request, so that analytics and the sidecar can tell it. */
    public static final String RUN_HEADER = "X-Retake-Run";

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "x-retake-run");

    private static final Set<String> DECODABLE = Set.of("gzip", "x-gzip", "deflate", "br", "zstd", "identity");

    private final PinnedTarget target;
    private final List<RewriteRule> rules;
    private final String run;
    private final @Nullable String host;

    /**
     * @param rules applied in order, the last word to the last
     * @param run id of the run
     */
    public RequestRewriter(PinnedTarget target, List<RewriteRule> rules, String run) {
        this.target = target;
        this.rules = List.copyOf(rules);
        this.run = run;
        String named = target.authority();
        for (RewriteRule rule : rules) {
            named = rule instanceof RewriteRule.Host hostRule ? hostRule.value() : named;
        }
        this.host = named.isEmpty() ? null : named;
    }

    /** What to send for {@code request}. */
    public Request rewrite(Request request) {
        String version = request.version().equals("HTTP/1.0") ? "HTTP/1.0" : "HTTP/1.1";
        Headers headers = headers(request, version);
        for (RewriteRule rule : rules) {
            if (rule instanceof RewriteRule.Header header) {
                headers = header.value().isEmpty()
                        ? headers.without(header.name())
                        : headers.with(header.name(), header.value());
            }
        }
        boolean chunked = headers.contains("Transfer-Encoding");
        return new Request(
                request.method(),
                target(request.target()),
                version,
                headers,
                request.body(),
                chunked ? request.trailers() : Headers.EMPTY);
    }

    private Headers headers(Request request, String version) {
        Headers recorded = request.headers();
        Set<String> dropped = new HashSet<>(HOP_BY_HOP);
        for (String connection : recorded.all("Connection")) {
            for (String option : connection.split(",")) {
                dropped.add(option.trim().toLowerCase(Locale.ROOT));
            }
        }
        // RFC 9112 §6.1: a peer that speaks HTTP/1.0 knows no chunks.
        boolean chunked = recorded.contains("Transfer-Encoding") && version.equals("HTTP/1.1");
        boolean hostSent = false;
        boolean lengthSent = false;
        Body body = request.body();
        Headers.Builder headers = Headers.builder();
        if (!recorded.contains("Host") && host != null && version.equals("HTTP/1.1")) {
            headers.add("Host", host);
            hostSent = true;
        }
        for (int i = 0; i < recorded.size(); i++) {
            String name = recorded.name(i);
            String lower = name.toLowerCase(Locale.ROOT);
            String value = recorded.value(i);
            if (dropped.contains(lower) || name.startsWith(":")) {
                continue;
            }
            switch (lower) {
                case "host" -> {
                    if (!hostSent && host != null) {
                        headers.add(name, host);
                        hostSent = true;
                    }
                }
                case "content-length" -> {
                    if (!lengthSent && !chunked) {
                        headers.add(name, Integer.toString(body.bytes().length));
                        lengthSent = true;
                    }
                }
                case "content-encoding" -> {
                    if (body.coding() == null) {
                        headers.add(name, value);
                    }
                }
                case "accept-encoding" -> add(headers, name, decodable(value));
                case "via" -> add(headers, name, withoutOurs(value));
                case "x-forwarded-host" -> add(headers, name, host == null ? target.authority() : host);
                case "x-forwarded-port" -> headers.add(name, Integer.toString(target.port()));
                default -> headers.add(name, value.startsWith("http") ? atTarget(value, recorded) : value);
            }
        }
        if (chunked) {
            headers.add("Transfer-Encoding", "chunked");
        } else if (!lengthSent && body.bytes().length > 0) {
            headers.add("Content-Length", Integer.toString(body.bytes().length));
        }
        return headers.add(RUN_HEADER, run).build();
    }

    private static void add(Headers.Builder headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value);
        }
    }

    /** Codings that the target may use and replay can take off. */
    private static String decodable(String accepted) {
        List<String> kept = new ArrayList<>();
        for (String coding : accepted.split(",")) {
            String name = coding.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
            if (DECODABLE.contains(name)) {
                kept.add(coding.trim());
            }
        }
        return String.join(", ", kept);
    }

    /** Proxies that the recorded request passed stay named; the sidecar is not one of the target's. */
    private static String withoutOurs(String via) {
        List<String> kept = new ArrayList<>();
        for (String hop : via.split(",")) {
            if (!hop.trim().endsWith(" retake")) {
                kept.add(hop.trim());
            }
        }
        return String.join(", ", kept);
    }

    /**
     * A URL of the recorded host becomes that URL at the target, in whichever field it is all there is: services compare
     * {@code Origin} with {@code Host}, and {@code Destination} (RFC 4918 §10.3) must not lead to another server.
     */
    private String atTarget(String url, Headers recorded) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return url;
        }
        int slash = url.indexOf('/', scheme + 3);
        int end = slash < 0 ? url.length() : slash;
        String authority = url.substring(scheme + 3, end);
        boolean own = authority.equalsIgnoreCase(recorded.first("Host"))
                || authority.equalsIgnoreCase(recorded.first(":authority"))
                || authority.equalsIgnoreCase(recorded.first("X-Forwarded-Host"));
        if (!own) {
            return url;
        }
        String origin = host == null || host.equals(target.authority())
                ? target.origin()
                : (target.tls() ? "https://" : "http://") + host;
        return origin + url.substring(end);
    }

    private String target(String recorded) {
        if (recorded.equals("*")) {
            return recorded;
        }
        String origin = recorded;
        int scheme = recorded.indexOf("://");
        int question = recorded.indexOf('?');
        if (!recorded.startsWith("/") && scheme > 0 && (question < 0 || scheme < question)) {
            int slash = recorded.indexOf('/', scheme + 3);
            origin = slash < 0 ? "/" : recorded.substring(slash);
        }
        int query = origin.indexOf('?');
        String path = query < 0 ? origin : origin.substring(0, query);
        String parameters = query < 0 ? null : origin.substring(query + 1);
        for (RewriteRule rule : rules) {
            if (rule instanceof RewriteRule.Path pathRule) {
                path = QueryAndPath.rewritten(path, pathRule);
            } else if (rule instanceof RewriteRule.Query queryRule) {
                parameters = QueryAndPath.rewritten(parameters, queryRule);
            }
        }
        return QueryAndPath.printable(target.pathPrefix() + path + (parameters == null ? "" : "?" + parameters));
    }
}
