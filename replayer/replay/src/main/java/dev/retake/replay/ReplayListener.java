package dev.retake.replay;

/**
 * Follows a run while it goes on. Called from the run's own threads, possibly several at once; must return soon. Nothing
 * that it is told holds recorded content.
 */
public interface ReplayListener {
    /** Hears nothing. */
    ReplayListener NONE = new ReplayListener() {};

    /** The guard let the target pass, and sessions begin. */
    default void started(String runId) {}

    /** One recorded exchange was dealt with: compared, failed, skipped or blocked. */
    default void progressed(Progress progress) {}

    /** Something that the user should read now; one sentence. */
    default void warned(String sentence) {}

    /** A line that a hook command wrote. */
    default void hookWrote(String line) {}

    /**
     * How far the run is.
     *
     * @param sessions sessions that ended
     * @param exchanges exchanges that were dealt with
     * @param sent requests that went to the target
     */
    record Progress(long sessions, long exchanges, long sent) {}
}
