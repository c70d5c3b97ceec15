package dev.retake.pipeline.session;

import java.util.Locale;

/**
 * Where a request may carry the identity of its session, as the configuration names it.
 *
 * @param kind what is looked at
 * @param name of the cookie, header or claim; empty for other kinds
 */
record IdentitySource(Kind kind, String name) {
    /** What may be written in the configuration. */
    static final String ALLOWED = "a list of cookie:NAME (* ends a prefix), cookies (the usual session cookies), "
            + "header:NAME, jwt:CLAIM, bearer, basic, trace, address (and agent), "
            + "connection (address, agent and connection)";

    /** What is looked at. */
    enum Kind {
        /** A cookie by name, or by the start of its name. */
        COOKIE(true),
        /** The cookies that usually carry a session. */
        COOKIES(false),
        /** A header. */
        HEADER(true),
        /** A claim of the JWT in {@code Authorization}, or else in a cookie. */
        JWT(true),
        /** A bearer token, in the header (RFC 6750 §2.1) or the query (§2.3). */
        BEARER(false),
        /** The user of Basic authentication (RFC 7617). */
        BASIC(false),
        /** The trace id of {@code traceparent} (W3C Trace Context). */
        TRACE(false),
        /** Client address and user agent, whatever the connection. */
        ADDRESS(false),
        /** Client address, user agent and connection. */
        CONNECTION(false);

        private final boolean named;

        Kind(boolean named) {
            this.named = named;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A source without a name. */
    static IdentitySource of(Kind kind) {
        return new IdentitySource(kind, "");
    }

    /**
     * Reads {@code text}.
     *
     * @throws IllegalArgumentException where it names no source
     */
    static IdentitySource parse(String text) {
        int colon = text.indexOf(':');
        String kindText = colon < 0 ? text : text.substring(0, colon);
        String name = colon < 0 ? "" : text.substring(colon + 1).trim();
        for (Kind kind : Kind.values()) {
            if (kind.text().equals(kindText) && kind.named == !name.isEmpty() && kind.named == colon >= 0) {
                return new IdentitySource(kind, name);
            }
        }
        throw new IllegalArgumentException("no source is called so");
    }

    /** How it is written in the configuration. */
    String text() {
        return kind.named ? kind.text() + ":" + name : kind.text();
    }

    /** Whether the cookie called {@code cookie} is the one that is meant. */
    boolean matchesCookie(String cookie) {
        return name.endsWith("*")
                ? cookie.startsWith(name.substring(0, name.length() - 1))
                : cookie.equalsIgnoreCase(name);
    }
}
