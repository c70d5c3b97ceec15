package dev.retake.privacy.document;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What header fields hold, by their names. A name that came before costs one lookup; not thread-safe. */
final class HeaderKinds {
    /** How a value is read. */
    enum Syntax {
        COOKIES,
        SET_COOKIE,
        /** Credentials or a challenge (RFC 9110 §11). */
        CREDENTIALS,
        URI,
        /** Web links (RFC 8288). */
        LINKS,
        /** A value with parameters. */
        PARAMETERS,
        /** It speaks of the message and its software alone; its numbers are no addresses. */
        TECHNICAL,
        /** By the rule for its name. */
        NAMED
    }

    /**
     * What a field holds.
     *
     * @param name in lower case; not copied: treat as read-only
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kind(byte[] name, Syntax syntax) {
        String lowerName() {
            return new String(name, StandardCharsets.ISO_8859_1);
        }
    }

    private static final Set<String> TECHNICAL = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "accept-ranges",
            "access-control-max-age",
            "age",
            "alt-svc",
            "cache-control",
            "connection",
            "content-encoding",
            "content-language",
            "content-length",
            "content-range",
            "date",
            "dnt",
            "expect",
            "expires",
            "host",
            "if-modified-since",
            "if-unmodified-since",
            "keep-alive",
            "last-modified",
            "max-forwards",
            "origin",
            "pragma",
            "proxy-connection",
            "range",
            "retry-after",
            "sec-ch-ua",
            "sec-ch-ua-full-version-list",
            "sec-ch-ua-platform-version",
            "server",
            "strict-transport-security",
            "te",
            "traceparent",
            "tracestate",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "vary",
            "via",
            "x-powered-by",
            "x-aspnet-version",
            "x-requested-with",
            ":authority");

    /** Names that are remembered; traffic may invent more. */
    private static final int MOST = 1_000;

    private final Map<String, Kind> known = new HashMap<>();

    /** What the field called {@code name}, in any case, holds. */
    Kind of(String name) {
        Kind kind = known.get(name);
        if (kind == null) {
            kind = make(name);
            if (known.size() < MOST) {
                known.put(name, kind);
            }
        }
        return kind;
    }

    private static Kind make(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Syntax syntax = switch (lower) {
            case "cookie", "cookie2" -> Syntax.COOKIES;
            case "set-cookie", "set-cookie2" -> Syntax.SET_COOKIE;
            case "authorization",
                    "proxy-authorization",
                    "www-authenticate",
                    "proxy-authenticate",
                    "x-authorization",
                    "x-forwarded-authorization" -> Syntax.CREDENTIALS;
            case "referer", "location", "content-location", "x-original-url", "x-rewrite-url", ":path", "sourcemap" ->
                Syntax.URI;
            case "link" -> Syntax.LINKS;
            case "content-disposition" -> Syntax.PARAMETERS;
            default -> TECHNICAL.contains(lower) ? Syntax.TECHNICAL : Syntax.NAMED;
        };
        return new Kind(lower.getBytes(StandardCharsets.ISO_8859_1), syntax);
    }
}
