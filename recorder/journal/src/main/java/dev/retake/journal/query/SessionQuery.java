package dev.retake.journal.query;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.Session;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A condition on exchanges that selects sessions. Immutable.
 *
 * <pre>
 * expression := all ("or" all)*        all := one ("and" one)*
 * one        := "not" one | "(" expression ")" | field operator value
 * path       = != ~ !~      the path, with or without its query; ~ takes * for any characters
 * method     = !=           in any case
 * operation  = != ~ !~      METHOD /path/{id}
 * identity   = !=           a surrogate
 * status     = != &lt; &lt;= &gt; &gt;=   a number, or 5xx with = and !=
 * duration   &lt; &lt;= &gt; &gt;= = !=   from the first byte in to the last byte out: 200ms, 1.5s
 * since      =              accepted then or later: 2026-11-21T09:30:00Z, 2026-11-21, or ago: 1h, 2d
 * until      =              accepted then or earlier
 * </pre>
 *
 * Words are in any case; values with white space or brackets stand in double quotes, in which a backslash takes the next
 * character as it is.
 */
public final class SessionQuery {
    /** Selects every session, those without exchanges too. */
    public static final SessionQuery ALL = new SessionQuery(null);

    private final @Nullable Condition condition;

    private SessionQuery(@Nullable Condition condition) {
        this.condition = condition;
    }

    /**
     * Reads an expression such as {@code path~/api/orders* and status>=500}.
     *
     * @param clock what {@code since=1h} counts back from
     * @throws dev.retake.common.error.RetakeException with ARGUMENT, naming the position
     */
    public static SessionQuery parse(String expression, Clock clock) {
        return new SessionQuery(new QueryParser(expression, clock.instant()).parse());
    }

    /** Whether every session is selected. */
    public boolean isAll() {
        return condition == null;
    }

    /** Whether {@code exchange} of {@code session} satisfies the whole expression. */
    public boolean matches(Session session, Exchange exchange) {
        return condition == null || condition.matches(session, exchange);
    }

    /** False where no exchange of {@code session} can satisfy the expression, so that none has to be read. */
    public boolean mayMatch(Session session) {
        return condition == null || condition.mayMatch(session);
    }
}
