package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.DataClass;

/** Masks values where no root key is loaded, as in reports on what a target returned. */
public final class Redaction {
    private Redaction() {}

    /** {@code <email>}, {@code <phone>}; an empty value stays empty. */
    public static String mask(DataClass dataClass, String value) {
        return value.isEmpty() ? value : '<' + dataClass.label() + '>';
    }
}
