package dev.retake.journal;

/** When an appended batch is on the disk for good. A crash of the process alone loses nothing that was appended. */
public enum Durability {
    /** Before {@link JournalWriter#append} returns. */
    BATCH,
    /** At most the configured interval later. */
    INTERVAL,
    /** When the operating system writes it; a loss of power may cost seconds of traffic, counted as unknown where known. */
    NONE
}
