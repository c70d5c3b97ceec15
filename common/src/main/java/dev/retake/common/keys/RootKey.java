package dev.retake.common.keys;

/**
 * The key that surrogates are derived from. Whoever has it can test guesses of real values, so it is production data: it
 * lives where capture and anonymizing run, and nowhere else.
 */
public final class RootKey {
    private final byte[] key;

    /** Takes a copy of {@code key}. */
    public RootKey(byte[] key) {
        if (key.length != Aead.KEY_BYTES) {
            throw new IllegalArgumentException("a root key has 32 bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** A key of {@code length} bytes for one purpose; the same purpose gives the same key everywhere. */
    public byte[] derive(String purpose, int length) {
        return Hkdf.derive(key, purpose, length);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "RootKey";
    }
}
