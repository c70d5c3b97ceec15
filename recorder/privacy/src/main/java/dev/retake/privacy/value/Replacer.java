package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.rule.Action;
import org.jspecify.annotations.Nullable;

/** Decides what stands in place of a value that was found. */
public interface Replacer {
    /** What {@code action} makes of {@code value}; null where its field is to be dropped. */
    @Nullable
    String apply(Action action, DataClass dataClass, String value);

    /** The same for a number as JSON writes it; the result is a JSON value. */
    @Nullable
    String applyNumber(Action action, DataClass dataClass, String number);
}
