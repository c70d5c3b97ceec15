package dev.retake.privacy.inventory;

import dev.retake.privacy.policy.LeftValue;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.FieldLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the fields that a policy decided on, as {@link FieldInventory} does those of known classes: by identity while
 * exchanges come, by location when it is asked. Bounded, about 7 MB; a field past the bound is not counted. Not thread-safe:
 * the inventory that holds it locks.
 */
final class OpenFields {
    private static final int MOST_LIVE = 2_048;
    private static final int MOST_FIELDS = 6_144;

    private final Map<String, IdentityHashMap<Field, OpenField>> live = new HashMap<>();
    private final Map<List<String>, OpenField> folded = new HashMap<>();
    private int liveCount;

    void add(String operation, List<LeftValue> left, long session, long time) {
        IdentityHashMap<Field, OpenField> fields = live.computeIfAbsent(operation, o -> new IdentityHashMap<>());
        for (LeftValue value : left) {
            OpenField field = fields.get(value.field());
            if (field == null) {
                field = OpenField.first(operation, FieldLocation.of(value.field()), time);
                fields.put(value.field(), field);
                liveCount++;
            }
            field.count(value.hash(), value.kind(), value.kept(), session, time);
        }
        if (liveCount > MOST_LIVE) {
            fold();
        }
    }

    void load(List<OpenField> earlier) {
        earlier.forEach(this::take);
    }

    /** All that was counted, in order of operation and location. */
    List<OpenField> snapshot() {
        fold();
        List<OpenField> sorted = new ArrayList<>(folded.values());
        sorted.sort(Comparator.comparing(OpenField::operation).thenComparing(OpenField::location));
        return sorted;
    }

    private void fold() {
        live.values().forEach(fields -> fields.values().forEach(this::take));
        live.clear();
        liveCount = 0;
    }

    private void take(OpenField field) {
        List<String> key = List.of(field.operation(), field.location());
        OpenField known = folded.get(key);
        if (known != null) {
            known.merge(field);
        } else if (folded.size() < MOST_FIELDS) {
            folded.put(key, field);
        }
    }
}
