package dev.retake.privacy.inventory;

/**
 * Where a rule or detector takes something in an exchange for a value, and why.
 *
 * @param location the field, as in {@link FieldUse#location()}
 * @param dataClass label of the class
 * @param rule name of the rule, {@link FieldUse#DETECTOR} where the value's form says it
 * @param action what the rule does, {@code pseudonymize} for a detector
 * @param evidence what the value must show for the rule to hold, {@code form} for a detector
 * @param shape the value with {@code A}, {@code a} and {@code 9} for its letters and digits, at most 40 characters
 * @param surrogate whether it is a surrogate of a reserved class, which belongs to nobody
 */
public record ExplainedValue(
        String location,
        String dataClass,
        String rule,
        String action,
        String evidence,
        String shape,
        boolean surrogate) {}
