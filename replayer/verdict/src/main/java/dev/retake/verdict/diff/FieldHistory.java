package dev.retake.verdict.diff;

import dev.retake.verdict.shape.TimeText;
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
        private volatile boolean fractional;
    }

    /** The part of the history that is about one operation. */
    public record Of(FieldHistory history, String operation) {
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
