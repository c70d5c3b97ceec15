package dev.retake.cli;

import dev.retake.cli.leak.LeakCase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many values were planted and found again, by place and class, as a table of Markdown. */
final class LeakTable {
    private final Map<String, Map<String, int[]>> rows = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    void planted(Collection<LeakCase> cases) {
        cases.forEach(planted -> cell(planted)[1]++);
    }

    void leaked(Collection<LeakCase> cases) {
        cases.forEach(leaked -> cell(leaked)[0]++);
    }

    private int[] cell(LeakCase planted) {
        columns.add(planted.column());
        return rows.computeIfAbsent(planted.row(), row -> new LinkedHashMap<>())
                .computeIfAbsent(planted.column(), column -> new int[2]);
    }

    /** Each cell is {@code leaks/planted}; empty where a class cannot stand in a place. */
    String markdown() {
        List<String> sorted = columns.stream().sorted().toList();
        StringBuilder text = new StringBuilder("| place | " + String.join(" | ", sorted) + " |\n|---|");
        text.append("---|".repeat(sorted.size())).append('\n');
        rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER))
                .forEach(row -> {
                    List<String> cells = new ArrayList<>();
                    for (String column : sorted) {
                        int[] counts = row.getValue().get(column);
                        cells.add(counts == null ? "" : counts[0] + "/" + counts[1]);
                    }
                    text.append("| ")
                            .append(row.getKey())
                            .append(" | ")
                            .append(String.join(" | ", cells))
                            .append(" |\n");
                });
        return text.toString();
    }
}
