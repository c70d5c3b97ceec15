package dev.retake.pipeline.session;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the named text values of a JSON or form body, as far as it can be read: names in lower case without {@code _} and
 * {@code -}. Bodies past a bound are passed over: a login is small.
 */
final class BodyFields {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 8;

    private BodyFields() {}

    /**
     * Whether {@code body} can hold a field whose name speaks of a token or a session, or a JWT. Reads only what is worth
     * it: most bodies are none of these, and parsing them would cost more than all else that finds their session.
     */
    static boolean mayHoldToken(Body body) {
        byte[] bytes = body.bytes();
        if (bytes.length > MAX_BYTES) {
            return false;
        }
        for (int i = 1; i < bytes.length - 2; i++) {
            boolean hint = switch (bytes[i] | 0x20) {
                case 'k' -> follows(bytes, i, "ken"); // token
                case 'w' -> follows(bytes, i, "wt"); // jwt
                case 'j' -> bytes[i] == 'J' && bytes[i - 1] == 'y'; // eyJ
                case 's' -> follows(bytes, i, "ssion") || follows(bytes, i, "sid");
                case 'b' -> follows(bytes, i, "bearer");
                case 'h' -> follows(bytes, i, "horization"); // authorization
                default -> false;
            };
            if (hint) {
                return true;
            }
        }
        return false;
    }

    /** Gives {@code sink} each field in order. */
    static void read(Headers headers, Body body, BiConsumer<String, String> sink) {
        byte[] bytes = body.bytes();
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            return;
        }
        MediaType.Family family = MediaType.parse(headers.first("Content-Type")).family();
        boolean json = family == MediaType.Family.JSON || bytes[0] == '{' && family != MediaType.Family.FORM;
        if (json) {
            readJson(bytes, sink);
        } else if (family == MediaType.Family.FORM) {
            readForm(new String(bytes, StandardCharsets.UTF_8), sink);
        }
    }

    /** Gives {@code sink} each parameter of a query or form. */
    static void readForm(String form, BiConsumer<String, String> sink) {
        int start = 0;
        while (start < form.length()) {
            int ampersand = form.indexOf('&', start);
            int end = ampersand < 0 ? form.length() : ampersand;
            int equals = form.indexOf('=', start);
            if (equals > start && equals < end - 1) {
                sink.accept(plain(decoded(form.substring(start, equals))), decoded(form.substring(equals + 1, end)));
            }
            start = end + 1;
        }
    }

    private static boolean follows(byte[] bytes, int at, String lowerCase) {
        if (bytes.length - at < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((bytes[at + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void readJson(byte[] bytes, BiConsumer<String, String> sink) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    if (++depth > MAX_DEPTH) {
                        return;
                    }
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING && parser.currentName() != null) {
                    sink.accept(plain(parser.currentName()), parser.getString());
                }
            }
        } catch (JacksonException e) {
            // A body that breaks off or is no JSON has given what could be read of it; there is nobody to tell.
            return;
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
