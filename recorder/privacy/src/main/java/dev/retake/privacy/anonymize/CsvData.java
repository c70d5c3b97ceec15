package dev.retake.privacy.anonymize;

import dev.retake.privacy.document.CsvForm;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Stops;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CSV (RFC 4180) and its relatives with semicolons, tabs or bars: each cell by the name of its column. Rows with more or
 * fewer cells than there are columns, and rows whose quotes do not end, are kept, sanitized and counted.
 */
final class CsvData extends DataStream {
    private static final Stops QUOTE = Stops.at('"');

    /** A row whose quotes do not end is read without quotes once it is longer than this. */
    private static final int LONGEST_QUOTED = 1024 * 1024;

    private final List<String> names = new ArrayList<>();
    private Field[] columns = {};
    private Stops cellEnds = Stops.at('\n');
    private byte delimiter;
    private boolean begun;

    CsvData(Values values, DataLayout layout) {
        super(values);
        if (!layout.columns().isEmpty()) {
            layout.columns().forEach(this::addColumn);
            columns = Field.told(columns);
        }
    }

    @Override
    int walk(byte[] source, int from, int to, boolean last, Edits edits) {
        int at = from;
        if (!begun) {
            at = begin(source, from, to, last, edits);
            if (!begun) {
                return from;
            }
        }
        while (at < to) {
            int end = row(source, at, to, last, true, edits);
            if (end < 0 && (last || to - at > LONGEST_QUOTED)) {
                // Its quotes do not end: taken for characters as any other, they hide nothing.
                edits.removeWithin(at, Integer.MAX_VALUE);
                end = row(source, at, to, last, false, edits);
                values.malformed += end < 0 ? 0 : 1;
            }
            if (end < 0) {
                break;
            }
            at = end;
        }
        return at;
    }

    /** Reads the first row: its delimiter, and the names in it where it has any. */
    private int begin(byte[] source, int from, int to, boolean last, Edits edits) {
        int start = startsWithMark(source, from, to) ? from + 3 : from;
        int end = start;
        boolean quoted = false;
        while (end < to && (quoted || source[end] != '\n')) {
            quoted ^= source[end] == '"';
            end++;
        }
        if (end == to && !last && to - from <= LONGEST_QUOTED) {
            return from;
        }
        delimitedBy(CsvForm.delimiter(source, start, end));
        if (!names.isEmpty() || !CsvForm.areHeadings(source, start, end, delimiter)) {
            return start;
        }
        int at = start;
        while (at < end) {
            boolean inQuotes = source[at] == '"';
            int first = inQuotes ? at + 1 : at;
            int stop = first;
            while (stop < end && source[stop] != (inQuotes ? '"' : delimiter)) {
                stop++;
            }
            int nameEnd = !inQuotes && stop > first && source[stop - 1] == '\r' ? stop - 1 : stop;
            addColumn(new String(source, first, nameEnd - first, StandardCharsets.UTF_8));
            values.name(columns[columns.length - 1], source, first, nameEnd, Escaping.NONE, edits);
            while (stop < end && source[stop] != delimiter) {
                stop++;
            }
            at = stop + 1;
        }
        columns = Field.told(columns);
        return Math.min(end + 1, to);
    }

    private void delimitedBy(byte found) {
        delimiter = found;
        cellEnds = Stops.at('\n', (char) found);
        begun = true;
    }

    private void addColumn(String name) {
        names.add(name);
        columns = Arrays.copyOf(columns, names.size());
        columns[names.size() - 1] = values.column(values.root(), name);
    }

    /** Walks one row; returns where the next begins, -1 where it does not end here. */
    private int row(byte[] source, int from, int to, boolean last, boolean quotes, Edits edits) {
        int at = from;
        int column = 0;
        while (true) {
            Field field = column < columns.length ? columns[column] : values.root();
            boolean quoted = quotes && at < to && source[at] == '"';
            int end = quoted ? quoted(field, source, at, to, last, edits) : plain(field, source, at, to, last, edits);
            if (end < 0) {
                return -1;
            }
            column++;
            if (end >= to || source[end] == '\n') {
                values.records++;
                boolean empty = column == 1 && end - from <= 1;
                values.malformed += columns.length > 0 && column != columns.length && !empty ? 1 : 0;
                return Math.min(end + 1, to);
            }
            at = end + 1;
        }
    }

    /** Walks a cell without quotes; returns where it ends, -1 where that is not here. */
    private int plain(Field field, byte[] source, int from, int to, boolean last, Edits edits) {
        int end = cellEnds.next(source, from, to);
        if (end == to && !last) {
            return -1;
        }
        int stop = end > from && source[end - 1] == '\r' ? end - 1 : end;
        if (stop == from || isNull(source, from, stop)) {
            return end;
        }
        int mark = edits.count();
        values.value(field, source, from, stop, false, Escaping.NONE, edits);
        for (int i = mark; i < edits.count(); i++) {
            if (needsQuotes(edits.text(i))) {
                Edits cell = new Edits();
                values.value(field, source, from, stop, false, Escaping.NONE, cell);
                edits.removeWithin(from, stop);
                edits.add(from, stop, inQuotes(cell.apply(source, from, stop)));
                break;
            }
        }
        return end;
    }

    private int quoted(Field field, byte[] source, int from, int to, boolean last, Edits edits) {
        boolean escaped = false;
        int end = QUOTE.next(source, from + 1, to);
        while (end + 1 < to && source[end + 1] == '"') {
            escaped = true;
            end = QUOTE.next(source, end + 2, to);
        }
        if (end >= to || end + 1 == to && !last) {
            return -1;
        }
        values.value(field, source, from + 1, end, escaped, Escaping.CSV, edits);
        int next = end + 1;
        while (next < to && source[next] != delimiter && source[next] != '\n') {
            next++;
        }
        if (next == to && !last) {
            return -1;
        }
        int stop = next > end + 1 && source[next - 1] == '\r' ? next - 1 : next;
        if (stop > end + 1) {
            values.value(values.root(), source, end + 1, stop, Escaping.NONE, edits);
        }
        return next;
    }

    /** How databases write that there is no value: {@code \N}, {@code NULL}. */
    private static boolean isNull(byte[] source, int from, int to) {
        return to - from == 2 && source[from] == '\\' && source[from + 1] == 'N';
    }

    private boolean needsQuotes(byte[] text) {
        for (byte b : text) {
            if (b == delimiter || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private static byte[] inQuotes(byte[] text) {
        byte[] escaped = Escaping.CSV.encode(text, text, 0, text.length);
        byte[] quoted = new byte[escaped.length + 2];
        quoted[0] = '"';
        System.arraycopy(escaped, 0, quoted, 1, escaped.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    private static boolean startsWithMark(byte[] source, int from, int to) {
        return to - from >= 3
                && (source[from] & 0xff) == 0xef
                && (source[from + 1] & 0xff) == 0xbb
                && (source[from + 2] & 0xff) == 0xbf;
    }

    @Override
    void describe(List<String> state) {
        state.add(begun ? String.valueOf((char) delimiter) : "");
        state.addAll(names);
    }

    @Override
    void take(List<String> state) {
        if (state.isEmpty() || state.get(0).length() > 1) {
            throw new IllegalArgumentException("not of CSV");
        }
        if (!state.get(0).isEmpty()) {
            delimitedBy((byte) state.get(0).charAt(0));
        }
        names.clear();
        columns = new Field[0];
        state.subList(1, state.size()).forEach(this::addColumn);
        columns = Field.told(columns);
    }
}
