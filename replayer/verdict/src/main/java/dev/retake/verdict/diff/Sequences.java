package dev.retake.verdict.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which elements of two sequences stand for one another. */
final class Sequences {
    private static final long CELLS = 4_000_000;

    private Sequences() {}

    /**
     * A longest common subsequence: pairs of positions, both ascending. Past four million cells equal elements are
     * paired from the front instead, which may find fewer.
     */
    static List<int[]> common(List<?> before, List<?> after) {
        int start = 0;
        while (start < before.size()
                && start < after.size()
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int endBefore = before.size();
        int endAfter = after.size();
        while (endBefore > start
                && endAfter > start
                && before.get(endBefore - 1).equals(after.get(endAfter - 1))) {
            endBefore--;
            endAfter--;
        }
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            pairs.add(new int[] {i, i});
        }
        List<?> left = before.subList(start, endBefore);
        List<?> right = after.subList(start, endAfter);
        List<int[]> middle = (long) left.size() * right.size() > CELLS ? ascending(left, right) : longest(left, right);
        for (int[] pair : middle) {
            pairs.add(new int[] {pair[0] + start, pair[1] + start});
        }
        for (int i = 0; endBefore + i < before.size(); i++) {
            pairs.add(new int[] {endBefore + i, endAfter + i});
        }
        return pairs;
    }

    private static List<int[]> longest(List<?> left, List<?> right) {
        int[][] length = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                length[i][j] = left.get(i).equals(right.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        List<int[]> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            if (left.get(i).equals(right.get(j))) {
                pairs.add(new int[] {i++, j++});
            } else if (length[i + 1][j] >= length[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }

    private static List<int[]> ascending(List<?> left, List<?> right) {
        List<int[]> pairs = new ArrayList<>();
        int last = -1;
        for (int[] pair : equal(left, right)) {
            if (pair[1] > last) {
                pairs.add(pair);
                last = pair[1];
            }
        }
        return pairs;
    }

    /** Pairs of positions of equal elements, each used once, in the order of {@code before}. */
    static List<int[]> equal(List<?> before, List<?> after) {
        Map<Object, Deque<Integer>> places = new HashMap<>();
        for (int j = 0; j < after.size(); j++) {
            places.computeIfAbsent(after.get(j), key -> new ArrayDeque<>()).add(j);
        }
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Deque<Integer> free = places.get(before.get(i));
            if (free != null && !free.isEmpty()) {
                pairs.add(new int[] {i, free.poll()});
            }
        }
        return pairs;
    }
}
