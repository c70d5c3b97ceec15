package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value with the surrogate that took its place: the one thing that leaves the sanitizer with something raw in it, for a
 * vault alone. It has no {@code toString} and no serializer, and an architecture test holds it between the sanitizer and
 * the vault. For one thread at a time.
 */
public final class ReplacedValue {
    private final DataClass dataClass;
    private final byte[] original;
    private final String surrogate;

    ReplacedValue(DataClass dataClass, String original, String surrogate) {
        this.dataClass = dataClass;
        this.original = original.getBytes(StandardCharsets.UTF_8);
        this.surrogate = surrogate;
    }

    public DataClass dataClass() {
        return dataClass;
    }

    /** In UTF-8; not copied, and zeros after {@link #wipe}. */
    public byte[] original() {
        return original;
    }

    public String surrogate() {
        return surrogate;
    }

    /** Overwrites the original. */
    public void wipe() {
        Arrays.fill(original, (byte) 0);
    }
}
