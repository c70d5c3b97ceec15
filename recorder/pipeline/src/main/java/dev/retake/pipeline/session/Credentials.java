package dev.retake.pipeline.session;

import dev.retake.common.exchange.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request proves its sender with: a bearer token, or the user of Basic authentication. */
final class Credentials {
    /** {@code Token} and {@code JWT} are what some frameworks say for {@code Bearer}. */
    private static final Set<String> BEARER_SCHEMES = Set.of("bearer", "token", "jwt");

    private Credentials() {}

    /** The bearer token, null where there is none. */
    static @Nullable String bearer(Request request) {
        String value = request.headers().first("Authorization");
        if (value != null) {
            int space = value.indexOf(' ');
            if (space > 0 && BEARER_SCHEMES.contains(value.substring(0, space).toLowerCase(Locale.ROOT))) {
                String token = value.substring(space + 1).trim();
                return token.isEmpty() ? null : token;
            }
            return null;
        }
        String query = request.query();
        if (!query.contains("access_token=")) {
            return null;
        }
        String[] found = new String[1];
        BodyFields.readForm(query, (name, token) -> {
            if (name.equals("accesstoken") && found[0] == null) {
                found[0] = token;
            }
        });
        return found[0];
    }

    /** The user name of Basic authentication, null where there is none. */
    static @Nullable String basicUser(Request request) {
        String value = request.headers().first("Authorization");
        if (value == null || !value.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(value.substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon > 0 ? pair.substring(0, colon) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
