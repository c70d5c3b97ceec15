package dev.retake.privacy.policy;

import dev.retake.privacy.value.Field;

/**
 * That a policy decided on a value in a field: all that is kept of it.
 *
 * @param hash keyed hash of the value, for counting different ones
 * @param kept whether it stays
 */
public record LeftValue(Field field, long hash, ValueKind kind, boolean kept) {
    @Override
    public String toString() {
        return "LeftValue[" + kind + "]";
    }
}
