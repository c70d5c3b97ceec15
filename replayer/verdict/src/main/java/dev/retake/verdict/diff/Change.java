package dev.retake.verdict.diff;

import dev.retake.verdict.shape.Reading;
import dev.retake.verdict.tree.Tree;
import org.jspecify.annotations.Nullable;

/**
 * One place in which two responses differ.
 *
 * @param location as in CONTRACTS
 * @param before the recorded value, null where there is none
 * @param after the target's value, null where there is none
 * @param reading what would explain it, null where nothing in the two values does
 * @param firm the two values surely stand for one another; false where only their position in a list says so
 * @param owner what names the object that the value is part of, empty where nothing does
 * @param sayable the difference in words that the values do not say themselves; empty where they do
 */
public record Change(
        ChangeKind kind,
        String location,
        @Nullable Tree before,
        @Nullable Tree after,
        @Nullable Reading reading,
        boolean firm,
        String owner,
        String sayable) {

    static Change of(ChangeKind kind, String location, @Nullable Tree before, @Nullable Tree after, String sayable) {
        return new Change(kind, location, before, after, null, true, "", sayable);
    }
}
