package dev.retake.replay.message;

import dev.retake.common.exchange.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body as characters, such that bytes which nobody changes come back as they were: by its declared charset or UTF-8
 * where the bytes are valid in it, else one character for each byte.
 *
 * @param text the characters
 * @param charset how they become bytes again; null for one character for each byte
 */
record BodyText(String text, @Nullable Charset charset) {

    static BodyText of(byte[] bytes, MediaType type) {
        Charset declared = charset(type);
        String strict = strictly(bytes, declared);
        if (strict != null) {
            return new BodyText(strict, declared);
        }
        return new BodyText(new String(bytes, StandardCharsets.ISO_8859_1), null);
    }

    /** The bytes of {@code changed}, which is {@link #text} with some values replaced. */
    byte[] bytes(String changed) {
        return changed.getBytes(charset == null ? StandardCharsets.ISO_8859_1 : charset);
    }

    /** {@code value} as it is to be written into this text: as UTF-8 where characters stand for bytes. */
    String insertable(String value) {
        return charset == null
                ? new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                : value;
    }

    private static Charset charset(MediaType type) {
        if (type.charset() == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset declared = Charset.forName(type.charset());
            return declared.canEncode() ? declared : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static @Nullable String strictly(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // Stateful charsets may decode to text that encodes otherwise; such a body is kept as bytes.
            return charset.equals(StandardCharsets.UTF_8) || Arrays.equals(text.getBytes(charset), bytes) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
