package dev.retake.privacy.anonymize;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Stops;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain-format dump of PostgreSQL (pg_dump): the rows of COPY blocks by their columns, the values of INSERT statements
 * by their columns or by those that CREATE TABLE named, and what the detectors know in everything else.
 */
final class DumpData extends DataStream {
    private static final int MOST_TABLES = 10_000;
    private static final Stops CELL = Stops.at('\t', '\n', '\\');
    private static final Stops CELL_END = Stops.at('\t', '\n');

    private final boolean bare;
    private final Map<String, List<String>> tables = new LinkedHashMap<>();
    private String table = "";
    private List<String> names = List.of();
    private Field[] columns = {};
    private boolean copying;

    /** The table of the CREATE statement that is being read, empty outside of one. */
    private String creating = "";

    private final List<String> created = new ArrayList<>();

    DumpData(Values values, DataLayout layout) {
        super(values);
        bare = !layout.columns().isEmpty();
        if (bare) {
            copy(layout.table(), layout.columns());
        }
    }

    @Override
    int walk(byte[] source, int from, int to, boolean last, Edits edits) {
        int at = from;
        while (at < to) {
            if (copying) {
                int next = row(source, at, to, last, edits);
                if (next < 0) {
                    return at;
                }
                at = next;
                continue;
            }
            int end = at;
            while (end < to && source[end] != '\n') {
                end++;
            }
            if (end == to && !last) {
                return at;
            }
            if (startsWith(source, at, end, "INSERT INTO ")) {
                int statement = SqlInsert.end(source, at, to);
                if (statement < 0 && !last) {
                    return at;
                }
                end = insert(source, at, statement < 0 ? to : statement, edits);
            } else {
                statement(source, at, end, edits);
            }
            at = Math.min(end + 1, to);
        }
        return at;
    }

    /** Walks the row at {@code from}; returns where the next begins, -1 where it does not end here. */
    private int row(byte[] source, int from, int to, boolean last, Edits edits) {
        int column = 0;
        int at = from;
        while (true) {
            int end = CELL.next(source, at, to);
            boolean escaped = end < to && source[end] == '\\';
            if (escaped) {
                end = CELL_END.next(source, end, to);
            }
            if (end == to && !last) {
                return -1;
            }
            boolean ended = end == to || source[end] == '\n';
            int stop = ended && end > at && source[end - 1] == '\r' ? end - 1 : end;
            if (ended && column == 0 && isEnd(source, from, stop)) {
                copying = bare;
                return Math.min(end + 1, to);
            }
            boolean none = stop - at == 2 && source[at] == '\\' && source[at + 1] == 'N';
            if (stop > at && !none) {
                Field field = column < columns.length ? columns[column] : values.root();
                values.value(field, source, at, stop, escaped, Escaping.COPY, edits);
            }
            column++;
            if (ended) {
                values.records++;
                values.malformed += column == columns.length || columns.length == 0 ? 0 : 1;
                return Math.min(end + 1, to);
            }
            at = end + 1;
        }
    }

    /** The line that ends the rows: {@code \.}. */
    private static boolean isEnd(byte[] source, int from, int to) {
        return to - from == 2 && source[from] == '\\' && source[from + 1] == '.';
    }

    /** Reads a line of SQL that holds no rows. */
    private void statement(byte[] source, int from, int end, Edits edits) {
        String line = new String(source, from, Math.min(end - from, LONGEST_PEEK), StandardCharsets.UTF_8).strip();
        if (!creating.isEmpty()) {
            if (line.startsWith(")")) {
                if (tables.size() < MOST_TABLES) {
                    tables.put(creating, List.copyOf(created));
                }
                creating = "";
            } else {
                String name = SqlNames.column(line);
                if (!name.isEmpty()) {
                    created.add(name);
                }
            }
        } else if (SqlNames.begins(line, "CREATE TABLE ") || SqlNames.begins(line, "CREATE UNLOGGED TABLE ")) {
            creating = line.endsWith("(") ? SqlNames.tableIn(line) : "";
            created.clear();
        } else if (SqlNames.begins(line, "COPY ") && SqlNames.readsRows(line)) {
            String name = SqlNames.tableIn(line);
            List<String> listed = SqlNames.listIn(line);
            copy(name, listed.isEmpty() ? tables.getOrDefault(name, List.of()) : listed);
            return;
        }
        values.text(source, from, end, Syntax.CODE, edits);
    }

    private void copy(String ofTable, List<String> ofColumns) {
        table = ofTable;
        names = List.copyOf(ofColumns);
        columns = fields(ofTable, ofColumns);
        copying = true;
    }

    private Field[] fields(String ofTable, List<String> ofColumns) {
        Field around = Values.under(values.root(), ofTable.substring(ofTable.lastIndexOf('.') + 1));
        return Field.told(
                ofColumns.stream().map(name -> values.column(around, name)).toArray(Field[]::new));
    }

    /** Walks the statement at {@code from}; returns where it ends. */
    private int insert(byte[] source, int from, int end, Edits edits) {
        SqlInsert insert = SqlInsert.read(source, from, end);
        String name = insert.table();
        List<String> listed = insert.columns();
        Field[] fields = fields(name, listed.isEmpty() ? tables.getOrDefault(name, List.of()) : listed);
        insert.walk(values, fields, edits);
        return end;
    }

    private static boolean startsWith(byte[] source, int from, int end, String text) {
        if (end - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.toUpperCase((char) source[from + i]) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    void describe(List<String> state) {
        state.add(copying ? "copying" : "statements");
        state.add(table);
        add(state, names);
        state.add(creating);
        add(state, created);
        tables.forEach((name, list) -> {
            state.add(name);
            add(state, list);
        });
    }

    private static void add(List<String> state, List<String> list) {
        state.add(Integer.toString(list.size()));
        state.addAll(list);
    }

    @Override
    void take(List<String> state) {
        try {
            int[] at = {1};
            copy(state.get(at[0]++), list(state, at));
            copying = state.get(0).equals("copying");
            creating = state.get(at[0]++);
            created.clear();
            created.addAll(list(state, at));
            tables.clear();
            while (at[0] < state.size()) {
                String name = state.get(at[0]++);
                tables.put(name, list(state, at));
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("not of a dump", e);
        }
    }

    private static List<String> list(List<String> state, int[] at) {
        int size = Integer.parseInt(state.get(at[0]++));
        List<String> list = List.copyOf(state.subList(at[0], at[0] + size));
        at[0] += size;
        return list;
    }
}
