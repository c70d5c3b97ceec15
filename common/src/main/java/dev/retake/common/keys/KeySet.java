package dev.retake.common.keys;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a deployment: the root key, seal keys by number, and the key of body digests. Immutable; shows no key in
 * {@link #toString()}.
 */
public final class KeySet {
    private final @Nullable RootKey root;
    private final NavigableMap<Integer, byte[]> sealKeys;
    private final byte[] digestKey;

    KeySet(@Nullable RootKey root, NavigableMap<Integer, byte[]> sealKeys, byte[] digestKey) {
        if (sealKeys.isEmpty()) {
            throw new IllegalArgumentException("a key set has at least one seal key");
        }
        this.root = root;
        this.sealKeys = new TreeMap<>(sealKeys);
        this.digestKey = digestKey.clone();
    }

    /** The root key, null where the file has none or was opened for reading only. */
    public @Nullable RootKey root() {
        return root;
    }

    /** Number of the seal key that new material is sealed under: the highest. */
    public int currentSealKey() {
        return sealKeys.lastKey();
    }

    /** The seal key numbered {@code number}, null where this set has none. */
    public @Nullable Aead sealKey(int number) {
        byte[] key = sealKeys.get(number);
        return key == null ? null : new Aead(key);
    }

    /**
     * A key for {@code purpose} from the seal key numbered {@code number}, null where this set has no such seal key. For
     * keyed hashes that readers of a journal must be able to compute.
     */
    public byte @Nullable [] deriveFromSealKey(int number, String purpose) {
        byte[] key = sealKeys.get(number);
        return key == null ? null : Hkdf.derive(key, purpose, Aead.KEY_BYTES);
    }

    /** Keyed digest of {@code length} bytes of {@code body}: HMAC-SHA-256, 32 bytes. */
    public byte[] digest(byte[] body, int length) {
        return BodyDigest.of(digestKey, body, length);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "KeySet" + sealKeys.keySet();
    }
}
