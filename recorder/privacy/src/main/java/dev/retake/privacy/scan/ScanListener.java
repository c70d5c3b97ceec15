package dev.retake.privacy.scan;

/** Told what a {@link ByteScanner} comes upon, in no particular order. */
public interface ScanListener {
    /** A value stands where it should not. */
    void leaked(Leak leak);

    /**
     * A part was not looked at to its end.
     *
     * @param reason what stopped it, with its offset
     */
    void unread(String reason);
}
