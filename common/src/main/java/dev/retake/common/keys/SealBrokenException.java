package dev.retake.common.keys;

/** Sealed bytes did not open: they were changed, moved, or sealed under another key. Nothing of them is known. */
public final class SealBrokenException extends Exception {
    private static final long serialVersionUID = 1;

    public SealBrokenException(String message) {
        super(message);
    }
}
