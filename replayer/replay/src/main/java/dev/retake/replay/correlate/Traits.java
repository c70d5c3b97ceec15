package dev.retake.replay.correlate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells one element of a recorded list from the others: values that it alone has in their place. By them it is found
 * again though its id is another, and by those of the others it is told that a list shows the same things without it.
 */
final class Traits {
    static final Traits NONE = new Traits(Map.of(), List.of());

    private static final int MOST_ELEMENTS = 200;

    /** So many of its traits an element must have to be the one: one of three. */
    private static final int SHARE = 3;

    private final Map<String, String> own;
    private final List<Map<String, String>> ofOthers;

    private Traits(Map<String, String> own, List<Map<String, String>> ofOthers) {
        this.own = own;
        this.ofOthers = ofOthers;
    }

    /**
     * The element of that name in the target's list.
     *
     * @param position null where none is the one
     * @param sure it has most of the traits
     * @param gone the list shows others of the recorded elements, and not this one
     */
    record Match(@Nullable String position, boolean sure, boolean gone) {
        static final Match NOTHING = new Match(null, false, false);
    }

    /**
     * Of the element at {@code position} of {@code list}.
     *
     * @param sought the place in the element of the value that is looked for, which tells nothing
     */
    static Traits of(
            String list,
            String position,
            Map<String, String> element,
            String sought,
            NavigableMap<String, String> recorded) {
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        Map<String, Map<String, String>> elements = new HashMap<>();
        for (String other : Alignment.positions(list, true, recorded)) {
            if (elements.size() == MOST_ELEMENTS) {
                break;
            }
            Map<String, String> leaves = other.equals(position) ? element : Alignment.below(list + other, recorded);
            elements.put(other, leaves);
            leaves.forEach((place, value) ->
                    counts.computeIfAbsent(place, key -> new HashMap<>()).merge(value, 1, Integer::sum));
        }
        List<Map<String, String>> others = new ArrayList<>();
        elements.forEach((other, leaves) -> {
            if (!other.equals(position)) {
                others.add(distinct(leaves, sought, counts));
            }
        });
        return new Traits(distinct(element, sought, counts), others);
    }

    private static Map<String, String> distinct(
            Map<String, String> leaves, String sought, Map<String, Map<String, Integer>> counts) {
        String id = leaves.getOrDefault(sought, "");
        Map<String, String> distinct = new HashMap<>();
        leaves.forEach((place, value) -> {
            boolean named = !id.isEmpty() && value.contains(id);
            if (!named && counts.getOrDefault(place, Map.of()).getOrDefault(value, 0) <= 1) {
                distinct.put(place, value);
            }
        });
        return distinct;
    }

    /** Whether nothing tells it from others. */
    boolean isEmpty() {
        return own.isEmpty();
    }

    /** Finds it among the elements at {@code positions} of the target's {@code list}. */
    Match find(String list, Set<String> positions, NavigableMap<String, String> observed) {
        if (own.isEmpty()) {
            return Match.NOTHING;
        }
        Match best = best(own, list, positions, observed);
        if (best.position() != null) {
            return best;
        }
        Set<String> taken = new HashSet<>();
        for (Map<String, String> other : ofOthers) {
            String at = best(other, list, positions, observed).position();
            if (at != null) {
                taken.add(at);
            }
        }
        return new Match(null, false, 2 * taken.size() >= positions.size() && !taken.isEmpty());
    }

    private static Match best(
            Map<String, String> traits, String list, Set<String> positions, NavigableMap<String, String> observed) {
        String best = null;
        int most = 0;
        for (String position : positions) {
            int has = 0;
            for (Map.Entry<String, String> trait : traits.entrySet()) {
                has += trait.getValue().equals(observed.get(list + position + trait.getKey())) ? 1 : 0;
            }
            if (has > most) {
                best = position;
                most = has;
            }
        }
        return best != null && most * SHARE >= traits.size()
                ? new Match(best, 2 * most > traits.size(), false)
                : Match.NOTHING;
    }
}
