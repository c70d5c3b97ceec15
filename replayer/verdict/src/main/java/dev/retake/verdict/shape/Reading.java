package dev.retake.verdict.shape;

import java.util.List;

/**
 * Why two values that differ may mean the same: if each renaming and each shift in time holds for the whole run.
 *
 * @param renames identifiers that would stand for one another
 * @param shifts times that would be the same moment of another day
 */
public record Reading(List<Rename> renames, List<Shift> shifts) {
    /** They mean the same without any condition. */
    public static final Reading SAME = new Reading(List.of(), List.of());

    /**
     * An identifier of the recording and the one that the target has in its place.
     *
     * @param space what kind of thing it names; equal texts in different spaces are different things. Empty where the
     *     text itself is unique enough
     * @param needsSupport it counts only if the same pair was seen where it is surely an identifier
     * @param strict the same identifier must stand for it throughout a session
     */
    public record Rename(String space, String before, String after, boolean needsSupport, boolean strict) {}

    /** A time of the recording and the one that the target has in its place. */
    public record Shift(TimeText before, TimeText after) {}

    static Reading of(Rename rename) {
        return new Reading(List.of(rename), List.of());
    }
}
