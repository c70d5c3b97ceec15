package dev.retake.verdict.diff;

import java.util.Set;

/** Which header fields tell a user something, and how their values compare. Names are in lower case. */
final class HeaderRules {
    /** Framing, hops, caches on the way, tracing, and what is told of the software: another environment has others. */
    private static final Set<String> IGNORED = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "te",
            "trailer",
            "upgrade",
            "proxy-connection",
            "date",
            "age",
            "server",
            "x-powered-by",
            "server-timing",
            "timing-allow-origin",
            "via",
            "forwarded",
            "alt-svc",
            "nel",
            "report-to",
            "reporting-endpoints",
            "expect-ct",
            "content-encoding",
            "content-md5",
            "digest",
            "content-digest",
            "repr-digest",
            "traceparent",
            "tracestate",
            "baggage",
            "x-runtime",
            "x-response-time",
            "x-request-start",
            "x-varnish",
            "x-timer",
            "x-served-by",
            "x-backend",
            "x-backend-server",
            "x-upstream",
            "x-hostname",
            "x-host",
            "x-pod",
            "x-node",
            "x-instance",
            "x-server",
            "x-server-name",
            "x-real-ip",
            "x-process-time",
            "x-execution-time",
            "x-cloud-trace-context",
            "x-proxy-cache",
            "x-retake-run",
            "x-azure-ref",
            "x-vercel-id",
            "x-nf-request-id",
            "x-github-request-id",
            "surrogate-key",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "x-ratelimit-used",
            "x-rate-limit-remaining",
            "x-rate-limit-reset",
            "ratelimit-remaining",
            "ratelimit-reset",
            "ratelimit");

    private static final String[] IGNORED_PREFIXES = {
        "x-forwarded-",
        "x-amz-",
        "x-amzn-",
        "cf-",
        "x-cache",
        "x-b3-",
        "x-envoy-",
        "x-datadog-",
        "fastly-",
        "x-fastly-",
        "x-akamai-",
        "x-cdn-",
        "x-edge-",
        "x-goog-",
        "x-newrelic-",
        "x-kong-",
        "x-ms-",
        "sec-ch-",
        "x-debug-time"
    };
    private static final Set<String> SETS = Set.of(
            "vary",
            "allow",
            "access-control-allow-methods",
            "access-control-allow-headers",
            "access-control-expose-headers",
            "accept-patch",
            "accept-post",
            "accept-ranges",
            "clear-site-data",
            "content-language",
            "dav");
    /** Where presence means something and the value is made anew or follows from what else is compared. */
    private static final Set<String> PRESENCE = Set.of("etag", "last-modified", "expires", "content-range");

    private static final Set<String> TELLING_WHEN_ADDED = Set.of(
            "cache-control",
            "vary",
            "access-control-allow-origin",
            "access-control-allow-credentials",
            "access-control-allow-methods",
            "access-control-allow-headers",
            "access-control-expose-headers",
            "content-disposition",
            "content-security-policy",
            "content-type",
            "location",
            "refresh",
            "set-cookie",
            "www-authenticate",
            "retry-after",
            "link",
            "warning",
            "clear-site-data",
            "content-location",
            "pragma",
            "expires");
    private static final Set<String> SECURITY = Set.of(
            "strict-transport-security",
            "content-security-policy",
            "x-frame-options",
            "x-content-type-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "cross-origin-embedder-policy",
            "www-authenticate",
            "x-xss-protection",
            "set-cookie",
            "access-control-allow-origin",
            "access-control-allow-credentials");

    private HeaderRules() {}

    static boolean isIgnored(String name) {
        if (IGNORED.contains(name)) {
            return true;
        }
        for (String prefix : IGNORED_PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return name.endsWith("-request-id")
                || name.endsWith("-trace-id")
                || name.endsWith("-correlation-id")
                || name.equals("request-id")
                || name.equals("trace-id")
                || name.equals("correlation-id");
    }

    /** Whether the order and repetition of comma-separated members mean nothing. */
    static boolean isSet(String name) {
        return SETS.contains(name);
    }

    static boolean isPresenceOnly(String name) {
        return PRESENCE.contains(name);
    }

    /** Whether a client behaves otherwise once the field is there. */
    static boolean tellsWhenAdded(String name) {
        return TELLING_WHEN_ADDED.contains(name);
    }

    /** Whether the field protects the user. */
    static boolean protects(String name) {
        return SECURITY.contains(name);
    }
}
