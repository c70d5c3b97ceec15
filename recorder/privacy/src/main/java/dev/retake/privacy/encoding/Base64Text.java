package dev.retake.privacy.encoding;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Text in base64 or base64url (RFC 4648 §4, §5), with the alphabet and padding that were found, so that it can be encoded
 * again in the same way.
 *
 * @param bytes the decoded bytes
 * @param urlSafe the alphabet with {@code -} and {@code _}
 * @param padded the encoding ended in {@code =}, or would have needed none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Base64Text(byte[] bytes, boolean urlSafe, boolean padded) {

    /** Whether {@code value} belongs to either alphabet; padding does not. */
    public static boolean isAlphabet(byte value) {
        return value >= 'a' && value <= 'z'
                || value >= 'A' && value <= 'Z'
                || value >= '0' && value <= '9'
                || value == '+'
                || value == '/'
                || value == '-'
                || value == '_';
    }

    /** Decodes {@code source[from, to)}; null where it is not base64. */
    public static @Nullable Base64Text decode(byte[] source, int from, int to) {
        int end = to;
        while (end > from && to - end < 2 && source[end - 1] == '=') {
            end--;
        }
        boolean urlSafe = false;
        boolean standard = false;
        for (int i = from; i < end; i++) {
            byte b = source[i];
            if (!isAlphabet(b)) {
                return null;
            }
            urlSafe |= b == '-' || b == '_';
            standard |= b == '+' || b == '/';
        }
        int length = end - from;
        boolean padded = end < to || length % 4 == 0;
        if (length == 0 || length % 4 == 1 || urlSafe && standard || end < to && (to - from) % 4 != 0) {
            return null;
        }
        byte[] digits = new byte[length];
        System.arraycopy(source, from, digits, 0, length);
        byte[] decoded = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(digits);
        return new Base64Text(decoded, urlSafe, padded);
    }

    /** {@code text} in the same alphabet and padding. */
    public byte[] encode(byte[] text) {
        Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
        return (padded ? encoder : encoder.withoutPadding()).encode(text);
    }

    /** Whether the decoded bytes are text: UTF-8 without control characters, of at least four characters. */
    public boolean isText() {
        return bytes.length >= 4 && Utf8.isText(bytes, 0, bytes.length);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Base64Text[" + bytes.length + " bytes]";
    }
}
