package dev.retake.verdict.diff;

import dev.retake.verdict.shape.TimeText;
import dev.retake.verdict.tree.JsonText;
import dev.retake.verdict.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was seen of each field where recording and target agree, over a whole run: the evidence by which a difference
 * elsewhere is judged. Thread-safe; what it holds in the end does not depend on the order of reports.
 */
public final class FieldHistory {
    private static final int DISTINCT = 512;

    private final Map<String, Field> fields = new ConcurrentHashMap<>();

    private static final class Field {
        private final Set<Integer> same = ConcurrentHashMap.newKeySet();
        private final Set<String> forms = ConcurrentHashMap.newKeySet();
        private final Map<Long, Integer> orders = new ConcurrentHashMap<>();
        private volatile boolean fractional;
        private volatile boolean unordered;
    }

    /**
     * The part of the history that is about one operation.
     *
     * @param request what tells this request of the operation from others, such as its query
     */
    public record Of(FieldHistory history, String operation, String request) {
        void same(Place place, String value) {
            Field field = history.field(operation, place.location());
            if (field.same.size() < DISTINCT) {
                field.same.add(value.hashCode());
            }
            TimeText time = TimeText.of(value);
            if (time != null) {
                field.forms.add(form(time));
            }
        }

        /** Takes down a recorded list whose order differs on the target. */
        void order(Place place, List<Tree> recorded) {
            Field field = history.field(operation, place.location());
            List<String> items = recorded.stream().map(JsonText::of).toList();
            long contents =
                    31L * request.hashCode() + items.stream().sorted().toList().hashCode();
            Integer other = field.orders.putIfAbsent(contents, items.hashCode());
            if (other != null && other != items.hashCode()) {
                field.unordered = true;
            }
        }

        void fractional(Place place) {
            history.field(operation, place.location()).fractional = true;
        }
    }

    private Field field(String operation, String location) {
        return fields.computeIfAbsent(operation + " " + location, key -> new Field());
    }

    /** How many different values of the field were the same on both sides, at most 512. */
    public int same(String operation, String location) {
        Field field = fields.get(operation + " " + location);
        return field == null ? 0 : Math.min(DISTINCT, field.same.size());
    }

    /** Whether the same request was answered with the same items in more than one order when it was recorded. */
    public boolean unordered(String operation, String location) {
        Field field = fields.get(operation + " " + location);
        return field != null && field.unordered;
    }

    /** Whether a time of this form was the same on both sides. */
    public boolean sharesForm(String operation, String location, TimeText time) {
        Field field = fields.get(operation + " " + location);
        return field != null && field.forms.contains(form(time));
    }

    /** Whether the field was seen with a fraction, so that an integer in it is a number that happens to be whole. */
    public boolean fractional(String operation, String location) {
        Field field = fields.get(operation + " " + location);
        return field != null && field.fractional;
    }

    /** How a time is written; fractions count by their unit, since many writers leave trailing zeros out. */
    public static String form(TimeText time) {
        return time.form() + "." + (time.fraction() + 2) / 3;
    }
}
