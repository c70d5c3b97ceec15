package dev.retake.verdict.diff;

import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.Reading;
import dev.retake.verdict.shape.TextPair;
import dev.retake.verdict.tree.BodyPair;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks two documents side by side and names every place in which they differ, each once. */
final class TreeDiff {
    private static final int CHANGES = 400;

    private final Frame frame;
    private final LeafDiff leaves;
    private final ListAlignment alignment;
    private final List<Change> changes = new ArrayList<>();

    TreeDiff(Frame frame) {
        this.frame = frame;
        leaves = new LeafDiff(frame);
        alignment = new ListAlignment(frame.known());
    }

    /**
     * What is known of the surroundings of a value.
     *
     * @param owner ids of the innermost object around it
     * @param person the object around it is about a person
     * @param type what the object around it says it is, empty where it says nothing
     * @param firm it surely stands for its counterpart
     */
    private record Around(String owner, boolean person, String type, boolean firm) {}

    /** The differences, at most 400. */
    static List<Change> of(Tree before, Tree after, Frame frame) {
        TreeDiff diff = new TreeDiff(frame);
        diff.walk(Place.ROOT, before, after, new Around("", false, "", true));
        return diff.changes;
    }

    private void add(
            ChangeKind kind,
            Place place,
            @Nullable Tree before,
            @Nullable Tree after,
            @Nullable Reading reading,
            Around around,
            String sayable) {
        if (changes.size() < CHANGES) {
            changes.add(new Change(
                    kind,
                    place.location(),
                    before == null ? null : JsonText.sample(before),
                    after == null ? null : JsonText.sample(after),
                    reading,
                    around.firm(),
                    around.owner(),
                    sayable));
        }
    }

    private void walk(Place place, Tree before, Tree after, Around around) {
        if (before instanceof Tree.Obj a && after instanceof Tree.Obj b) {
            objects(place, a, b, around);
        } else if (before instanceof Tree.Arr a && after instanceof Tree.Arr b) {
            if (frame.depth() == Frame.Depth.SHAPE) {
                shapes(place, a, b, around);
            } else {
                lists(place, a, b, around);
            }
        } else if (before instanceof Tree.Num a && after instanceof Tree.Num b) {
            numbers(place, a, b, around);
        } else if (before instanceof Tree.Text a && after instanceof Tree.Text b) {
            texts(place, a, b, around);
        } else if (before instanceof Tree.Repeated a && after instanceof Tree.Repeated b) {
            walk(place, new Tree.Arr(a.values()), new Tree.Arr(b.values()), around);
        } else if (!before.type().equals(after.type())) {
            add(ChangeKind.TYPE, place, before, after, null, around, "");
        } else if (!before.equals(after) && frame.depth() == Frame.Depth.VALUES) {
            add(ChangeKind.VALUE, place, before, after, null, around, "");
        }
    }

    private void numbers(Place place, Tree.Num before, Tree.Num after, Around around) {
        if (before.fractional() || after.fractional()) {
            frame.history().fractional(place);
        }
        if (LeafDiff.same(before, after)) {
            FieldName name = place.name();
            if (before.integer() != after.integer()) {
                add(ChangeKind.TYPE, place, before, after, null, around, "");
            } else if (before.integer() && (name.identifies() || name.tellsTime())) {
                frame.history().same(place, before.value().toString());
                if (name.isStable()) {
                    frame.identities()
                            .same(space(place, name, around), before.value().toString());
                }
            }
            return;
        }
        if (frame.depth() == Frame.Depth.VALUES) {
            FieldName name = place.name();
            Reading reading = leaves.numbers(before, after, name, space(place, name, around));
            add(ChangeKind.VALUE, place, before, after, reading, around, "");
        }
    }

    private void texts(Place place, Tree.Text before, Tree.Text after, Around around) {
        if (before.value().equals(after.value())) {
            frame.history().same(place, before.value());
            FieldName name = place.name();
            if (name.isStable()) {
                boolean digits = before.value().chars().allMatch(Character::isDigit);
                frame.identities().same(digits ? space(place, name, around) : "", before.value());
            }
            return;
        }
        if (frame.depth() != Frame.Depth.VALUES) {
            return;
        }
        Tree left = BodyPair.embedded(before.value());
        Tree right = left == null ? null : BodyPair.embedded(after.value());
        if (left != null && right != null) {
            walk(place, left, right, around);
            return;
        }
        FieldName name = place.name();
        Reading reading =
                leaves.texts(before.value(), after.value(), name, space(place, name, around), around.person());
        add(ChangeKind.VALUE, place, before, after, reading, around, "");
    }

    /** What a number in the field names: {@code order} in {@code orderId}, and in the {@code id} of an order. */
    private String space(Place place, FieldName name, Around around) {
        String entity = name.entity();
        if (!entity.isEmpty()) {
            return entity;
        }
        if (!around.type().isEmpty()) {
            return around.type();
        }
        for (Place up = place.parent(); up != null && up.parent() != null; up = up.parent()) {
            if (!up.segment().equals("*") && !WRAPPERS.contains(up.segment())) {
                return TextPair.singular(up.segment());
            }
        }
        return frame.entity();
    }

    private static final Set<String> WRAPPERS = Set.of(
            "data",
            "items",
            "results",
            "content",
            "value",
            "hits",
            "records",
            "rows",
            "entries",
            "list",
            "result",
            "node",
            "edges",
            "nodes",
            "response",
            "payload",
            "body",
            "attributes",
            "_embedded",
            "elements");

    private void objects(Place place, Tree.Obj before, Tree.Obj after, Around outer) {
        if (KeyedMap.isKeyedByIds(before, after)) {
            keyed(place, before, after, outer);
            return;
        }
        Around around = around(before, after, outer);
        Map<String, Tree> missing = new LinkedHashMap<>();
        Map<String, Tree> added = new LinkedHashMap<>();
        for (Map.Entry<String, Tree> field : before.fields().entrySet()) {
            Tree other = after.fields().get(field.getKey());
            if (other == null) {
                missing.put(field.getKey(), field.getValue());
            } else {
                walk(place.field(field.getKey()), field.getValue(), other, around);
            }
        }
        after.fields().forEach((key, value) -> {
            if (!before.fields().containsKey(key)) {
                added.put(key, value);
            }
        });
        for (Lifetime changed : Lifetime.changed(before, after)) {
            Place field = place.field(changed.field());
            add(ChangeKind.VALUE, field, changed.before(), changed.after(), null, around, "lasts:" + changed.words());
        }
        Map<String, String> renamed = RenamedFields.find(missing, added);
        missing.forEach((key, value) -> {
            String now = renamed.get(key);
            add(ChangeKind.MISSING, place.field(key), value, null, null, around, now == null ? "" : "renamed:" + now);
        });
        added.forEach((key, value) -> {
            if (!renamed.containsValue(key)) {
                add(ChangeKind.ADDED, place.field(key), null, value, null, around, "");
            }
        });
    }

    private Around around(Tree.Obj before, Tree.Obj after, Around outer) {
        StringBuilder ids = new StringBuilder();
        boolean person = false;
        for (Map.Entry<String, Tree> field : before.fields().entrySet()) {
            FieldName name = FieldName.of(field.getKey());
            person |= name.isPersonal();
            if (name.isKey() && field.getValue() instanceof Tree.Num number) {
                ids.append(number.value()).append(' ');
            } else if (name.isKey() && field.getValue() instanceof Tree.Text text) {
                ids.append(text.value()).append(' ');
            }
        }
        boolean firm = outer.firm() || sharesKey(before, after);
        String owner = ids.isEmpty() ? outer.owner() : ids.toString().trim();
        return new Around(owner, person, typeOf(before), firm);
    }

    /** JSON:API's {@code type}, GraphQL's {@code __typename} and their like. */
    private static String typeOf(Tree.Obj object) {
        for (String key : List.of("type", "__typename", "@type", "kind", "object")) {
            if (object.fields().get(key) instanceof Tree.Text text) {
                return TextPair.singular(text.value());
            }
        }
        return "";
    }

    private boolean sharesKey(Tree.Obj before, Tree.Obj after) {
        for (Map.Entry<String, Tree> field : before.fields().entrySet()) {
            Tree other = after.fields().get(field.getKey());
            if (other != null && FieldName.of(field.getKey()).isKey() && LeafDiff.same(field.getValue(), other)) {
                return true;
            }
        }
        return false;
    }

    private void keyed(Place place, Tree.Obj before, Tree.Obj after, Around around) {
        List<Tree> left = new ArrayList<>();
        List<Tree> right = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        before.fields().forEach((key, value) -> {
            String image = after.fields().containsKey(key) ? key : frame.known().get(key);
            Tree other = image == null ? null : after.fields().get(image);
            if (image != null && other != null && used.add(image)) {
                walk(place.item(), value, other, around);
            } else {
                left.add(value);
            }
        });
        after.fields().forEach((key, value) -> {
            if (!used.contains(key)) {
                right.add(value);
            }
        });
        if (!left.isEmpty() || !right.isEmpty()) {
            lists(place, new Tree.Arr(left), new Tree.Arr(right), around);
        }
    }

    private void lists(Place place, Tree.Arr before, Tree.Arr after, Around around) {
        if (before.items().equals(after.items())) {
            return;
        }
        ListAlignment.Aligned aligned = alignment.align(before.items(), after.items());
        for (ListAlignment.Pair pair : aligned.pairs()) {
            walk(
                    place.item(),
                    pair.before(),
                    pair.after(),
                    new Around(around.owner(), around.person(), around.type(), pair.firm()));
        }
        if (aligned.reordered() != null) {
            String sortedBy = aligned.reordered();
            frame.history().order(place, before.items());
            add(ChangeKind.ORDER, place, before, after, null, around, sortedBy.isEmpty() ? "" : "sorted:" + sortedBy);
        }
        if (!aligned.missing().isEmpty() && !aligned.added().isEmpty()) {
            add(
                    ChangeKind.MISSING,
                    place.item(),
                    aligned.missing().get(0),
                    aligned.added().get(0),
                    null,
                    around,
                    "replaced:" + aligned.missing().size());
        } else if (!aligned.missing().isEmpty()) {
            String count =
                    "items:" + aligned.missing().size() + ":" + before.items().size();
            add(ChangeKind.MISSING, place.item(), aligned.missing().get(0), null, null, around, count);
        } else if (!aligned.added().isEmpty()) {
            String count =
                    "items:" + aligned.added().size() + ":" + after.items().size();
            add(ChangeKind.ADDED, place.item(), null, aligned.added().get(0), null, around, count);
        }
    }

    /** Lists by shape: an item of the one against an item of the other that has what any item has. */
    private void shapes(Place place, Tree.Arr before, Tree.Arr after, Around around) {
        if (before.items().isEmpty() || after.items().isEmpty()) {
            return;
        }
        Map<String, Tree> inEach = new LinkedHashMap<>();
        Map<String, Tree> inAnyBefore = fieldsOfAny(before.items());
        Map<String, Tree> inAnyAfter = fieldsOfAny(after.items());
        inAnyBefore.forEach((key, value) -> {
            boolean each = before.items().stream()
                    .allMatch(item ->
                            item instanceof Tree.Obj object && object.fields().containsKey(key));
            if (each || inAnyAfter.containsKey(key)) {
                inEach.put(key, value);
            }
        });
        inAnyAfter.keySet().removeIf(key -> inAnyBefore.containsKey(key) && !inEach.containsKey(key));
        Tree left = before.items().get(0);
        Tree right = after.items().get(0);
        boolean objects = left instanceof Tree.Obj && right instanceof Tree.Obj;
        walk(place.item(), objects ? new Tree.Obj(inEach) : left, objects ? new Tree.Obj(inAnyAfter) : right, around);
    }

    private static Map<String, Tree> fieldsOfAny(List<Tree> items) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        for (Tree item : items) {
            if (item instanceof Tree.Obj object) {
                object.fields().forEach((key, value) -> {
                    Tree earlier = fields.get(key);
                    if (earlier == null || earlier instanceof Tree.Null) {
                        fields.put(key, value);
                    }
                });
            }
        }
        return fields;
    }
}
