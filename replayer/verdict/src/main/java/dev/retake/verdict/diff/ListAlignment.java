package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which items of two lists stand for one another: by a field that identifies them, else by what else is in
 * them, else by position.
 */
final class ListAlignment {
    private static final double LIKE = 0.3;
    private static final int MANY = 6;
    private static final int LONG_TEXT = 8;

    private final Map<String, String> known;

    ListAlignment(Map<String, String> known) {
        this.known = known;
    }

    /**
     * Two items that stand for one another.
     *
     * @param firm more than their position says so
     */
    record Pair(Tree before, Tree after, boolean firm) {}

    /**
     * @param missing recorded items without counterpart
     * @param added items of the target without counterpart
     * @param reordered null where the pairs are in order; else the field by which the recorded list alone was sorted,
     *     empty where it was by none
     */
    record Aligned(
            List<Pair> pairs,
            List<Tree> missing,
            List<Tree> added,
            @Nullable String reordered) {}

    Aligned align(List<Tree> before, List<Tree> after) {
        boolean objects = !before.isEmpty()
                && !after.isEmpty()
                && before.stream().allMatch(Tree.Obj.class::isInstance)
                && after.stream().allMatch(Tree.Obj.class::isInstance);
        if (objects) {
            String key = identifyingField(before, after);
            if (key != null) {
                List<String> right =
                        after.stream().map(item -> scalar(item, key)).toList();
                Set<String> there = new HashSet<>(right);
                List<String> left =
                        before.stream().map(item -> image(item, key, there)).toList();
                return byEqual(before, after, left, right, true);
            }
        }
        List<String> left = before.stream().map(this::skeleton).toList();
        List<String> right = after.stream().map(this::skeleton).toList();
        boolean permuted = before.size() == after.size()
                && before.size() > 1
                && !left.equals(right)
                && Sequences.equal(left, right).size() == before.size();
        if (permuted) {
            return byEqual(before, after, left, right, new HashSet<>(left).size() == left.size());
        }
        return byContent(before, after, left, right);
    }

    private String skeleton(Tree item) {
        if (item instanceof Tree.Text text) {
            String image = known.get(text.value());
            return "\"" + (image == null ? text.value() : image) + "\"";
        }
        return Skeleton.of(item);
    }

    /** Pairs items of equal keys wherever they stand. */
    private static Aligned byEqual(
            List<Tree> before, List<Tree> after, List<String> left, List<String> right, boolean firm) {
        List<Pair> pairs = new ArrayList<>();
        BitSet usedBefore = new BitSet();
        BitSet usedAfter = new BitSet();
        int last = -1;
        boolean inOrder = true;
        for (int[] pair : Sequences.equal(left, right)) {
            pairs.add(new Pair(before.get(pair[0]), after.get(pair[1]), firm));
            usedBefore.set(pair[0]);
            usedAfter.set(pair[1]);
            inOrder &= pair[1] > last;
            last = pair[1];
        }
        List<Tree> missing = unused(before, usedBefore);
        List<Tree> added = unused(after, usedAfter);
        boolean replaced = !missing.isEmpty() && missing.size() == added.size();
        String sortedBy = inOrder && !replaced ? null : onlySortedBefore(before, after);
        if (replaced && sortedBy != null) {
            return new Aligned(pairs, List.of(), List.of(), sortedBy);
        }
        if (replaced) {
            pairWhatIsLike(pairs, missing, added);
        }
        return new Aligned(pairs, missing, added, inOrder ? null : sortedBy == null ? "" : sortedBy);
    }

    /** What has no counterpart by its key has one by its content, if the target gave it another key. */
    private static void pairWhatIsLike(List<Pair> pairs, List<Tree> missing, List<Tree> added) {
        for (int i = missing.size() - 1; i >= 0; i--) {
            if (Skeleton.likeness(missing.get(i), added.get(i)) >= 0.5) {
                pairs.add(new Pair(missing.remove(i), added.remove(i), false));
            }
        }
    }

    private static Aligned byContent(List<Tree> before, List<Tree> after, List<String> left, List<String> right) {
        List<Pair> pairs = new ArrayList<>();
        List<Tree> missing = new ArrayList<>();
        List<Tree> added = new ArrayList<>();
        boolean distinct = new HashSet<>(left).size() == left.size();
        int i = 0;
        int j = 0;
        List<int[]> common = new ArrayList<>(Sequences.common(left, right));
        common.add(new int[] {before.size(), after.size()});
        for (int[] next : common) {
            gap(before.subList(i, next[0]), after.subList(j, next[1]), pairs, missing, added);
            if (next[0] < before.size()) {
                boolean single = before.size() == 1 && after.size() == 1;
                pairs.add(new Pair(before.get(next[0]), after.get(next[1]), distinct || single));
            }
            i = next[0] + 1;
            j = next[1] + 1;
        }
        boolean replaced = missing.size() == before.size() && added.size() == after.size() && !missing.isEmpty();
        String sortedBy = replaced ? onlySortedBefore(before, after) : null;
        return sortedBy == null
                ? new Aligned(pairs, missing, added, null)
                : new Aligned(pairs, List.of(), List.of(), sortedBy);
    }

    private static void gap(
            List<Tree> before, List<Tree> after, List<Pair> pairs, List<Tree> missing, List<Tree> added) {
        boolean paired = before.size() == after.size();
        if (paired && before.size() > 1) {
            double likeness = 0;
            for (int i = 0; i < before.size(); i++) {
                likeness += Skeleton.likeness(before.get(i), after.get(i));
            }
            paired = likeness / before.size() >= LIKE;
        }
        if (!paired) {
            missing.addAll(before);
            added.addAll(after);
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            pairs.add(new Pair(before.get(i), after.get(i), before.size() == 1));
        }
    }

    private static List<Tree> unused(List<Tree> items, BitSet used) {
        List<Tree> left = new ArrayList<>();
        for (int i = used.nextClearBit(0); i < items.size(); i = used.nextClearBit(i + 1)) {
            left.add(items.get(i));
        }
        return left;
    }

    /**
     * The field whose values tell the items of each list apart and of which most are in both, null where none is. Any
     * field will do whose values are all in both; of an identifier half of them are enough.
     */
    private @Nullable String identifyingField(List<Tree> before, List<Tree> after) {
        Set<String> keys = ((Tree.Obj) before.get(0)).fields().keySet();
        int fewer = Math.min(before.size(), after.size());
        String best = null;
        int most = 0;
        for (String key : keys) {
            int shared = FieldName.of(key).isKey() ? shared(key, before, after) : 0;
            if (shared > most) {
                best = key;
                most = shared;
            }
        }
        if (most * 2 >= fewer) {
            return best;
        }
        return keys.stream()
                .filter(key -> shared(key, before, after) == fewer)
                .findFirst()
                .orElse(null);
    }

    /** How many values of the field are in both lists; 0 where it does not tell the items apart. */
    private int shared(String key, List<Tree> before, List<Tree> after) {
        Set<String> right = new HashSet<>();
        for (Tree item : after) {
            String value = scalar(item, key);
            if (value.isEmpty() || !right.add(value)) {
                return 0;
            }
        }
        Set<String> left = new HashSet<>();
        for (Tree item : before) {
            String value = image(item, key, right);
            if (value.isEmpty() || !left.add(value)) {
                return 0;
            }
        }
        left.retainAll(right);
        return left.size();
    }

    /** The recorded item's key as the target has it; what the target has unchanged is not renamed. */
    private String image(Tree item, String key, Set<String> there) {
        String value = scalar(item, key);
        // A long text that the session knows as an identifier is one, whatever its field is called.
        boolean id = value.startsWith("s") && value.length() > LONG_TEXT
                || !value.isEmpty() && FieldName.of(key).identifies();
        String image = id && !there.contains(value) ? known.get(value.substring(1)) : null;
        return image == null ? value : value.charAt(0) + image;
    }

    /** The value of a field as a text that begins with its type; empty where it is no text or number. */
    private static String scalar(Tree item, String key) {
        Tree value = item instanceof Tree.Obj object ? object.fields().get(key) : null;
        if (value instanceof Tree.Obj element) {
            value = element.fields().get("#text"); // of XML, with attributes
        }
        if (value instanceof Tree.Text text) {
            return "s" + text.value();
        }
        return value instanceof Tree.Num number && number.integer() ? "n" + number.value() : "";
    }

    /**
     * A field by which the one list is sorted and the other is not, preferring what no identifier is; else null. Of few items
     * with identifiers drawn at random two in {@code n!} are sorted by chance.
     */
    private static @Nullable String onlySortedBefore(List<Tree> before, List<Tree> after) {
        if (before.size() < 3 || !(before.get(0) instanceof Tree.Obj first)) {
            return null;
        }
        String found = null;
        for (String key : first.fields().keySet()) {
            if (sorted(before, key) && !sorted(after, key)) {
                if (!FieldName.of(key).identifies()) {
                    return key;
                }
                boolean chance =
                        before.size() < MANY && scalar(before.get(0), key).startsWith("s");
                found = chance ? found : key;
            }
        }
        return found;
    }

    private static boolean sorted(List<Tree> items, String key) {
        int direction = 0;
        for (int i = 1; i < items.size(); i++) {
            Integer compared = compare(items.get(i - 1), items.get(i), key);
            if (compared == null || compared * direction < 0) {
                return false;
            }
            direction = direction == 0 ? Integer.signum(compared) : direction;
        }
        return direction != 0;
    }

    private static @Nullable Integer compare(Tree one, Tree other, String key) {
        Tree a = one instanceof Tree.Obj object ? object.fields().get(key) : null;
        Tree b = other instanceof Tree.Obj object ? object.fields().get(key) : null;
        if (a instanceof Tree.Num x && b instanceof Tree.Num y) {
            BigDecimal left = x.value();
            return left.compareTo(y.value());
        }
        return a instanceof Tree.Text x && b instanceof Tree.Text y
                ? (Integer) x.value().compareTo(y.value())
                : null;
    }
}
