package dev.retake.privacy.rule;

import dev.retake.privacy.detect.DataClass;
import java.util.EnumSet;

/**
 * A rule with the conditions under which it holds.
 *
 * @param places where it holds
 * @param with topics of which the nearest must be one, 0 for no such condition
 * @param without topics of which the nearest must be none
 * @param in topics of which the object around must have one, while the name says nothing more; 0 for no such condition
 * @param beside kinds of company of which one must stand beside the field, while the name says nothing more; 0 for no
 *     such condition
 * @param apart kinds of company of which none may stand beside it
 * @param envelope the topic of objects that only wrap others
 */
record PackRule(
        FieldRule rule,
        EnumSet<Place> places,
        long with,
        long without,
        long in,
        long beside,
        long apart,
        long envelope) {
    /** Whether it is about names of people, and the names around say that something else is named. */
    boolean isOfThing(long modifiers, FieldContext context) {
        if (rule.dataClass() != DataClass.PERSON_NAME || with != 0 || without == 0) {
            return false;
        }
        long nearest = modifiers & without;
        return nearest != 0 || context.nearest(without) != 0;
    }

    /**
     * Whether it holds for a name that it was found for.
     *
     * @param whole whether the name has no other words
     * @param modifiers the topic of the nearest word before the rule's own
     */
    boolean holds(Place place, boolean whole, long modifiers, FieldContext context) {
        boolean wanted = whole || in == 0 && beside == 0;
        if (!places.contains(place) || !wanted || in != 0 && (context.object(envelope) & in) == 0) {
            return false;
        }
        long asked = with | without;
        if (asked == 0) {
            return true;
        }
        long nearest = modifiers & asked;
        if (nearest == 0) {
            nearest = context.nearest(asked);
        }
        return (nearest & without) == 0 && (with == 0 || (nearest & with) != 0);
    }
}
