package dev.retake.common.exchange;

/** How an exchange ended. A transport failure is an outcome, never a made-up status. */
public enum Outcome {
    COMPLETE("complete"),
    CLIENT_ABORTED("client-aborted"),
    UPSTREAM_FAILED("upstream-failed"),
    TIMED_OUT("timed-out"),
    UPGRADED("upgraded");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** The name used in every output format. */
    public String text() {
        return text;
    }
}
