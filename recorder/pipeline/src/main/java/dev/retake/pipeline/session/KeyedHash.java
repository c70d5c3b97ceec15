package dev.retake.pipeline.session;

import dev.retake.common.keys.HmacSha256;
import dev.retake.common.keys.RootKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Turns identities into keys: HMAC-SHA-256 under a key of its own from the root key, cut to 128 bits. For one thread. */
final class KeyedHash {
    private final HmacSha256 hmac;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(256);

    KeyedHash(RootKey root) {
        hmac = new HmacSha256(root.derive("retake session identity", 32));
    }

    /** The key of {@code parts} under {@code kind}; kinds and part boundaries never collide. */
    IdentityKey of(String kind, String... parts) {
        text.reset();
        add(kind);
        for (String part : parts) {
            add(part);
        }
        ByteBuffer hash = ByteBuffer.wrap(hmac.of(text.toByteArray()));
        return new IdentityKey(hash.getLong(), hash.getLong());
    }

    private void add(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            text.write(bytes.length >>> shift);
        }
        text.write(bytes, 0, bytes.length);
    }
}
