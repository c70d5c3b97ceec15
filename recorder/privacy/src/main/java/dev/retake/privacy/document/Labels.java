package dev.retake.privacy.document;

import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What cells and definitions of HTML hold by the labels that go before them: {@code <dt>} and {@code <dd>}, {@code <th>}
 * and {@code <td>} of a row, or of a column under a row of headings. Not thread-safe.
 */
final class Labels {
    private static final int LONGEST = 64;
    private static final int MOST = 200;

    private final Fields fields;
    private final List<Field> row = new ArrayList<>();
    private List<Field> columns = List.of();
    private String element = "";
    private int column = -1;
    private @Nullable Field label;

    /** What the text before announced with a colon: {@code <b>Name:</b> …}. */
    private @Nullable Field announced;

    Labels(Fields fields) {
        this.fields = fields;
    }

    void opened(String name) {
        switch (name) {
            case "table" -> columns = List.of();
            case "tr" -> {
                row.clear();
                column = -1;
                label = null;
            }
            case "td" -> column++;
            case "dl" -> label = null;
            case "th", "dt", "dd", "label" -> {}
            default -> {
                return;
            }
        }
        element = name;
    }

    void closed(String name) {
        if (name.equals("tr") && column < 0 && row.size() > 1) {
            columns = List.copyOf(row);
        }
        if (name.equals(element)) {
            if (name.equals("dd") || name.equals("td")) {
                label = null;
            }
            element = "";
        }
    }

    /** What {@code source[from, to)}, text of the open element, is by its label; a label itself is remembered. */
    @Nullable
    Field field(byte[] source, int from, int to) {
        return switch (element) {
            case "th", "dt", "label" -> {
                remember(source, from, to);
                yield null;
            }
            case "dd" -> label;
            case "td" -> row.size() == 1 ? label : column < columns.size() ? columns.get(column) : null;
            default -> announced(source, from, to);
        };
    }

    /** What running text is by the text before it, of another element; text that ends with a colon announces more. */
    private @Nullable Field announced(byte[] source, int from, int to) {
        int start = from;
        while (start < to && isBlank(source[start])) {
            start++;
        }
        int stop = to;
        while (stop > start && isBlank(source[stop - 1])) {
            stop--;
        }
        if (start == stop) {
            return null;
        }
        Field meant = announced;
        announced = null;
        if (source[stop - 1] == ':' && stop - start > 1 && stop - start <= LONGEST) {
            announced = fields.text().unkept(source, start, stop - 1);
            return null;
        }
        return meant == null || meant.rule() == null ? null : meant;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void remember(byte[] source, int from, int to) {
        int end = to;
        while (end > from && (source[end - 1] == ':' || source[end - 1] == '*' || source[end - 1] == ' ')) {
            end--;
        }
        if (end > from && end - from <= LONGEST && row.size() < MOST) {
            label = fields.text().unkept(source, from, end);
            if (element.equals("th")) {
                row.add(label);
            }
        }
    }
}
