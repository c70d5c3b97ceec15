package dev.retake.pipeline.session;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** 128 bits of a keyed hash in place of an identity; what was hashed is never kept. */
record IdentityKey(long high, long low) {
    String hex() {
        return hex(high, low);
    }

    /** The key that {@link #hex} writes as {@code hex}, null where it writes none so. */
    static @Nullable IdentityKey ofHex(String hex) {
        if (hex.length() != 32) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 32; i++) {
            int digit = Character.digit(hex.charAt(i), 16);
            if (digit < 0) {
                return null;
            }
            high = high << 4 | low >>> 60;
            low = low << 4 | digit;
        }
        return new IdentityKey(high, low);
    }

    static String hex(long high, long low) {
        byte[] digits = new byte[32];
        for (int i = 0; i < 16; i++) {
            digits[i] = digit(high >>> 60 - 4 * i);
            digits[16 + i] = digit(low >>> 60 - 4 * i);
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static byte digit(long nibble) {
        int value = (int) nibble & 0xf;
        return (byte) (value < 10 ? '0' + value : 'a' + value - 10);
    }
}
