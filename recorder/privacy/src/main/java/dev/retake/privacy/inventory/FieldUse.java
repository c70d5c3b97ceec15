package dev.retake.privacy.inventory;

/**
 * That a field of an operation carried values of a class.
 *
 * @param operation {@code METHOD /path/{id}} of the sanitized exchange
 * @param location the field: {@code request query:page}, {@code response body:/customer/email}; names that look like
 *     values are {@code *}
 * @param dataClass label of the class
 * @param rule name of the rule that said so, {@code detector} where the value's form did
 * @param count how many values, at least 1
 * @param firstSeen when the first was, microseconds since the epoch
 * @param lastSeen when the last was, microseconds since the epoch
 */
public record FieldUse(
        String operation, String location, String dataClass, String rule, long count, long firstSeen, long lastSeen) {
    /** What found a value that no rule named. */
    public static final String DETECTOR = "detector";

    /** Whether both say the same of the same field, however often and whenever. */
    public boolean isSame(FieldUse other) {
        return operation.equals(other.operation)
                && location.equals(other.location)
                && dataClass.equals(other.dataClass)
                && rule.equals(other.rule);
    }

    /** Both together. */
    FieldUse and(FieldUse other) {
        return new FieldUse(
                operation,
                location,
                dataClass,
                rule,
                count + other.count,
                Math.min(firstSeen, other.firstSeen),
                Math.max(lastSeen, other.lastSeen));
    }
}
