package dev.retake.journal;

import java.nio.file.Path;

/**
 * A batch could not be written and nothing of it was; the same journal may take the next one. The message is one sentence
 * that says what to do.
 */
public final class JournalUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean gone;

    public JournalUnavailableException(String sentence, Throwable cause) {
        this(sentence, cause, false);
    }

    private JournalUnavailableException(String sentence, Throwable cause, boolean gone) {
        super(sentence, cause);
        this.gone = gone;
    }

    /** {@code journal}, or its keyring, is no longer where it was opened. */
    public static JournalUnavailableException gone(Path journal, Throwable cause) {
        return new JournalUnavailableException(
                "The journal " + journal + " or its keyring was moved or removed; put it back, or leave it, and capture"
                        + " goes on in a new one at the same place.",
                cause,
                true);
    }

    /** Whether the journal is no longer where it was opened, so that another may have to take its place. */
    public boolean isGone() {
        return gone;
    }
}
