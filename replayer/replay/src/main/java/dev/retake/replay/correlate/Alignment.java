package dev.retake.replay.correlate;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.replay.message.Leaf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the target's response the leaf that stands where a recorded one stood. In a list that is the element with the
 * same traits, else the element most like the recorded one, position deciding among equals: a target that sorts otherwise,
 * or has more data, must not send the rest of the session after another thing. Where the target's list mostly shows recorded
 * values in this place it names things as the recording did, and the recorded value stands, also if the target left that
 * element out: another element's value would be another thing. Where it shows the recorded things under other names and
 * this one is not among them, there is no value.
 */
final class Alignment {
    private static final int MAX_COMPARED = 64;
    private static final int MAX_ELEMENTS = 5_000;

    private final List<Level> levels;
    private final String rest;
    private final @Nullable String recorded;
    private final Set<String> neighbours;

    /**
     * One list on the way, or one object whose keys are ids.
     *
     * @param list what stands before the position, from the list before it on
     * @param position in the recording, or the id
     * @param element values of the recorded element by their place in it
     * @param traits what tells it from the others of the list
     */
    private record Level(String list, String position, Map<String, String> element, Traits traits) {}

    private Alignment(List<Level> levels, String rest, @Nullable String recorded, Set<String> neighbours) {
        this.levels = levels;
        this.rest = rest;
        this.recorded = recorded;
        this.neighbours = neighbours;
    }

    /** How to find {@code location} again, learnt from the recorded leaves. */
    static Alignment learn(String location, NavigableMap<String, String> recorded) {
        List<Level> levels = new ArrayList<>();
        int done = 0;
        for (int slash = location.indexOf('/'); slash >= 0; slash = location.indexOf('/', slash + 1)) {
            int start = slash + 1;
            int end = endOfSegment(location, start);
            String segment = location.substring(start, end);
            if (PathTemplate.looksLikeId(segment)) {
                String list = location.substring(done, start);
                Map<String, String> element = below(location.substring(0, end), recorded);
                Traits traits = isIndex(segment)
                        ? Traits.of(location.substring(0, start), segment, element, location.substring(end), recorded)
                        : Traits.NONE;
                levels.add(new Level(list, segment, element, traits));
                done = end;
            }
        }
        String rest = location.substring(done);
        return new Alignment(levels, rest, recorded.get(location), inLastList(levels, rest, recorded));
    }

    /** Values that stand in the same place of the elements of the last list; none where there is no list. */
    private static Set<String> inLastList(List<Level> levels, String rest, NavigableMap<String, String> leaves) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            list.append(level.list()).append(i < levels.size() - 1 ? level.position() : "");
        }
        return levels.isEmpty() || !isIndex(levels.get(levels.size() - 1).position())
                ? Set.of()
                : values(list.toString(), rest, leaves);
    }

    /** Whether most of the shorter list stands in the other: numbers may also meet by chance. */
    private boolean sameNames(Set<String> observed) {
        long shared = observed.stream().filter(neighbours::contains).count();
        return 2 * shared > Math.min(observed.size(), neighbours.size());
    }

    private static Set<String> values(String list, String rest, NavigableMap<String, String> leaves) {
        Set<String> values = new HashSet<>();
        for (String position : positions(list, true, leaves)) {
            String value = leaves.get(list + position + rest);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static int endOfSegment(String location, int start) {
        int end = start;
        while (end < location.length() && "/@#".indexOf(location.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** How an element was found. */
    enum Certainty {
        /** There was nothing to choose. */
        PLAIN,
        /** By most of what tells it from others: the target has the recorded things. */
        TRAITS,
        /** By its position, since the target has nothing like the recorded element. */
        POSITION
    }

    /** A value of the target. */
    record Found(String value, Certainty certainty) {}

    /** The value that stands at this place in {@code observed}, null where nothing does. */
    @Nullable
    Found find(NavigableMap<String, String> observed) {
        String path = "";
        Certainty certainty = Certainty.PLAIN;
        for (Level level : levels) {
            String list = path + level.list();
            Set<String> positions = positions(list, isIndex(level.position()), observed);
            Traits.Match found = level.traits().find(list, positions, observed);
            boolean last = level.equals(levels.get(levels.size() - 1));
            if (last && !found.sure() && sameNames(values(list, rest, observed))) {
                return recorded == null ? null : new Found(recorded, Certainty.PLAIN);
            }
            if (found.position() != null) {
                certainty = found.sure() ? Certainty.TRAITS : certainty;
                path = list + found.position();
                continue;
            }
            if (found.gone()) {
                return null;
            }
            String best = null;
            int bestLikeness = positions.size() == 1 && !isIndex(level.position()) ? -1 : 0;
            for (String position : positions) {
                int likeness = 2 * likeness(level.element(), list + position, observed)
                        + (position.equals(level.position()) ? 1 : 0);
                // An element that shares nothing with the recorded one is taken only at its very position.
                if (likeness > bestLikeness) {
                    best = position;
                    bestLikeness = likeness;
                }
            }
            if (best == null) {
                return null;
            }
            path = list + best;
            certainty = level.traits().isEmpty() ? certainty : Certainty.POSITION;
        }
        String value = observed.get(path + rest);
        return value == null ? null : new Found(value, certainty);
    }

    /** All leaves of a response by their place. */
    static NavigableMap<String, String> byLocation(List<Leaf> leaves) {
        NavigableMap<String, String> byLocation = new TreeMap<>();
        leaves.forEach(leaf -> byLocation.put(leaf.location(), leaf.value()));
        return byLocation;
    }

    static Map<String, String> below(String element, NavigableMap<String, String> leaves) {
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

    static Set<String> positions(String list, boolean indexes, NavigableMap<String, String> observed) {
        Set<String> positions = new LinkedHashSet<>();
        String next = observed.ceilingKey(list);
        while (next != null && next.startsWith(list) && positions.size() < MAX_ELEMENTS) {
            int end = endOfSegment(next, list.length());
            String position = next.substring(list.length(), end);
            if (indexes ? isIndex(position) : PathTemplate.looksLikeId(position)) {
                positions.add(position);
            }
            // '0' is the character after '/': what lies below an element is passed over at once.
            boolean below = end < next.length() && next.charAt(end) == '/';
            next = below ? observed.ceilingKey(next.substring(0, end) + '0') : observed.higherKey(next);
        }
        return positions;
    }

    private static boolean isIndex(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
