package dev.retake.journal.query;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.Session;
import java.time.Clock;

/** A condition on exchanges that selects sessions. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class SessionQuery {
    /** Selects every session, those without exchanges too. */
    public static final SessionQuery ALL = new SessionQuery();

    private SessionQuery() {}

    /**
     * Reads an expression such as {@code path~/api/orders* and status>=500}.
     *
     * @param clock what {@code since=1h} counts back from
     * @throws dev.retake.common.error.RetakeException with ARGUMENT, naming the position
     */
    public static SessionQuery parse(String expression, Clock clock) {
        throw new UnsupportedOperationException();
    }

    /** Whether {@code exchange} of {@code session} satisfies the whole expression. */
    public boolean matches(Session session, Exchange exchange) {
        throw new UnsupportedOperationException();
    }
}
