package dev.retake.verdict;

/**
 * Why a replayed request got no response that could be compared. Data, never a made-up status.
 *
 * @param kind what a reader may conclude
 * @param sentence what happened, in plain words and without anything that was captured
 */
public record TransportError(Kind kind, String sentence) {
    /** What happened to the connection. */
    public enum Kind {
        /** The name did not resolve. */
        UNRESOLVED,
        /** Nothing accepted the connection. */
        REFUSED,
        /** The peer reset the connection. */
        RESET,
        /** No response, or no more of it, in time. */
        TIMEOUT,
        /** What came was no HTTP response. */
        GARBAGE,
        /** The connection ended before the response did. */
        CLOSED_EARLY,
        /** No TLS session came about. */
        TLS,
        /** The response was larger than replay reads. */
        TOO_LARGE
    }
}
