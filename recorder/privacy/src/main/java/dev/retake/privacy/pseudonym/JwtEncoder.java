package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces JSON Web Tokens (RFC 7519) by ones that parse, whose claims are pseudonymized, whose header is marked, and
 * whose signature no key verifies.
 */
final class JwtEncoder {
    /** Stands first in the header of every surrogate. */
    private static final String MARK = "{\"retake\":\"surrogate\",";

    private static final String MARK_BASE64 =
            base64(MARK.getBytes(StandardCharsets.UTF_8)).substring(0, 28);

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;

    JwtEncoder(SurrogateKeys keys, ShapeEncoder shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    static boolean isSurrogate(String token) {
        return token.startsWith(MARK_BASE64);
    }

    /** @param claims rewrites the claims' JSON */
    String encode(String token, UnaryOperator<byte[]> claims) {
        if (isSurrogate(token)) {
            return token;
        }
        String[] parts = token.split("\\.", -1);
        byte[] header = object(parts[0]);
        if (header == null || parts.length < 3) {
            return shapes.encode(ShapeEncoder.Family.OPAQUE, token);
        }
        String rewritten = new String(claims.apply(header), StandardCharsets.UTF_8);
        String fields = rewritten.length() > 2 ? rewritten.substring(1) : "\"alg\":\"none\"}";
        StringBuilder out = new StringBuilder(base64((MARK + fields).getBytes(StandardCharsets.UTF_8)));
        Noise noise = new Noise(keys, Purpose.JWT, token);
        for (int i = 1; i < parts.length; i++) {
            byte[] payload = i == 1 && parts.length == 3 ? object(parts[1]) : null;
            out.append('.').append(payload == null ? random(parts[i], noise) : base64(claims.apply(payload)));
        }
        return out.toString();
    }

    /** As many random characters; what must never verify or decrypt. */
    private static String random(String part, Noise noise) {
        byte[] bytes = new byte[part.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) noise.below(256);
        }
        return base64(bytes).substring(0, part.length());
    }

    /** The JSON object that {@code part} encodes, null where it encodes none. */
    private static byte @Nullable [] object(String part) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(part);
            return json.length > 2 && json[0] == '{' && json[json.length - 1] == '}' ? json : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
