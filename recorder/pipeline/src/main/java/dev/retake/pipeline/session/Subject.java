package dev.retake.pipeline.session;

import java.util.Locale;

/**
 * Whom a session is about, as the traffic names them. It lives for one call: what is kept is a keyed hash and a surrogate.
 *
 * @param kind the namespace of the name: subjects of different kinds cannot be compared
 * @param name as it was sent
 */
record Subject(String kind, String name) {
    /** The subject of a JWT from {@code issuer} (RFC 7519 §4.1.1 and §4.1.2). */
    static Subject ofJwt(String issuer, String name) {
        return new Subject("jwt " + issuer, name);
    }

    /** The name that was typed at a login. */
    static Subject ofLogin(String name) {
        return new Subject("login", name);
    }

    SubjectKey key(KeyedHash hash) {
        return new SubjectKey(hash.of("subject kind", kind), hash.of("subject", kind, name.toLowerCase(Locale.ROOT)));
    }

    /** Shows no name. */
    @Override
    public String toString() {
        return "Subject";
    }
}
