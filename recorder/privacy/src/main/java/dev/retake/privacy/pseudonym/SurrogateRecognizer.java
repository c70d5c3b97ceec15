package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.DataClass;
import org.jspecify.annotations.Nullable;

/** Tells our own surrogates of {@code reserved} classes from other values, without any key. */
public final class SurrogateRecognizer {
    private SurrogateRecognizer() {}

    /** The class whose surrogate {@code value} is, null where it is none of a reserved class. */
    public static @Nullable DataClass classOf(String value) {
        return null;
    }
}
