package dev.retake.privacy.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds all of many byte strings in one pass (Aho and Corasick, 1975). The two levels next to the root, in which a search
 * of other text spends its time, are full tables; edges further down are in one hash table, about 30 bytes each, so that
 * millions of states fit into memory. Immutable after {@link #of}.
 */
final class PatternAutomaton {
    static final int ROOT = 0;
    private static final int BYTES = 256;

    /** What each pattern is, by its number. */
    private final int[] lengths;

    /** Next states of the root and of the states under it; those are numbered from 1 on. */
    private final int[] dense;

    private final int denseStates;
    private final long[] edgeKeys;
    private final int[] edgeTargets;
    private final int[] fallbacks;
    private final int[] patterns;
    private final int[] shorter;
    private final int longest;

    private PatternAutomaton(Builder built, int[] dense, int denseStates, int[] fallbacks, int[] shorter) {
        this.lengths = built.lengths.stream().mapToInt(Integer::intValue).toArray();
        this.dense = dense;
        this.denseStates = denseStates;
        this.edgeKeys = built.edgeKeys;
        this.edgeTargets = built.edgeTargets;
        this.fallbacks = fallbacks;
        this.patterns = Arrays.copyOf(built.patterns, built.states);
        this.shorter = shorter;
        this.longest = Arrays.stream(lengths).max().orElse(0);
    }

    /** An automaton for {@code patterns}, none empty and no two equal; each is known by its index. */
    static PatternAutomaton of(List<byte[]> patterns) {
        return new Builder(patterns).build();
    }

    /** The state after {@code state} has read {@code value}. */
    int next(int state, byte value) {
        int at = state;
        while (at >= denseStates) {
            int target = find(edgeKeys, edgeTargets, at, value);
            if (target >= 0) {
                return target;
            }
            at = fallbacks[at];
        }
        return dense[at * BYTES + (value & 0xff)];
    }

    /** Whether any pattern ends in {@code state}. */
    boolean accepts(int state) {
        return patterns[state] >= 0 || shorter[state] != ROOT;
    }

    /** The longest pattern that ends in {@code state}, -1 where only shorter ones may. */
    int pattern(int state) {
        return patterns[state];
    }

    /** The state of the next shorter pattern that ends here too; the root where there is none. */
    int shorter(int state) {
        return shorter[state];
    }

    int length(int pattern) {
        return lengths[pattern];
    }

    /** Length of the longest pattern in bytes, 0 where there are none. */
    int longest() {
        return longest;
    }

    private static int find(long[] keys, int[] targets, int state, byte value) {
        long key = key(state, value);
        int mask = keys.length - 1;
        for (int slot = slot(key, mask); ; slot = slot + 1 & mask) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            if (keys[slot] == 0) {
                return -1;
            }
        }
    }

    /** Never 0, which marks a free slot. */
    private static long key(int state, byte value) {
        return ((long) state << 8 | value & 0xff) + 1;
    }

    private static int slot(long key, int mask) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32) & mask;
    }

    /** Makes the trie, then its fallbacks, level by level. */
    private static final class Builder {
        private final List<Integer> lengths = new ArrayList<>();
        private long[] edgeKeys = new long[1024];
        private int[] edgeTargets = new int[1024];
        private int edges;
        private int[] patterns = new int[512];
        private int[] parents = new int[512];
        private byte[] labels = new byte[512];
        private int states = 1;

        Builder(List<byte[]> texts) {
            patterns[ROOT] = -1;
            // States right under the root come first, so that they can be told from the others by their number.
            Map<Byte, Integer> firsts = new TreeMap<>();
            texts.forEach(text -> firsts.computeIfAbsent(text[0], b -> child(ROOT, b)));
            for (byte[] text : texts) {
                int state = ROOT;
                for (byte value : text) {
                    int known = find(edgeKeys, edgeTargets, state, value);
                    state = known >= 0 ? known : child(state, value);
                }
                patterns[state] = lengths.size();
                lengths.add(text.length);
            }
        }

        PatternAutomaton build() {
            int[] order = byDepth();
            int[] fallbacks = new int[states];
            int[] shorter = new int[states];
            int denseStates = 1;
            while (denseStates < states && parents[denseStates] == ROOT) {
                denseStates++;
            }
            int[] dense = new int[denseStates * BYTES];
            for (int state = ROOT; state < denseStates; state++) {
                for (int value = 0; value < BYTES; value++) {
                    int target = find(edgeKeys, edgeTargets, state, (byte) value);
                    dense[state * BYTES + value] = target >= 0 ? target : state == ROOT ? ROOT : dense[value];
                }
            }
            PatternAutomaton automaton = new PatternAutomaton(this, dense, denseStates, fallbacks, shorter);
            for (int state : order) {
                if (state >= denseStates) {
                    fallbacks[state] = automaton.next(fallbacks[parents[state]], labels[state]);
                }
                int fallback = fallbacks[state];
                shorter[state] = patterns[fallback] >= 0 ? fallback : shorter[fallback];
            }
            return automaton;
        }

        /** All states but the root, those nearer to it first. */
        private int[] byDepth() {
            int[] depths = new int[states];
            int deepest = 0;
            for (int state = 1; state < states; state++) {
                // A child is always made after its parent.
                depths[state] = depths[parents[state]] + 1;
                deepest = Math.max(deepest, depths[state]);
            }
            int[] starts = new int[deepest + 2];
            for (int state = 1; state < states; state++) {
                starts[depths[state] + 1]++;
            }
            for (int depth = 1; depth < starts.length; depth++) {
                starts[depth] += starts[depth - 1];
            }
            int[] order = new int[states - 1];
            for (int state = 1; state < states; state++) {
                order[starts[depths[state]]++] = state;
            }
            return order;
        }

        private int child(int parent, byte value) {
            if (states == patterns.length) {
                patterns = Arrays.copyOf(patterns, states * 2);
                parents = Arrays.copyOf(parents, states * 2);
                labels = Arrays.copyOf(labels, states * 2);
            }
            patterns[states] = -1;
            parents[states] = parent;
            labels[states] = value;
            if (3 * edges > 2 * edgeKeys.length) {
                grow();
            }
            insert(edgeKeys, edgeTargets, key(parent, value), states);
            edges++;
            return states++;
        }

        private void grow() {
            long[] keys = new long[edgeKeys.length * 2];
            int[] targets = new int[keys.length];
            for (int i = 0; i < edgeKeys.length; i++) {
                if (edgeKeys[i] != 0) {
                    insert(keys, targets, edgeKeys[i], edgeTargets[i]);
                }
            }
            edgeKeys = keys;
            edgeTargets = targets;
        }

        private static void insert(long[] keys, int[] targets, long key, int target) {
            int mask = keys.length - 1;
            int slot = slot(key, mask);
            while (keys[slot] != 0) {
                slot = slot + 1 & mask;
            }
            keys[slot] = key;
            targets[slot] = target;
        }
    }
}
