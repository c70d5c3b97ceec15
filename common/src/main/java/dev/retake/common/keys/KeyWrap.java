package dev.retake.common.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * Wraps a key for whoever holds an X25519 private key (RFC 7748), so that who wraps it cannot unwrap what others wrapped.
 * In the spirit of HPKE's base mode (RFC 9180), and not it:
 *
 * <pre>
 * wrapped := ephemeral public key (32 bytes) AES-256-GCM(k, the key; associated)   nonce and tag as {@link Aead} has them
 * k := HKDF-SHA-256(salt empty, ikm = X25519(ephemeral, recipient) ephemeral recipient, info "retake key wrap 1")
 * </pre>
 *
 * The ephemeral pair is new for each key. A public key of small order is refused by the Java runtime.
 */
public final class KeyWrap {
    /** Bytes of a wrapped key of 32 bytes. */
    public static final int WRAPPED_BYTES = 32 + Aead.KEY_BYTES + Aead.OVERHEAD_BYTES;

    private static final String CURVE = "X25519";
    private static final String INFO = "retake key wrap 1";
    private static final int POINT_BYTES = 32;

    private KeyWrap() {}

    /** A new pair. */
    public static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance(CURVE).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    /** {@code key}, 32 bytes, for the holder of the private half of {@code recipient}. */
    public static byte[] wrap(PublicKey recipient, byte[] key, byte[] associated) {
        KeyPair ephemeral = newPair();
        byte[] point = point(ephemeral.getPublic());
        try {
            byte[] sealed = aead(ephemeral.getPrivate(), recipient, point, point(recipient))
                    .seal(key, associated);
            return ByteBuffer.allocate(point.length + sealed.length)
                    .put(point)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw lacking(e);
        }
    }

    /**
     * The key that {@link #wrap} wrapped.
     *
     * @throws SealBrokenException if it was changed, moved or wrapped for another pair
     */
    public static byte[] unwrap(KeyPair recipient, byte[] wrapped, byte[] associated) throws SealBrokenException {
        if (wrapped.length < POINT_BYTES + Aead.OVERHEAD_BYTES) {
            throw new SealBrokenException("too short to be a wrapped key");
        }
        byte[] point = Arrays.copyOf(wrapped, POINT_BYTES);
        byte[] sealed = Arrays.copyOfRange(wrapped, POINT_BYTES, wrapped.length);
        try {
            // The encoding of every public key of this curve begins as that of another.
            byte[] encoded = recipient.getPublic().getEncoded();
            System.arraycopy(point, 0, encoded, encoded.length - POINT_BYTES, POINT_BYTES);
            PublicKey ephemeral = KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(encoded));
            return aead(recipient.getPrivate(), ephemeral, point, point(recipient.getPublic()))
                    .open(sealed, associated);
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException("no point of the curve");
        }
    }

    private static Aead aead(PrivateKey own, PublicKey other, byte[] ephemeral, byte[] recipient)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(own);
        agreement.doPhase(other, true);
        byte[] shared = agreement.generateSecret();
        byte[] material = ByteBuffer.allocate(shared.length + ephemeral.length + recipient.length)
                .put(shared)
                .put(ephemeral)
                .put(recipient)
                .array();
        byte[] key = Hkdf.derive(material, new byte[0], INFO.getBytes(StandardCharsets.UTF_8), Aead.KEY_BYTES);
        try {
            return new Aead(key);
        } finally {
            Arrays.fill(shared, (byte) 0);
            Arrays.fill(material, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The 32 bytes of a public key, little-endian, as RFC 7748 writes it. */
    private static byte[] point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
    }

    private static IllegalStateException lacking(GeneralSecurityException e) {
        return new IllegalStateException("this Java runtime lacks X25519, or the public key is of small order", e);
    }
}
