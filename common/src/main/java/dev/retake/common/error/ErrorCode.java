package dev.retake.common.error;

/** What went wrong, as a stable name for programs, with the exit code of the command line. */
public enum ErrorCode {
    ARGUMENT(2),
    CONFIGURATION(2),
    UNKNOWN_ID(2),
    FORBIDDEN_TARGET(2),
    PORT(3),
    LOCKED(3),
    KEY(3),
    FORMAT(3),
    DAMAGED(3),
    DISK(3),
    INPUT(3),
    UNREACHABLE(3),
    HOOK(3);

    private final int exitCode;

    ErrorCode(int exitCode) {
        this.exitCode = exitCode;
    }

    /** 2 where the user's input is at fault, 3 where the command could not run. */
    public int exitCode() {
        return exitCode;
    }
}
