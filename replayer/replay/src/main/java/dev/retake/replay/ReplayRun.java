package dev.retake.replay;

import dev.retake.common.error.ErrorCode;
import dev.retake.replay.source.SessionSource;
import dev.retake.verdict.RunResult;

/** One replay of recorded sessions against a target. */
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"})
public final class ReplayRun {
    private final ReplaySettings settings;
    private final SessionSource source;
    private final ReplayEnvironment environment;
    private final ReplayListener listener;

    public ReplayRun(
            ReplaySettings settings, SessionSource source, ReplayEnvironment environment, ReplayListener listener) {
        this.settings = settings;
        this.source = source;
        this.environment = environment;
        this.listener = listener;
    }

    /**
     * Plays the sessions and gives the verdict. Call once; blocks until the run ends. The source stays open.
     *
     * @throws dev.retake.common.error.RetakeException {@link ErrorCode#FORBIDDEN_TARGET}, {@link ErrorCode#UNREACHABLE},
     *     {@link ErrorCode#HOOK}, {@link ErrorCode#CONFIGURATION} or {@link ErrorCode#ARGUMENT}
     */
    public RunResult run() {
        throw new UnsupportedOperationException();
    }

    /** Ends the run soon, with what was done so far and an inconclusive verdict. From any thread, at any time. */
    public void interrupt() {
        throw new UnsupportedOperationException();
    }
}
