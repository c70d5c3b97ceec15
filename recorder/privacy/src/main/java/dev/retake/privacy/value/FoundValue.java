package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.rule.FieldRule;
import org.jspecify.annotations.Nullable;

/**
 * That a value of a class was replaced in a field: all that is kept of it.
 *
 * @param rule what said so; null where a detector found it by its form
 */
public record FoundValue(
        Field field, DataClass dataClass, @Nullable FieldRule rule) {
    @Override
    public String toString() {
        return "FoundValue[" + dataClass + "]";
    }
}
