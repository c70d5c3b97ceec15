package dev.retake.privacy.anonymize;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.Syntax;
import java.nio.charset.StandardCharsets;

/** Sanitizes the single values of records, and counts. Not thread-safe. */
final class Values {
    /** No detector finds anything shorter, bytes. */
    private static final int SHORTEST_FOUND = 4;

    private final Leaves leaves;
    private final Field root;

    /** Counts so far. */
    long records;

    long malformed;
    long replaced;

    Values(Leaves leaves, String table) {
        this.leaves = leaves;
        this.root = under(leaves.fields().json(), table);
    }

    /** What the fields of the data stand under. */
    Field root() {
        return root;
    }

    /**
     * The field called {@code name} under {@code around}; one of many parts with dots between them under those before.
     * Columns are looked up as members of JSON are, so that a column and a recorded member have one rule.
     */
    static Field under(Field around, String name) {
        Field field = around;
        if (!name.isEmpty()) {
            for (String part : name.split("\\.", -1)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                field = field.child(bytes, 0, bytes.length);
            }
        }
        return field;
    }

    /** The field of a table's column. */
    Field column(Field table, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return table.child(bytes, 0, bytes.length);
    }

    void name(Field field, byte[] source, int from, int to, Escaping escaping, Edits edits) {
        leaves.name(field, source, from, to, escaping, 0, edits);
    }

    /** The same where it is known whether the value holds what an escape begins with. */
    void value(Field field, byte[] source, int from, int to, boolean escaped, Escaping escaping, Edits edits) {
        if (to - from < SHORTEST_FOUND && field.rule() == null) {
            return;
        }
        leaves.value(field, source, from, to, escaped, escaping, 0, edits);
    }

    void value(Field field, byte[] source, int from, int to, Escaping escaping, Edits edits) {
        leaves.value(field, source, from, to, escaping, 0, edits);
    }

    void number(Field field, byte[] source, int from, int to, Edits edits) {
        leaves.number(field, source, from, to, edits);
    }

    /** Sanitizes text of which nothing is known. */
    void text(byte[] source, int from, int to, Syntax syntax, Edits edits) {
        if (from < to) {
            leaves.text().run(source, from, to, syntax, 0, edits);
        }
    }

    /** Walks one JSON value; returns where it ceases to be JSON. */
    int json(Field field, byte[] source, int from, int to, Edits edits) {
        return leaves.nested().json(leaves, field, source, from, to, 0, edits);
    }
}
