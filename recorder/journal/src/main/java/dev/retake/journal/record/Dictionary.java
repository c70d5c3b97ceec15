package dev.retake.journal.record;

/**
 * What the compressor knows of traffic before it sees a record: pieces that recur, learnt from sanitized records.
 *
 * @param number 1 to {@link #MAX_NUMBER}; a record names it
 * @param bytes in zstd's form; treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Dictionary(int number, byte[] bytes) {
    /** The highest number that a record's head has room for. */
    public static final int MAX_NUMBER = 4_095;
}
