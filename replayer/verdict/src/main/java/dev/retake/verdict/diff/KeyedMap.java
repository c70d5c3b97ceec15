package dev.retake.verdict.diff;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.verdict.tree.Tree;

/** Tells an object whose keys are identifiers, a map, from one whose keys are names of fields. */
final class KeyedMap {
    private KeyedMap() {}

    static boolean isKeyedByIds(Tree.Obj before, Tree.Obj after) {
        return !before.fields().isEmpty()
                && !after.fields().isEmpty()
                && allIds(before)
                && allIds(after)
                && !before.fields().keySet().equals(after.fields().keySet());
    }

    private static boolean allIds(Tree.Obj object) {
        return object.fields().keySet().stream().allMatch(PathTemplate::looksLikeId);
    }
}
