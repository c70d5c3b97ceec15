package dev.retake.replay.correlate;

import dev.retake.replay.message.Encoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text inside a text, in an encoding of its own. */
enum Wrapping {
    /** The claims of a JWT (RFC 7519), its header and signature kept: nobody can sign anew what a client signed. */
    JWT("jwt") {
        @Override
        @Nullable
        String unwrap(String outer) {
            if (!outer.startsWith("eyJ")) {
                return null;
            }
            String[] parts = outer.split("\\.", -1);
            return parts.length == 3 ? BASE64URL.unwrap(parts[1]) : null;
        }

        @Override
        String wrap(String inner, String before) {
            String[] parts = before.split("\\.", -1);
            return parts[0] + "." + BASE64URL.wrap(inner, parts[1]) + "." + parts[2];
        }
    },
    /** RFC 4648 §4. */
    BASE64("base64") {
        @Override
        @Nullable
        String unwrap(String outer) {
            return STANDARD.matcher(outer).matches() && outer.length() >= MIN_LENGTH
                    ? text(Base64.getDecoder(), outer)
                    : null;
        }

        @Override
        String wrap(String inner, String before) {
            return encode(Base64.getEncoder(), inner, before.endsWith("=") || before.length() % 4 == 0);
        }
    },
    /** RFC 4648 §5. */
    BASE64URL("base64url") {
        @Override
        @Nullable
        String unwrap(String outer) {
            return URL_SAFE.matcher(outer).matches() && outer.length() >= MIN_LENGTH
                    ? text(Base64.getUrlDecoder(), outer)
                    : null;
        }

        @Override
        String wrap(String inner, String before) {
            return encode(Base64.getUrlEncoder(), inner, before.endsWith("="));
        }
    },
    /** Percent escapes within a value that was unescaped once already. */
    PERCENT("percent") {
        @Override
        @Nullable
        String unwrap(String outer) {
            String inner = ESCAPE.matcher(outer).find() ? Encoding.percentDecoded(outer, false) : outer;
            return inner.equals(outer) ? null : inner;
        }

        @Override
        String wrap(String inner, String before) {
            return Encoding.percentEncoded(inner, before);
        }
    };

    private static final int MIN_LENGTH = 12;
    private static final Pattern STANDARD = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    private static final Pattern URL_SAFE = Pattern.compile("[A-Za-z0-9_-]+={0,2}");
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private final String label;

    Wrapping(String label) {
        this.label = label;
    }

    /** Its name in the list of bindings. */
    String label() {
        return label;
    }

    /** The text in {@code outer}, null where this is not how it is wrapped. */
    abstract @Nullable String unwrap(String outer);

    /** {@code inner} wrapped in the style of {@code before}. */
    abstract String wrap(String inner, String before);

    private static @Nullable String text(Base64.Decoder decoder, String outer) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoder.decode(outer)))
                    .toString();
            return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\t' || c == '\r') ? text : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    private static String encode(Base64.Encoder encoder, String inner, boolean padded) {
        byte[] bytes = inner.getBytes(StandardCharsets.UTF_8);
        return (padded ? encoder : encoder.withoutPadding()).encodeToString(bytes);
    }
}
