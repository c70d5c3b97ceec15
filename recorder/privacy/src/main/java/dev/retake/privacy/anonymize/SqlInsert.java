package dev.retake.privacy.anonymize;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One INSERT statement: its table, its columns where it lists them, and its values, which may be several rows. */
final class SqlInsert {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int SHORTEST_BETWEEN = 6;

    private final byte[] source;
    private final int from;
    private final int end;
    private final String table;
    private final List<String> columns;

    /** Where VALUES stands; the statement's end where it does not. */
    private final int valuesAt;

    private final boolean backslashes;

    private SqlInsert(
            byte[] source, int from, int end, String table, List<String> columns, int valuesAt, boolean backslashes) {
        this.source = source;
        this.from = from;
        this.end = end;
        this.table = table;
        this.columns = columns;
        this.valuesAt = valuesAt;
        this.backslashes = backslashes;
    }

    /** The statement in {@code source[from, end)}. */
    static SqlInsert read(byte[] source, int from, int end) {
        int at = valuesIn(source, from, end);
        String head = new String(source, from, Math.min(at - from, LONGEST_HEAD), StandardCharsets.UTF_8);
        return new SqlInsert(
                source, from, end, SqlNames.tableIn(head), SqlNames.listIn(head), at, head.indexOf('`') >= 0);
    }

    String table() {
        return table;
    }

    List<String> columns() {
        return columns;
    }

    /** Where the statement that begins at {@code from} ends: at its semicolon, -1 where that is not here. */
    static int end(byte[] source, int from, int to) {
        boolean backslashes = false;
        for (int i = from; i < to; i++) {
            switch (source[i]) {
                case ';' -> {
                    return i;
                }
                case '`' -> backslashes = true;
                case '\'', '"' -> {
                    i = endOfString(source, i, to, backslashes);
                    if (i < 0) {
                        return -1;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** Sanitizes the values, each as one of its column's field. */
    void walk(Values values, Field[] fields, Edits edits) {
        // All of a statement that selects its values, or is none, is text.
        values.text(source, from, valuesAt, Syntax.CODE, edits);
        int depth = 0;
        int column = 0;
        int at = valuesAt;
        int done = at;
        while (at < end) {
            byte b = source[at];
            Field field = depth > 0 && column < fields.length ? fields[column] : values.root();
            if (b == '\'') {
                between(values, done, at, edits);
                int stop = endOfString(source, at, end, backslashes);
                int to = stop < 0 ? end : stop;
                values.value(field, source, at + 1, to, Escaping.SQL, edits);
                at = Math.min(to + 1, end);
                done = at;
            } else if (depth > 0 && isNumber(at)) {
                between(values, done, at, edits);
                int to = at + 1;
                while (to < end && (isDigit(source[to]) || source[to] == '.' || source[to] == 'e')) {
                    to++;
                }
                values.number(field, source, at, to, edits);
                at = to;
                done = at;
            } else if (isWord(b)) {
                at++;
                while (at < end && (isWord(source[at]) || isDigit(source[at]))) {
                    at++;
                }
            } else {
                if (b == '(' && depth++ == 0) {
                    column = 0;
                } else if (b == ')' && --depth == 0) {
                    values.records++;
                    values.malformed += fields.length > 0 && column + 1 != fields.length ? 1 : 0;
                } else if (b == ',' && depth == 1) {
                    column++;
                }
                at++;
            }
        }
        between(values, done, end, edits);
    }

    /** Sanitizes what stands between values: nothing, unless a string that does not end has turned all inside out. */
    private void between(Values values, int start, int stop, Edits edits) {
        if (stop - start >= SHORTEST_BETWEEN) {
            values.text(source, start, stop, Syntax.CODE, edits);
        }
    }

    private boolean isNumber(int at) {
        byte before = source[at - 1];
        boolean begins = before == '(' || before == ',' || before == ' ' || before == '\n';
        return begins && (isDigit(source[at]) || source[at] == '-' && at + 1 < end && isDigit(source[at + 1]));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b < 0;
    }

    private static int valuesIn(byte[] source, int from, int end) {
        for (int i = from; i < end; i++) {
            if (source[i] == '"') {
                int stop = endOfString(source, i, end, false);
                if (stop < 0) {
                    return end;
                }
                i = stop;
            } else if ((source[i] | 0x20) == 'v'
                    && i + 6 <= end
                    && new String(source, i, 6, StandardCharsets.ISO_8859_1).equalsIgnoreCase("values")
                    && (source[i - 1] == ' ' || source[i - 1] == ')' || source[i - 1] == '\n')) {
                return i + 6;
            }
        }
        return end;
    }

    /** Where the quote stands that ends the string or name which begins at {@code from}, -1 where none does. */
    private static int endOfString(byte[] source, int from, int to, boolean backslashes) {
        byte quote = source[from];
        for (int i = from + 1; i < to; i++) {
            if (source[i] == '\\' && backslashes) {
                i++;
            } else if (source[i] == quote) {
                if (i + 1 < to && source[i + 1] == quote) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return -1;
    }
}
