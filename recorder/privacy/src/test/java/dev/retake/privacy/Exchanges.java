package dev.retake.privacy;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Raw exchanges for tests. */
final class Exchanges {
    static final Timings TIMINGS = new Timings(1_790_000_000_000_000L, 1, 2, 3, 4);

    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private Exchanges() {}

    /** An exchange in a session of its own: what another one gave away is not known in it. */
    static Exchange of(Request request, Response response) {
        return new Exchange(
                new UUID(1, 2),
                "node",
                1,
                Integer.toHexString(SESSIONS.incrementAndGet()),
                1,
                null,
                request,
                response,
                List.of(),
                TIMINGS,
                Outcome.COMPLETE,
                null,
                0);
    }

    /** {@code raw} in another session. */
    static Exchange in(String session, Exchange raw) {
        return new Exchange(
                raw.id(),
                raw.node(),
                raw.connection(),
                session,
                raw.sequence(),
                raw.identity(),
                raw.request(),
                raw.response(),
                raw.informational(),
                raw.timings(),
                raw.outcome(),
                raw.traceparent(),
                raw.policyVersion());
    }

    static Request request(String method, String target, Headers headers, String body) {
        return new Request(method, target, "HTTP/1.1", headers, Body.of(utf8(body)), Headers.EMPTY);
    }

    static Response response(int status, Headers headers, String body) {
        return new Response(status, "OK", "HTTP/1.1", headers, Body.of(utf8(body)), Headers.EMPTY);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
