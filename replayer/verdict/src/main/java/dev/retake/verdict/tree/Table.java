package dev.retake.verdict.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Separated values (RFC 4180) with a header line.
 *
 * @param columns names of the columns in order
 * @param rows a cell for each column, and for what a row has too much a column named by its position
 */
record Table(List<String> columns, List<Tree> rows) {

    /** Reads a table, null where the text has no header line of distinct names. */
    static @Nullable Table read(String text, char separator) {
        List<List<String>> lines = lines(text.startsWith("\uFEFF") ? text.substring(1) : text, separator);
        if (lines.isEmpty()) {
            return null;
        }
        List<String> columns = lines.get(0);
        boolean header = columns.stream().allMatch(name -> !name.isBlank() && !startsLikeNumber(name));
        if (!header || new HashSet<>(columns).size() != columns.size()) {
            return null;
        }
        List<Tree> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, Tree> row = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                row.put(i < columns.size() ? columns.get(i) : "column " + (i + 1), new Tree.Text(line.get(i)));
            }
            rows.add(new Tree.Obj(row));
        }
        return new Table(columns, rows);
    }

    /** The separator that the first line speaks for. */
    static char separator(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static boolean startsLikeNumber(String name) {
        char c = name.strip().charAt(0);
        return c >= '0' && c <= '9' || c == '-' || c == '+';
    }

    private static List<List<String>> lines(String text, char separator) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
                any = true;
            } else if (c == separator) {
                line.add(cell.toString());
                cell.setLength(0);
                any = true;
            } else if (c == '\n' || c == '\r') {
                if (any || !cell.isEmpty()) {
                    line.add(cell.toString());
                    lines.add(line);
                }
                line = new ArrayList<>();
                cell.setLength(0);
                any = false;
            } else {
                cell.append(c);
            }
        }
        if (any || !cell.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        return lines;
    }
}
