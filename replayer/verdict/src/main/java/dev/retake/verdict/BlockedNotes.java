package dev.retake.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says of what was blocked which operations these were, and what they waited for: the most first, at most five lines. */
final class BlockedNotes {
    private static final int LINES = 5;
    private static final int OPERATIONS = 4;

    private BlockedNotes() {}

    /**
     * The notes.
     *
     * @param byCause what was not done, then how often each operation waited for it
     */
    static List<String> of(Map<String, Map<String, Integer>> byCause) {
        List<String> notes = new ArrayList<>();
        List<Map.Entry<String, Map<String, Integer>>> causes = byCause.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Map<String, Integer>> one) -> -sum(one.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
        for (Map.Entry<String, Map<String, Integer>> cause : causes.subList(0, Math.min(LINES, causes.size()))) {
            notes.add("Not compared, because " + cause.getKey() + ": " + operations(cause.getValue()) + ".");
        }
        if (causes.size() > LINES) {
            int rest = causes.subList(LINES, causes.size()).stream()
                    .mapToInt(cause -> sum(cause.getValue()))
                    .sum();
            notes.add("Not compared, because of " + (causes.size() - LINES) + " other such steps: " + rest + ".");
        }
        return notes;
    }

    private static String operations(Map<String, Integer> counts) {
        String shown = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(OPERATIONS)
                .map(entry -> entry.getKey() + (entry.getValue() > 1 ? " (" + entry.getValue() + " times)" : ""))
                .collect(Collectors.joining(", "));
        int rest = counts.size() - OPERATIONS;
        return rest > 0 ? shown + " and " + rest + " more operations" : shown;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
