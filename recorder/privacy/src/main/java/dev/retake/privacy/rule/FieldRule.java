package dev.retake.privacy.rule;

import dev.retake.privacy.detect.DataClass;

/**
 * What is done with the value of a field.
 *
 * @param name of the rule in its pack, for explanations
 * @param dataClass what the field holds by its name; a value that has the form of another class (an e-mail as user name)
 *     is of that class, see {@code Detectors.refine}
 * @param evidence what the value must show for the rule to hold
 */
public record FieldRule(String name, DataClass dataClass, Action action, Evidence evidence) {
    /**
     * Whether the rule holds for this value; a value that it does not hold for is left to the detectors.
     *
     * @param value decoded text of the value, or the number as it is written
     */
    public boolean accepts(CharSequence value) {
        return evidence.holds(value);
    }
}
