package dev.retake.pipeline;

/** Why a forwarded exchange was not captured. */
public enum DropReason {
    /** Forwarding began before the journal was open. */
    STARTING("starting"),
    /** The capture budget was used up. */
    BUDGET("budget"),
    /** The queue to the recorder was full. */
    QUEUE("queue"),
    /** The event loop lagged, and capture gave way to traffic. */
    LAG("lag"),
    /** An earlier exchange of the session was dropped: a session with a gap is not captured on. */
    SESSION_INCOMPLETE("session-incomplete"),
    /** The journal could not be written. */
    JOURNAL("journal"),
    /** The head could not be read by the recorder, or the recorder failed on it. */
    RECORDER("recorder"),
    /** Capture was closing. */
    STOPPING("stopping");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /** The name used in the ledger, in metrics and in every output format. */
    public String text() {
        return text;
    }
}
