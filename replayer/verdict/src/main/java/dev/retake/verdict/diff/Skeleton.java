package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.TextPair;
import dev.retake.verdict.tree.Tree;
import java.util.Map;
import java.util.TreeMap;

/** What of a value would be the same in another run: identifiers and times by their shape, the rest as it is. */
final class Skeleton {
    private Skeleton() {}

    /** A text by which two values can be recognised as the same but for identifiers and times. */
    static String of(Tree tree) {
        StringBuilder out = new StringBuilder();
        write(tree, FieldName.of(""), out);
        return out.toString();
    }

    private static void write(Tree tree, FieldName name, StringBuilder out) {
        if (tree instanceof Tree.Obj object) {
            out.append('{');
            for (Map.Entry<String, Tree> field : new TreeMap<>(object.fields()).entrySet()) {
                out.append(field.getKey()).append(':');
                write(field.getValue(), FieldName.under(name.joined(), field.getKey()), out);
                out.append(',');
            }
            out.append('}');
        } else if (tree instanceof Tree.Arr array) {
            out.append('[');
            array.items().forEach(item -> {
                write(item, name, out);
                out.append(',');
            });
            out.append(']');
        } else if (tree instanceof Tree.Num number) {
            boolean shaped = name.identifiesByNumber() || name.tellsTime() || name.isVolatile();
            out.append(shaped ? "#" : number.value().stripTrailingZeros().toString());
        } else if (tree instanceof Tree.Text text) {
            out.append('"').append(TextPair.skeleton(text.value(), name)).append('"');
        } else {
            out.append(tree);
        }
    }

    /**
     * How much of two objects is the same, 0 to 1, identifiers and times left out; 1 where nothing else is in them.
     */
    static double likeness(Tree before, Tree after) {
        if (!(before instanceof Tree.Obj a) || !(after instanceof Tree.Obj b)) {
            return before.type().equals(after.type()) ? 1 : 0;
        }
        int comparable = 0;
        int same = 0;
        for (Map.Entry<String, Tree> field : a.fields().entrySet()) {
            FieldName name = FieldName.of(field.getKey());
            Tree other = b.fields().get(field.getKey());
            boolean telling = !name.identifies() && !name.tellsTime() && !name.isVolatile() && !name.isPersonal();
            if (telling && !(field.getValue() instanceof Tree.Bool) && !(field.getValue() instanceof Tree.Null)) {
                comparable++;
                same += other != null && of(field.getValue()).equals(of(other)) ? 1 : 0;
            }
        }
        return comparable == 0 ? 1 : (double) same / comparable;
    }
}
