package dev.retake.pipeline.session;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the claims of a JWT (RFC 7519) without verifying it: they only tell sessions apart. */
final class Jwt {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_LENGTH = 16 * 1024;

    private Jwt() {}

    /** Whether {@code token} has the form of one. */
    static boolean hasForm(String token) {
        int first = token.indexOf('.');
        return first > 4 && token.startsWith("ey") && token.indexOf('.', first + 1) > first + 4;
    }

    /** Its claims whose values are strings or numbers, as text; empty where it cannot be read. */
    static Map<String, String> claims(String token) {
        if (!hasForm(token) || token.length() > MAX_LENGTH) {
            return Map.of();
        }
        int first = token.indexOf('.');
        byte[] payload;
        try {
            payload = Base64.getUrlDecoder().decode(token.substring(first + 1, token.indexOf('.', first + 1)));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
        Map<String, String> claims = new HashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    claims.put(name, parser.getString());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException e) {
            return Map.of();
        }
        return claims;
    }
}
