package dev.retake.common.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HMAC-SHA-256 (RFC 2104) under one key. Both digests are kept with the key's block already in them, so that a short text
 * costs two compressions where {@code javax.crypto.Mac} takes four. Thread-safe.
 */
public final class HmacSha256 {
    private static final int BLOCK = 64;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /**
     * The code under {@code key}.
     *
     * @param key at most 64 bytes; not kept
     */
    public HmacSha256(byte[] key) {
        if (key.length > BLOCK) {
            throw new IllegalArgumentException("a key has at most " + BLOCK + " bytes, not " + key.length);
        }
        inner = keyed(key, 0x36);
        outer = keyed(key, 0x5c);
    }

    /** The code of {@code text}: 32 bytes. */
    public byte[] of(byte[] text) {
        MessageDigest hash = copy(inner);
        hash.update(text);
        byte[] digest = hash.digest();
        MessageDigest over = copy(outer);
        over.update(digest);
        return over.digest();
    }

    private static MessageDigest keyed(byte[] key, int pad) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(key, 0, block, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(block);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java runtime has a SHA-256 that cannot be copied", e);
        }
    }
}
