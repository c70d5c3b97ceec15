package dev.retake.replay;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes recorded sessions by hand. */
public final class Recording {
    private final String session;
    private final List<Exchange> exchanges = new ArrayList<>();
    private @Nullable String identity;

    public Recording(String session) {
        this.session = session;
    }

    public Recording identity(String subject) {
        identity = subject;
        return this;
    }

    /** Adds what {@code request} got. */
    public Recording add(Request request, @Nullable Response response, Outcome outcome) {
        int sequence = exchanges.size() + 1;
        exchanges.add(new Exchange(
                new UUID(session.hashCode(), sequence),
                "node",
                1,
                session,
                sequence,
                identity,
                request,
                response,
                List.of(),
                new Timings(1_700_000_000_000_000L + sequence * 20_000L, 0, 0, 5_000_000, 6_000_000),
                outcome,
                null,
                1));
        return this;
    }

    public Recording add(Request request, Response response) {
        return add(request, response, Outcome.COMPLETE);
    }

    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    public static Request get(String target, String... headers) {
        return request("GET", target, "", headers);
    }

    public static Request request(String method, String target, String body, String... headers) {
        List<String> fields = new ArrayList<>(List.of("Host", "shop.example.com"));
        fields.addAll(List.of(headers));
        if (!body.isEmpty()) {
            fields.addAll(List.of("Content-Length", Integer.toString(body.length())));
        }
        return new Request(
                method,
                target,
                "HTTP/1.1",
                Headers.of(fields.toArray(String[]::new)),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
    }

    public static Request json(String method, String target, String body, String... headers) {
        List<String> fields = new ArrayList<>(List.of("Content-Type", "application/json"));
        fields.addAll(List.of(headers));
        return request(method, target, body, fields.toArray(String[]::new));
    }

    public static Response response(int status, String body, String... headers) {
        return new Response(
                status,
                "",
                "HTTP/1.1",
                Headers.of(headers),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
    }

    public static Response jsonResponse(int status, String body, String... headers) {
        List<String> fields = new ArrayList<>(List.of("Content-Type", "application/json"));
        fields.addAll(List.of(headers));
        return response(status, body, fields.toArray(String[]::new));
    }
}
