package dev.retake.privacy.value;

import dev.retake.privacy.encoding.Escaping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds tables that are drawn in text, as Markdown and the consoles of databases draw them: a line of headings with bars
 * between them, a line of hyphens, and rows. Each cell is walked by its heading.
 */
final class TableWalker {
    private static final int SHORTEST = 12;
    private static final int MOST_COLUMNS = 200;

    private final byte[] source;
    private final int to;
    private final List<Field> columns = new ArrayList<>();
    private final int rows;

    private TableWalker(byte[] source, int to, int rows) {
        this.source = source;
        this.to = to;
        this.rows = rows;
    }

    static boolean mayHold(int marks, int length) {
        return length >= SHORTEST && (marks & Marks.BAR) != 0;
    }

    /** Looks for a table in {@code source[at, to)}; null where there is none with a heading that tells something. */
    static @Nullable TableWalker find(Leaves leaves, byte[] source, int at, int to) {
        int before = -1;
        for (int line = at; line < to; line = lineEnd(source, line, to) + 1) {
            int end = lineEnd(source, line, to);
            if (before >= 0 && isRule(source, line, end)) {
                TableWalker table = new TableWalker(source, to, Math.min(to, end + 1));
                if (table.headings(leaves.fields().text(), before, line - 1)) {
                    return table;
                }
            }
            before = line;
        }
        return null;
    }

    /** Where its rows begin. */
    int start() {
        return rows;
    }

    /** Walks the rows; returns where they end. */
    int walk(Leaves leaves, int level, Edits edits) {
        int line = rows;
        while (line < to) {
            int end = lineEnd(source, line, to);
            if (!isRule(source, line, end) && !row(leaves, line, end, level, edits)) {
                return line;
            }
            line = Math.min(to, end + 1);
        }
        return to;
    }

    private boolean row(Leaves leaves, int from, int end, int level, Edits edits) {
        int column = 0;
        int at = start(from, end);
        while (at <= end && column < columns.size()) {
            int stop = at;
            while (stop < end && source[stop] != '|') {
                stop++;
            }
            if (column == 0 && stop == end && columns.size() > 1) {
                return false;
            }
            int first = at;
            int last = stop;
            while (first < last && isBlank(source[first])) {
                first++;
            }
            while (last > first && isBlank(source[last - 1])) {
                last--;
            }
            if (first < last) {
                leaves.value(columns.get(column), source, first, last, Escaping.NONE, level, edits);
            }
            column++;
            at = stop + 1;
        }
        return true;
    }

    private boolean headings(Field root, int from, int end) {
        boolean ruled = false;
        int at = start(from, end);
        while (at < end && columns.size() < MOST_COLUMNS) {
            int stop = at;
            while (stop < end && source[stop] != '|') {
                stop++;
            }
            int first = at;
            int last = stop;
            while (first < last && isBlank(source[first])) {
                first++;
            }
            while (last > first && isBlank(source[last - 1])) {
                last--;
            }
            if (first < last || stop < end) {
                Field column = root.unkept(source, first, last);
                columns.add(column);
                ruled |= column.isRuled();
            }
            at = stop + 1;
        }
        Field.tell(columns);
        return ruled && columns.size() > 1;
    }

    /** Where the first cell begins: behind the bar that opens the line, if one does. */
    private int start(int from, int end) {
        int at = from;
        while (at < end && isBlank(source[at])) {
            at++;
        }
        return at < end && source[at] == '|' ? at + 1 : from;
    }

    /** Whether a line is drawn between headings and rows. */
    private static boolean isRule(byte[] source, int from, int end) {
        int hyphens = 0;
        for (int i = from; i < end; i++) {
            byte b = source[i];
            if (b == '-' || b == '=') {
                hyphens++;
            } else if (b != '|' && b != '+' && b != ':' && !isBlank(b)) {
                return false;
            }
        }
        return hyphens >= 3;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private static int lineEnd(byte[] source, int from, int to) {
        int end = from;
        while (end < to && source[end] != '\n') {
            end++;
        }
        return end;
    }
}
