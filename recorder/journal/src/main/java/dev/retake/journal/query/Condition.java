package dev.retake.journal.query;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.journal.Session;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/** What a query asks of an exchange. */
sealed interface Condition {
    /** Whether {@code exchange} of {@code session} satisfies it. */
    boolean matches(Session session, Exchange exchange);

    /** False only where no exchange of {@code session} can. */
    default boolean mayMatch(Session session) {
        return true;
    }

    /** All of {@code parts}. */
    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return parts.stream().allMatch(part -> part.matches(session, exchange));
        }

        @Override
        public boolean mayMatch(Session session) {
            return parts.stream().allMatch(part -> part.mayMatch(session));
        }
    }

    /** At least one of {@code parts}. */
    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return parts.stream().anyMatch(part -> part.matches(session, exchange));
        }

        @Override
        public boolean mayMatch(Session session) {
            return parts.stream().anyMatch(part -> part.mayMatch(session));
        }
    }

    /** The contrary of {@code part}. */
    record Not(Condition part) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return !part.matches(session, exchange);
        }
    }

    /** The path, with or without its query. */
    record OfPath(Predicate<String> test) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return test.test(exchange.request().path())
                    || test.test(exchange.request().target());
        }
    }

    /** The method. */
    record OfMethod(String method) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return method.equalsIgnoreCase(exchange.request().method());
        }
    }

    /** The operation. */
    record OfOperation(Predicate<String> test) implements Condition {
        /** A session lists at most so many. */
        private static final int LISTED = 1_000;

        @Override
        public boolean matches(Session session, Exchange exchange) {
            return test.test(PathTemplate.operation(exchange.request()));
        }

        @Override
        public boolean mayMatch(Session session) {
            return session.operations().size() >= LISTED
                    || session.operations().stream().anyMatch(test);
        }
    }

    /** The subject of the session. */
    record OfIdentity(String identity) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return identity.equals(session.identity()) || identity.equals(exchange.identity());
        }
    }

    /** The status; an exchange without a response has none. */
    record OfStatus(IntPredicate test) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            Response response = exchange.response();
            return response != null && test.test(response.status());
        }

        @Override
        public boolean mayMatch(Session session) {
            return session.statuses().keySet().stream().anyMatch(test::test);
        }
    }

    /** Nanoseconds from the first byte in to the last byte out; an exchange of which that is unknown has none. */
    record OfDuration(LongPredicate test) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            long duration = exchange.timings().lastByteNs();
            return duration != Timings.UNKNOWN && test.test(duration);
        }
    }

    /** Accepted at {@code micros} since the epoch or later. */
    record Since(long micros) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return exchange.timings().acceptedAt() >= micros;
        }

        @Override
        public boolean mayMatch(Session session) {
            return session.endedAt() >= micros;
        }
    }

    /** Accepted at {@code micros} since the epoch or earlier. */
    record Until(long micros) implements Condition {
        @Override
        public boolean matches(Session session, Exchange exchange) {
            return exchange.timings().acceptedAt() <= micros;
        }
    }
}
