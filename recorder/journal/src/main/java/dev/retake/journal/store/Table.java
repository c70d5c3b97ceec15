package dev.retake.journal.store;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The tables of a journal, and those of a vault; each is a column family. What their keys and values are, {@code docs/journal-format.md} says. */
public enum Table {
    META("default"),
    RECORDS("records"),
    SESSIONS("sessions"),
    INDEX("index"),
    LEDGER("ledger"),
    /** Of a vault alone. */
    MAPPINGS("mappings");

    /** The tables of a journal. */
    public static final Set<Table> JOURNAL = Set.of(META, RECORDS, SESSIONS, INDEX, LEDGER);

    /** The tables of a vault. */
    public static final Set<Table> VAULT = Set.of(META, MAPPINGS);

    private final String family;

    Table(String family) {
        this.family = family;
    }

    byte[] family() {
        return family.getBytes(StandardCharsets.US_ASCII);
    }
}
