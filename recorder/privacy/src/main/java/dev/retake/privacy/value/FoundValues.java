package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.rule.FieldRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was replaced in one exchange, in order. Kept only where somebody asks for it; bounded. Not thread-safe. */
public final class FoundValues {
    private static final int MOST = 10_000;

    private final List<FoundValue> values = new ArrayList<>();
    private boolean asked;

    FoundValues() {}

    /** From here on values are kept. */
    public void ask() {
        asked = true;
    }

    /** Those of the first walk over the exchange so far; a view. */
    public List<FoundValue> all() {
        return values;
    }

    void clear() {
        values.clear();
    }

    void add(Field field, DataClass dataClass, @Nullable FieldRule rule) {
        if (asked && values.size() < MOST) {
            values.add(new FoundValue(field, dataClass, rule));
        }
    }

    /** Adds again what the same value showed before. */
    void addAll(FoundValue[] remembered) {
        if (asked && values.size() < MOST) {
            Collections.addAll(values, remembered);
        }
    }

    /** Those since there were {@code count}. */
    List<FoundValue> since(int count) {
        return values.size() == count ? List.of() : List.copyOf(values.subList(count, values.size()));
    }
}
