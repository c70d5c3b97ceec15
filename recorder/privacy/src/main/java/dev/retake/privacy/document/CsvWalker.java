package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks CSV (RFC 4180) and its relatives with semicolons, tabs or bars: each cell by the name of its column, where the
 * first row looks like names.
 *
 * <p>An instance walks one document, once.
 */
final class CsvWalker {

    private final Leaves leaves;
    private final byte[] source;
    private final int end;
    private final boolean cut;
    private final Edits edits;
    private final byte delimiter;
    private final List<Field> columns = new ArrayList<>();
    private int at;

    CsvWalker(Leaves leaves, byte[] source, int from, int to, boolean cut, Edits edits) {
        this.leaves = leaves;
        this.source = source;
        this.at = from;
        this.end = to;
        this.cut = cut;
        this.edits = edits;
        this.delimiter = CsvForm.delimiter(source, from, to);
    }

    void walk() {
        boolean headings = CsvForm.areHeadings(source, at, firstLineEnd(), delimiter);
        boolean first = true;
        int column = 0;
        while (at < end) {
            Field field = !first && column < columns.size()
                    ? columns.get(column)
                    : leaves.fields().csv();
            boolean last = cell(field, first && headings);
            column++;
            if (last) {
                if (first) {
                    Field.tell(columns);
                }
                first = false;
                column = 0;
            }
        }
    }

    /** Walks one cell and what ends it; true where that ends the row. */
    private boolean cell(Field field, boolean heading) {
        boolean quoted = source[at] == '"';
        int from = quoted ? at + 1 : at;
        int to = from;
        while (to < end && (quoted ? source[to] != '"' : source[to] != delimiter && source[to] != '\n')) {
            boolean doubled = false;
            to++;
            while (quoted && to + 1 < end && source[to] == '"' && source[to + 1] == '"') {
                to += 2;
                doubled = true;
            }
            if (doubled && to >= end) {
                break;
            }
        }
        Escaping escaping = quoted ? Escaping.CSV : Escaping.NONE;
        if (cut && to >= end) {
            leaves.cut(field, source, from, end, escaping, 0, edits);
            at = end;
            return true;
        }
        int stop = Math.min(to, end);
        if (!quoted && stop > from && source[stop - 1] == '\r') {
            stop--;
        }
        if (heading) {
            Field column = leaves.fields().csv().child(source, from, stop);
            leaves.name(column, source, from, stop, escaping, 0, edits);
            columns.add(column);
        } else {
            leaves.value(field, source, from, stop, escaping, 0, edits);
        }
        return endCell(quoted ? Math.min(to + 1, end) : Math.min(to, end));
    }

    /** Moves past what stands between a cell and the next one. */
    private boolean endCell(int from) {
        int next = from;
        while (next < end && source[next] != delimiter && source[next] != '\n') {
            next++;
        }
        if (next > from) {
            leaves.value(leaves.fields().csv(), source, from, next, Escaping.NONE, 0, edits);
        }
        at = Math.min(next + 1, end);
        return next >= end || source[next] == '\n';
    }

    private int firstLineEnd() {
        int line = at;
        while (line < end && source[line] != '\n') {
            line++;
        }
        return line;
    }
}
