package dev.retake.privacy.inventory;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.policy.LeftValue;
import dev.retake.privacy.rule.FieldRule;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.FieldLocation;
import dev.retake.privacy.value.FoundValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts which fields carry which classes. While exchanges come, it counts by the identity of fields, which are kept
 * between exchanges, and makes no text; {@link #snapshot} writes their paths. Bounded. Thread-safe: what is sanitized is
 * counted by one thread and saved by another, which holds its lock for milliseconds every ten seconds.
 */
public final class FieldInventory {
    private static final int MOST_USES = 20_000;
    private static final int MOST_LIVE = 8_192;
    private static final Comparator<FieldUse> ORDER = Comparator.comparing(FieldUse::operation)
            .thenComparing(FieldUse::location)
            .thenComparing(FieldUse::dataClass)
            .thenComparing(FieldUse::rule);

    /** Uses of fields by operation since the last fold; each list holds one count for each class and rule. */
    private final Map<String, Sides> live = new HashMap<>();

    private final Map<List<String>, FieldUse> uses = new HashMap<>();
    private final Set<List<String>> classes = new HashSet<>();
    private final AtomicLong newClasses = new AtomicLong();
    private final OpenFields open = new OpenFields();
    private int liveCounts;
    private boolean changed;

    /** Counts of an operation's request and response. */
    private static final class Sides {
        private final IdentityHashMap<Field, List<Count>> request = new IdentityHashMap<>();
        private final IdentityHashMap<Field, List<Count>> response = new IdentityHashMap<>();
    }

    private static final class Count {
        private final DataClass dataClass;
        private final @Nullable FieldRule rule;
        private final long first;
        private long last;
        private long count;

        Count(DataClass dataClass, @Nullable FieldRule rule, long first) {
            this.dataClass = dataClass;
            this.rule = rule;
            this.first = first;
        }
    }

    /**
     * Counts what was found in one exchange.
     *
     * @param found in the order in which it was found
     * @param requestFrom index of the first that the request holds
     * @param requestTo index after the last that the request holds; all others are the response's
     * @param time of the exchange, microseconds since the epoch
     */
    public synchronized void add(String operation, List<FoundValue> found, int requestFrom, int requestTo, long time) {
        if (found.isEmpty()) {
            return;
        }
        Sides sides = live.computeIfAbsent(operation, o -> new Sides());
        for (int i = 0; i < found.size(); i++) {
            FoundValue value = found.get(i);
            IdentityHashMap<Field, List<Count>> side =
                    i >= requestFrom && i < requestTo ? sides.request : sides.response;
            List<Count> counts = side.get(value.field());
            if (counts == null) {
                counts = new ArrayList<>(1);
                side.put(value.field(), counts);
            }
            Count count = in(counts, value, time);
            count.count++;
            count.last = time;
        }
        changed = true;
        if (liveCounts > MOST_LIVE) {
            fold();
        }
    }

    /**
     * Counts what the policy decided on in one exchange.
     *
     * @param session keyed hash of its session
     * @param time of the exchange, microseconds since the epoch
     */
    public synchronized void add(String operation, List<LeftValue> left, long session, long time) {
        if (!left.isEmpty()) {
            open.add(operation, left, session, time);
            changed = true;
        }
    }

    /** The fields that the policy decided on, in order of operation and location. */
    public synchronized List<OpenField> openFields() {
        return open.snapshot();
    }

    /** Takes the fields that the policy decided on in an earlier run. */
    public synchronized void loadOpen(List<OpenField> earlier) {
        open.load(earlier);
    }

    private Count in(List<Count> counts, FoundValue value, long time) {
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            if (count.dataClass == value.dataClass() && Objects.equals(count.rule, value.rule())) {
                return count;
            }
        }
        Count made = new Count(value.dataClass(), value.rule(), time);
        counts.add(made);
        liveCounts++;
        return made;
    }

    /** Takes what an earlier run had counted; its classes are not new. */
    public synchronized void load(List<FieldUse> earlier) {
        for (FieldUse use : earlier) {
            classes.add(List.of(use.operation(), use.location(), use.dataClass()));
            uses.merge(key(use), use, FieldUse::and);
        }
    }

    /** Whether anything was counted since the last {@link #snapshot}. */
    public synchronized boolean isChanged() {
        return changed;
    }

    /** All that was counted, in order of operation and field. */
    public synchronized List<FieldUse> snapshot() {
        fold();
        changed = false;
        List<FieldUse> sorted = new ArrayList<>(uses.values());
        sorted.sort(ORDER);
        return sorted;
    }

    /** How often a class was met for the first time in a field, as of the last {@link #snapshot}. Thread-safe. */
    public long newClasses() {
        return newClasses.get();
    }

    private void fold() {
        live.forEach((operation, sides) -> {
            fold(operation, sides.request, true);
            fold(operation, sides.response, false);
        });
        live.clear();
        liveCounts = 0;
    }

    private void fold(String operation, IdentityHashMap<Field, List<Count>> side, boolean request) {
        side.forEach((field, counts) -> {
            String location = FieldLocation.of(field, request);
            for (Count count : counts) {
                FieldRule rule = count.rule;
                FieldUse use = new FieldUse(
                        operation,
                        location,
                        count.dataClass.label(),
                        rule == null ? FieldUse.DETECTOR : rule.name(),
                        count.count,
                        count.first,
                        count.last);
                if (uses.size() < MOST_USES || uses.containsKey(key(use))) {
                    uses.merge(key(use), use, FieldUse::and);
                    if (classes.add(List.of(operation, location, use.dataClass()))) {
                        newClasses.incrementAndGet();
                    }
                }
            }
        });
    }

    private static List<String> key(FieldUse use) {
        return List.of(use.operation(), use.location(), use.dataClass(), use.rule());
    }
}
