package dev.retake.journal;

/**
 * A batch could not be written and nothing of it was; the same journal may take the next one. The message is one sentence
 * that says what to do.
 */
public final class JournalUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    public JournalUnavailableException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
