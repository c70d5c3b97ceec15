package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;

/** Makes what only the sanitizer makes elsewhere. */
public final class Replaced {
    private Replaced() {}

    public static ReplacedValue value(DataClass dataClass, String original, String surrogate) {
        return new ReplacedValue(dataClass, original, surrogate);
    }
}
