package dev.retake.privacy.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value that its field gave away, and what replaced it. Immutable; equal where the values are. */
final class Lesson {
    private final byte[] value;
    private final byte[] surrogate;
    private final boolean lasting;
    private final int hash;

    /** @param lasting whether its session may be expected to show the value again, where nothing gives it away */
    Lesson(String value, String surrogate, boolean lasting) {
        this(value.getBytes(StandardCharsets.UTF_8), surrogate.getBytes(StandardCharsets.UTF_8), lasting);
    }

    /** Takes the arrays over. */
    Lesson(byte[] value, byte[] surrogate, boolean lasting) {
        this.value = value;
        this.surrogate = surrogate;
        this.lasting = lasting;
        this.hash = Arrays.hashCode(this.value);
    }

    boolean isLasting() {
        return lasting;
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
