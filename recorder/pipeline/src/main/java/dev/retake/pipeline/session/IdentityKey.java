package dev.retake.pipeline.session;

import java.nio.charset.StandardCharsets;

/** 128 bits of a keyed hash in place of an identity; what was hashed is never kept. */
record IdentityKey(long high, long low) {
    String hex() {
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
