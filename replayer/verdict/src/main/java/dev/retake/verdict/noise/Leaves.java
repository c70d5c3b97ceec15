package dev.retake.verdict.noise;

import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The leaves of a document in order, each by its place. */
final class Leaves {
    private static final int MOST = 4_096;

    private Leaves() {}

    /**
     * One leaf.
     *
     * @param place JSON Pointer with array positions
     * @param field JSON Pointer with {@code *} for array positions
     * @param value JSON text
     */
    record Leaf(String place, String field, String value) {}

    /** At most 4,096 leaves. */
    static List<Leaf> of(Tree tree) {
        List<Leaf> leaves = new ArrayList<>();
        collect("", "", tree, leaves);
        return leaves;
    }

    private static void collect(String place, String field, Tree tree, List<Leaf> leaves) {
        if (leaves.size() >= MOST) {
            return;
        }
        if (tree instanceof Tree.Obj object && !object.fields().isEmpty()) {
            for (Map.Entry<String, Tree> entry : object.fields().entrySet()) {
                String segment = "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
                collect(place + segment, field + segment, entry.getValue(), leaves);
            }
        } else if (tree instanceof Tree.Arr array && !array.items().isEmpty()) {
            for (int i = 0; i < array.items().size(); i++) {
                collect(place + "/" + i, field + "/*", array.items().get(i), leaves);
            }
        } else {
            leaves.add(new Leaf(place, field.isEmpty() ? "body" : field, JsonText.of(tree)));
        }
    }
}
