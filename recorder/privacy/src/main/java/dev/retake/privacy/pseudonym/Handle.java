package dev.retake.privacy.pseudonym;

import java.util.Set;

/**
 * What of an opaque value names somebody: of {@code user:mona7}, {@code auth0|5f7c8ec7c33c6c004bbafe82} and
 * {@code 550e8400-e29b-41d4-a716-446655440000.vcf} neither the namespace nor the ending of a file. These stay, so that the
 * value has one surrogate with and without them. Names of namespaces and endings are listed: any other word may be a name.
 *
 * @param from where it begins
 * @param to where it ends
 */
record Handle(int from, int to) {
    private static final Set<String> NAMESPACES = Set.of(
            "account",
            "acct",
            "apple",
            "auth",
            "auth0",
            "client",
            "contact",
            "couchdb",
            "customer",
            "employee",
            "facebook",
            "github",
            "gitlab",
            "google",
            "guest",
            "id",
            "idp",
            "kerberos",
            "ldap",
            "login",
            "mailto",
            "member",
            "microsoft",
            "oauth",
            "oauth2",
            "oidc",
            "okta",
            "org",
            "owner",
            "patient",
            "people",
            "person",
            "principal",
            "principals",
            "profile",
            "saml",
            "samlp",
            "student",
            "sub",
            "subject",
            "twitter",
            "uid",
            "urn",
            "user",
            "userid",
            "username",
            "users",
            "uuid",
            "windowslive");

    private static final Set<String> ENDINGS = Set.of(
            "csv", "gif", "gz", "html", "ics", "jpeg", "jpg", "json", "pdf", "php", "png", "svg", "tar", "tgz", "txt",
            "vcf", "webp", "xml", "yaml", "yml", "zip");

    private static final int LONGEST_NAMESPACE = 48;

    static Handle of(String value) {
        int from = 0;
        int end = Math.min(value.length(), LONGEST_NAMESPACE);
        int word = 0;
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            boolean separates = c == ':' || c == '|';
            if (separates || c == '.' || c == '-' || c == '_') {
                if (!NAMESPACES.contains(value.substring(word, i))) {
                    break;
                }
                word = i + 1;
                from = separates ? word : from;
            } else if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                break;
            }
        }
        int dot = value.lastIndexOf('.');
        int to = dot > from && ENDINGS.contains(value.substring(dot + 1)) ? dot : value.length();
        return from < to ? new Handle(from, to) : new Handle(0, value.length());
    }

    /** Whether the value is nothing but that. */
    boolean isWhole(String value) {
        return from == 0 && to == value.length();
    }
}
