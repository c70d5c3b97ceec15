package dev.retake.replay.target;

import dev.retake.common.exchange.Response;
import dev.retake.verdict.TransportError;

/** What came of a request: a response, or the reason why there is none. */
public sealed interface Reply {
    /** From the last byte sent to the last byte of the answer, or to the failure. */
    double millis();

    /**
     * A whole response, or of a stream that the recorded client left too, as much of it as that client saw.
     *
     * @param response its body with content codings taken off
     */
    record Answered(Response response, double millis) implements Reply {}

    /** No whole response. */
    record Failed(TransportError error, double millis) implements Reply {}
}
