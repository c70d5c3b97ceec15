package dev.retake.privacy.value;

import dev.retake.privacy.encoding.Escaping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds INSERT statements that list their columns in text, as logs and messages of databases quote them, and walks each
 * value by the name of its column. Text that looks like one and is none stays as it is, for others to walk.
 */
final class InsertWalker {
    private static final int SHORTEST = 24;
    private static final int LONGEST_TABLE = 128;
    private static final int MOST_COLUMNS = 200;
    private static final byte[] INTO = {'i', 'n', 't', 'o', ' '};
    private static final byte[] VALUES = {'v', 'a', 'l', 'u', 'e', 's'};

    private final byte[] source;
    private final int to;
    private final List<Field> columns = new ArrayList<>();
    private int at;

    private InsertWalker(byte[] source, int to, int at) {
        this.source = source;
        this.to = to;
        this.at = at;
    }

    /** Whether text with {@code marks} is worth a look: its strings have apostrophes. */
    static boolean mayHold(int marks, int length) {
        return length >= SHORTEST && (marks & Marks.APOSTROPHE) != 0;
    }

    /**
     * Looks for a statement from {@code at} on.
     *
     * @return a walker at its first value; null where there is none
     */
    static @Nullable InsertWalker find(Leaves leaves, byte[] source, int from, int at, int to) {
        for (int i = Math.max(at, from + 1); i + SHORTEST - 7 < to; i++) {
            if (source[i] == ' ' || (source[i] | 0x20) != 'i' || source[i - 1] != ' ' || !is(source, i, to, INTO)) {
                continue;
            }
            InsertWalker found = new InsertWalker(source, to, i + INTO.length);
            if (found.head(leaves.fields().text())) {
                return found;
            }
        }
        return null;
    }

    /** Reads the table, its columns and {@code VALUES (}. */
    private boolean head(Field root) {
        int table = at;
        while (at < to && at - table < LONGEST_TABLE && source[at] != '(') {
            at++;
        }
        if (at == to || source[at] != '(') {
            return false;
        }
        int stop = at;
        while (stop > table && !isName(source[stop - 1])) {
            stop--;
        }
        int start = stop;
        while (start > table && isName(source[start - 1])) {
            start--;
        }
        Field around = start < stop ? root.unkept(source, start, stop) : root;
        do {
            at++;
            while (at < to && !isName(source[at]) && source[at] != ')') {
                at++;
            }
            int name = at;
            while (at < to && isName(source[at])) {
                at++;
            }
            if (at == name || columns.size() == MOST_COLUMNS) {
                return false;
            }
            columns.add(around.unkept(source, name, at));
            while (at < to && source[at] != ',' && source[at] != ')') {
                at++;
            }
        } while (at < to && source[at] == ',');
        at++;
        Field.tell(columns);
        spaces();
        if (!is(source, at, to, VALUES)) {
            return false;
        }
        at += VALUES.length;
        spaces();
        return at < to && source[at] == '(';
    }

    /** Where its values begin. */
    int start() {
        return at;
    }

    /** Walks the rows; returns where they end. {@code edits} takes what is replaced, in order. */
    int walk(Leaves leaves, int level, Edits edits) {
        int column = 0;
        int depth = 0;
        while (at < to) {
            byte b = source[at];
            if (b == '\'') {
                int end = endOfString();
                if (depth > 0 && column < columns.size()) {
                    leaves.value(columns.get(column), source, at + 1, end, Escaping.SQL, level, edits);
                }
                at = Math.min(to, end + 1);
                continue;
            }
            if (depth > 0 && column < columns.size() && isDigit(b) && !isName(source[at - 1])) {
                int start = at;
                while (at < to && (isDigit(source[at]) || source[at] == '.')) {
                    at++;
                }
                leaves.number(columns.get(column), source, start, at, edits);
                continue;
            }
            if (b == '(') {
                column = depth++ == 0 ? 0 : column;
            } else if (b == ')') {
                depth--;
            } else if (b == ',' && depth == 1) {
                column++;
            } else if (depth <= 0 && b != ',' && b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return at;
            }
            at++;
        }
        return to;
    }

    private int endOfString() {
        for (int i = at + 1; i < to; i++) {
            if (source[i] == '\'') {
                if (i + 1 == to || source[i + 1] != '\'') {
                    return i;
                }
                i++;
            }
        }
        return to;
    }

    private void spaces() {
        while (at < to && (source[at] == ' ' || source[at] == '\n' || source[at] == '\r' || source[at] == '\t')) {
            at++;
        }
    }

    private static boolean is(byte[] source, int from, int to, byte[] lower) {
        if (from + lower.length > to) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if ((source[from + i] | 0x20) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(byte b) {
        return b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || isDigit(b) || b == '_' || b == '-';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
