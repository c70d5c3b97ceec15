package dev.retake.privacy.document;

import dev.retake.privacy.value.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what cells of tables in JSON are: {@code {"columns": ["id", "email"], "rows": [[1, "…"]]}}, or arrays of which
 * the first names the columns of the others. Made for a document once such a table may begin; not thread-safe.
 */
final class RowHeadings {
    private static final int MOST = 200;
    private static final List<Field> NONE = List.of();

    private final List<Open> open = new ArrayList<>();

    /** An open array or object. */
    private static final class Open {
        /** What the cells of rows in it are. */
        List<Field> headings = NONE;
        /** Names of columns that were met in it. */
        List<Field> gathered = NONE;
        /** Where it is a row, what its elements are. */
        List<Field> row = NONE;

        boolean gathers;
        int position;
    }

    /**
     * An array or object is opened.
     *
     * @param depth how many are open around it
     * @param inArray whether the next around it is an array
     * @param names whether it lists the names of columns
     * @return what its first element is, null where nothing is known
     */
    @Nullable
    Field opened(int depth, boolean array, boolean inArray, boolean names) {
        while (open.size() > depth) {
            open.remove(open.size() - 1);
        }
        Open added = new Open();
        open.add(added);
        added.gathers = array && names;
        if (!array || !inArray) {
            return null;
        }
        Open around = open.get(depth - 1);
        List<Field> columns = around.headings;
        if (columns.isEmpty() && depth > 1) {
            columns = open.get(depth - 2).headings;
        }
        added.row = columns;
        added.gathers = columns.isEmpty() && around.position == 0;
        return columns.isEmpty() ? null : columns.get(0);
    }

    /** Whether strings of the array at {@code depth} may be names of columns. */
    boolean gathers(int depth) {
        return open.get(depth).gathers;
    }

    /** Takes the name of a column that stands in the array at {@code depth}. */
    void name(int depth, Field column) {
        Open array = open.get(depth);
        if (array.gathered.isEmpty()) {
            array.gathered = new ArrayList<>();
        }
        if (array.gathered.size() < MOST) {
            array.gathered.add(column);
        }
    }

    /** Moves to the next element of the array at {@code depth}; what it is, null where nothing is known. */
    @Nullable
    Field next(int depth) {
        Open array = open.get(depth);
        int position = ++array.position;
        return position < array.row.size() ? array.row.get(position) : null;
    }

    /** The array at {@code depth} is closed; where it named columns, they hold for what follows beside it. */
    void closed(int depth) {
        Open array = open.get(depth);
        boolean all = array.gathered.size() > array.position;
        if (depth > 0 && all && array.gathered.stream().anyMatch(Field::isRuled)) {
            Field.tell(array.gathered);
            open.get(depth - 1).headings = array.gathered;
        }
    }
}
