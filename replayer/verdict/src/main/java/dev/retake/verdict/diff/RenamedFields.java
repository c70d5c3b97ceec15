package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.tree.Tree;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Finds fields of an object that have gone and come back under another name. */
final class RenamedFields {
    private static final long PAIRS = 10_000;

    private RenamedFields() {}

    /** The new names of such fields. */
    static Map<String, String> find(Map<String, Tree> missing, Map<String, Tree> added) {
        Map<String, String> found = new LinkedHashMap<>();
        if ((long) missing.size() * added.size() > PAIRS) {
            return found;
        }
        Set<String> taken = new HashSet<>();
        for (Map.Entry<String, Tree> gone : missing.entrySet()) {
            String best = null;
            int bestScore = 0;
            for (Map.Entry<String, Tree> come : added.entrySet()) {
                int score = taken.contains(come.getKey()) ? 0 : score(gone, come);
                if (score > bestScore) {
                    best = come.getKey();
                    bestScore = score;
                }
            }
            if (best != null) {
                found.put(gone.getKey(), best);
                taken.add(best);
            }
        }
        return found;
    }

    private static int score(Map.Entry<String, Tree> gone, Map.Entry<String, Tree> come) {
        boolean named = sharesWord(FieldName.of(gone.getKey()), FieldName.of(come.getKey()));
        boolean same = LeafDiff.same(gone.getValue(), come.getValue());
        boolean alike = named
                && gone.getValue().type().equals(come.getValue().type())
                && (identify(gone, come) || Skeleton.of(gone.getValue()).equals(Skeleton.of(come.getValue())));
        if (same && named || alike) {
            return 3;
        }
        if (same && !isCommon(gone.getValue())) {
            return 2;
        }
        boolean joined = String.join("", FieldName.of(gone.getKey()).words())
                .equals(String.join("", FieldName.of(come.getKey()).words()));
        return joined ? 1 : 0;
    }

    private static boolean identify(Map.Entry<String, Tree> gone, Map.Entry<String, Tree> come) {
        return gone.getValue().isLeaf()
                && FieldName.of(gone.getKey()).identifies()
                && FieldName.of(come.getKey()).identifies();
    }

    private static boolean sharesWord(FieldName one, FieldName other) {
        return one.words().stream().anyMatch(other.words()::contains);
    }

    /** A value that many fields have by chance. */
    private static boolean isCommon(Tree value) {
        return value instanceof Tree.Null
                || value instanceof Tree.Bool
                || value instanceof Tree.Text text && text.value().length() < 2
                || value instanceof Tree.Num number
                        && number.integer()
                        && number.value().precision() < 2
                || value instanceof Tree.Arr array && array.items().isEmpty()
                || value instanceof Tree.Obj object && object.fields().isEmpty();
    }
}
