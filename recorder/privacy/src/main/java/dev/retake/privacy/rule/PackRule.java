package dev.retake.privacy.rule;

import java.util.EnumSet;

/**
 * A rule with the conditions under which it holds.
 *
 * @param places where it holds
 * @param with topics of which the nearest must be one, 0 for no such condition
 * @param without topics of which the nearest must be none
 */
record PackRule(FieldRule rule, EnumSet<Place> places, long with, long without) {
    boolean holds(Place place, long modifiers, FieldContext context) {
        if (!places.contains(place)) {
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
