package dev.retake.privacy.anonymize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What data can be anonymized. */
public enum DataFormat {
    /** RFC 4180, with commas, semicolons, tabs or bars. */
    CSV,
    /** One JSON text or many, one after another. */
    JSON,
    /** JSON, a text a line. */
    NDJSON,
    /** A plain-format dump of PostgreSQL: COPY blocks and INSERT statements; or the rows of COPY alone. */
    COPY;

    /** The format that a file's name shows, null where it shows none. */
    public static @Nullable DataFormat ofName(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        return switch (lower.substring(lower.lastIndexOf('.') + 1)) {
            case "csv", "tsv", "tab" -> CSV;
            case "json" -> JSON;
            case "ndjson", "jsonl" -> NDJSON;
            case "sql", "dump", "copy", "pgdump" -> COPY;
            default -> null;
        };
    }
}
