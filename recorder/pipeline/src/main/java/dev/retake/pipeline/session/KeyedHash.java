package dev.retake.pipeline.session;

import dev.retake.common.keys.RootKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Turns identities into keys: HMAC-SHA-256 under a key of its own from the root key, cut to 128 bits. For one thread. */
final class KeyedHash {
    private final Mac mac;

    KeyedHash(RootKey root) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(root.derive("retake session identity", 32), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    /** The key of {@code parts} under {@code kind}; kinds and part boundaries never collide. */
    IdentityKey of(String kind, String... parts) {
        update(kind);
        for (String part : parts) {
            update(part);
        }
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal());
        return new IdentityKey(hash.getLong(), hash.getLong());
    }

    private void update(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            mac.update((byte) (bytes.length >>> shift));
        }
        mac.update(bytes);
    }
}
