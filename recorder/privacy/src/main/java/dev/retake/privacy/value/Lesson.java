package dev.retake.privacy.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value that its field gave away, and what replaced it. Immutable; equal where the values are. */
final class Lesson {
    private final byte[] value;
    private final byte[] surrogate;
    private final int hash;

    Lesson(String value, String surrogate) {
        this(value.getBytes(StandardCharsets.UTF_8), surrogate.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the arrays over. */
    Lesson(byte[] value, byte[] surrogate) {
        this.value = value;
        this.surrogate = surrogate;
        this.hash = Arrays.hashCode(this.value);
    }

    /** Not copied: treat as read-only. */
    byte[] value() {
        return value;
    }

    /** Not copied: treat as read-only. */
    byte[] surrogate() {
        return surrogate;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lesson that && hash == that.hash && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
