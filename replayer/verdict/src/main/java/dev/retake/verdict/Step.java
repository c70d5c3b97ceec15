package dev.retake.verdict;

import dev.retake.common.exchange.Exchange;

/**
 * One recorded exchange in its place in a replayed session.
 *
 * @param session id of the session, as it is reported
 * @param sequence position in the session as it is played, counted from 1; unique in the session
 * @param recorded what was recorded
 */
public record Step(String session, int sequence, Exchange recorded) {}
