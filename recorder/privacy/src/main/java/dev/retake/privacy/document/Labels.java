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
            default -> null;
        };
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
