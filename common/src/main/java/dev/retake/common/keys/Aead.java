package dev.retake.common.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM (NIST SP 800-38D) under one key, with random nonces. Thread-safe.
 *
 * <pre>
 * sealed := nonce (12 bytes) ciphertext tag (16 bytes)
 * </pre>
 *
 * Random nonces keep the chance of a repetition below 2^-32 for 2^32 messages; a key serves one session or one period,
 * which is far below that.
 */
public final class Aead {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    /** By how many bytes a sealed message is longer than the plain one. */
    public static final int OVERHEAD_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SHARES = 256;
    private static final ThreadLocal<Cipher> OPENING = ThreadLocal.withInitial(Aead::cipher);

    /**
     * Ciphers that seal, each for a share of the keys: one that is asked for the key it had last keeps its key schedule,
     * which costs more than sealing a short message.
     */
    private static final ThreadLocal<@Nullable Cipher[]> SEALING = ThreadLocal.withInitial(() -> new Cipher[SHARES]);

    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final ThreadLocal<Randomness> RANDOM = ThreadLocal.withInitial(Randomness::new);

    private final SecretKeySpec key;
    private final int share = KEYS.getAndIncrement() & SHARES - 1;

    /** Takes a copy of {@code key}, which must have {@link #KEY_BYTES} bytes. */
    public Aead(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("an AES-256 key has 32 bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** A copy of its key, to make the same again from. */
    public byte[] key() {
        return key.getEncoded();
    }

    /** Seals {@code plain}, bound to {@code associated}, which must be given again to open it. */
    public byte[] seal(byte[] plain, byte[] associated) {
        return seal(plain, 0, plain.length, associated);
    }

    /** Seals a range of {@code plain}. */
    public byte[] seal(byte[] plain, int offset, int length, byte[] associated) {
        byte[] sealed = new byte[length + OVERHEAD_BYTES];
        seal(plain, offset, length, associated, sealed, 0);
        return sealed;
    }

    /** Seals a range of {@code plain} into {@code target} from {@code at} on: as many bytes more as the overhead. */
    public void seal(byte[] plain, int offset, int length, byte[] associated, byte[] target, int at) {
        RANDOM.get().next(target, at, NONCE_BYTES);
        try {
            Cipher cipher = sealing();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, target, at, NONCE_BYTES));
            cipher.updateAAD(associated);
            cipher.doFinal(plain, offset, length, target, at + NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to seal", e);
        }
    }

    private Cipher sealing() {
        @Nullable Cipher[] shares = SEALING.get();
        Cipher cipher = shares[share];
        if (cipher == null) {
            cipher = cipher();
            shares[share] = cipher;
        }
        return cipher;
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws SealBrokenException if it was changed, belongs elsewhere or was sealed under another key
     */
    public byte[] open(byte[] sealed, byte[] associated) throws SealBrokenException {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new SealBrokenException("too short to be sealed");
        }
        try {
            Cipher cipher = OPENING.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
            cipher.updateAAD(associated);
            return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException("the seal does not match");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to open", e);
        }
    }

    /** New key material. */
    public static byte[] newKey() {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        return fresh;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks AES-GCM", e);
        }
    }

    /** Takes randomness from the system in blocks: one call for many nonces. */
    private static final class Randomness {
        private final SecureRandom source = new SecureRandom();
        private final byte[] block = new byte[3_072];
        private int used = block.length;

        void next(byte[] target, int at, int length) {
            if (used + length > block.length) {
                source.nextBytes(block);
                used = 0;
            }
            System.arraycopy(block, used, target, at, length);
            used += length;
        }
    }
}
