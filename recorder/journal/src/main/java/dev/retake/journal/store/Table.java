package dev.retake.journal.store;

import java.nio.charset.StandardCharsets;

/** The tables of a journal; each is a column family. What their keys and values are, {@code docs/journal-format.md} says. */
public enum Table {
    META("default"),
    RECORDS("records"),
    SESSIONS("sessions"),
    INDEX("index"),
    LEDGER("ledger");

    private final String family;

    Table(String family) {
        this.family = family;
    }

    byte[] family() {
        return family.getBytes(StandardCharsets.US_ASCII);
    }
}
