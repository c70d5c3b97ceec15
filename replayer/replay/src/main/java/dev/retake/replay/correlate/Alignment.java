package dev.retake.replay.correlate;

import dev.retake.replay.message.Leaf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the target's response the leaf that stands where a recorded one stood. In a list that is not the same
 * position but the element most like the recorded one, position deciding among equals: a target that sorts otherwise, or
 * has more data, must not send the rest of the session after another thing.
 */
final class Alignment {
    private static final int MAX_COMPARED = 64;
    private static final int MAX_ELEMENTS = 5_000;

    private final List<Level> levels;
    private final String rest;

    /**
     * One list on the way.
     *
     * @param list what stands before the position, from the list before it on
     * @param position in the recording
     * @param element values of the recorded element by their place in it
     */
    private record Level(String list, int position, Map<String, String> element) {}

    private Alignment(List<Level> levels, String rest) {
        this.levels = levels;
        this.rest = rest;
    }

    /** How to find {@code location} again, learnt from the recorded leaves. */
    static Alignment learn(String location, NavigableMap<String, String> recorded) {
        List<Level> levels = new ArrayList<>();
        int done = 0;
        int at = 0;
        while (at < location.length()) {
            int slash = location.indexOf('/', at);
            int start = slash + 1;
            int end = start;
            while (slash >= 0 && end < location.length() && Character.isDigit(location.charAt(end))) {
                end++;
            }
            boolean position = slash >= 0
                    && end > start
                    && end - start <= 9
                    && (end == location.length() || "/@#".indexOf(location.charAt(end)) >= 0);
            if (position) {
                String element = location.substring(0, end);
                levels.add(new Level(
                        location.substring(done, start),
                        Integer.parseInt(location.substring(start, end)),
                        below(element, recorded)));
                done = end;
            }
            at = slash < 0 ? location.length() : Math.max(end, slash + 1);
        }
        return new Alignment(levels, location.substring(done));
    }

    /** The value that stands at this place in {@code observed}, null where nothing does. */
    @Nullable
    String find(NavigableMap<String, String> observed) {
        String path = "";
        for (Level level : levels) {
            String list = path + level.list();
            int best = -1;
            int bestLikeness = -1;
            for (int position : positions(list, observed)) {
                int likeness = 2 * likeness(level.element(), list + position, observed)
                        + (position == level.position() ? 1 : 0);
                if (likeness > bestLikeness) {
                    best = position;
                    bestLikeness = likeness;
                }
            }
            // An element that shares nothing with the recorded one is taken only at its very position.
            if (best < 0 || bestLikeness == 0) {
                return null;
            }
            path = list + best;
        }
        return observed.get(path + rest);
    }

    /** All leaves of a response by their place. */
    static NavigableMap<String, String> byLocation(List<Leaf> leaves) {
        NavigableMap<String, String> byLocation = new TreeMap<>();
        leaves.forEach(leaf -> byLocation.put(leaf.location(), leaf.value()));
        return byLocation;
    }

    private static Map<String, String> below(String element, NavigableMap<String, String> leaves) {
        Map<String, String> below = new LinkedHashMap<>();
        for (Map.Entry<String, String> leaf : leaves.tailMap(element, true).entrySet()) {
            if (!leaf.getKey().startsWith(element) || below.size() >= MAX_COMPARED) {
                break;
            }
            String relative = leaf.getKey().substring(element.length());
            if (relative.isEmpty() || "/@#".indexOf(relative.charAt(0)) >= 0) {
                below.put(relative, leaf.getValue());
            }
        }
        return below;
    }

    private static int likeness(Map<String, String> element, String path, NavigableMap<String, String> observed) {
        int same = 0;
        for (Map.Entry<String, String> value : element.entrySet()) {
            if (value.getValue().equals(observed.get(path + value.getKey()))) {
                same++;
            }
        }
        return same;
    }

    private static Set<Integer> positions(String list, NavigableMap<String, String> observed) {
        Set<Integer> positions = new TreeSet<>();
        String from = list;
        while (positions.size() < MAX_ELEMENTS) {
            String next = observed.ceilingKey(from);
            if (next == null || !next.startsWith(list)) {
                break;
            }
            int end = list.length();
            while (end < next.length() && Character.isDigit(next.charAt(end))) {
                end++;
            }
            if (end > list.length() && end - list.length() <= 9) {
                positions.add(Integer.parseInt(next.substring(list.length(), end)));
            }
            // '0' is the character after '/': what lies below an element is passed over at once.
            boolean below = end > list.length() && end < next.length() && next.charAt(end) == '/';
            from = below ? next.substring(0, end) + '0' : next + '\0';
        }
        return positions;
    }
}
