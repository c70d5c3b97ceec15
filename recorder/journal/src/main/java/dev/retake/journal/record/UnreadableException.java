package dev.retake.journal.record;

/** Bytes of the journal that cannot be read. The message is the rest of a sentence that begins with their place. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableException(String message) {
        super(message);
    }

    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
