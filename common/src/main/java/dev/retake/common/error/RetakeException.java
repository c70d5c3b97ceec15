package dev.retake.common.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure that is shown to the user as it is: its message is one sentence that says what is wrong and what to do, and
 * never holds anything captured.
 */
public final class RetakeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public RetakeException(ErrorCode code, String sentence) {
        this(code, sentence, null);
    }

    public RetakeException(ErrorCode code, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
