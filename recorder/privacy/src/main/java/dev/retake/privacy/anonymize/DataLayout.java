package dev.retake.privacy.anonymize;

import java.util.List;

/**
 * What data does not say of itself.
 *
 * @param table what the records are about, as {@code users}: the context of their fields; empty where nobody knows
 * @param columns names of the columns of CSV without headings or of bare COPY rows; empty where the data names them
 */
public record DataLayout(String table, List<String> columns) {
    /** Nothing is said. */
    public static final DataLayout NONE = new DataLayout("", List.of());

    public DataLayout {
        columns = List.copyOf(columns);
    }
}
