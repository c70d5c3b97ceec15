package dev.retake.common.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869): keys for separate purposes from one key. */
public final class Hkdf {
    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    /**
     * Extract with an empty salt, then expand.
     *
     * @param key input keying material, any length
     * @param info what the result is for; different purposes give independent keys
     * @param length bytes wanted, 1 to 8,160
     */
    public static byte[] derive(byte[] key, String info, int length) {
        return derive(key, new byte[HASH_BYTES], info.getBytes(StandardCharsets.UTF_8), length);
    }

    static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > 255 * HASH_BYTES) {
            throw new IllegalArgumentException("length must be 1 to 8160 bytes, not " + length);
        }
        byte[] pseudorandomKey = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, key);
        byte[] output = new byte[length];
        byte[] block = {};
        int filled = 0;
        for (byte counter = 1; filled < length; counter++) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = counter;
            block = hmac(pseudorandomKey, input);
            int taken = Math.min(block.length, length - filled);
            System.arraycopy(block, 0, output, filled, taken);
            filled += taken;
        }
        return output;
    }

    /** HMAC-SHA-256 (RFC 2104) of {@code data}. */
    public static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }
}
