package dev.retake.pipeline;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.pipeline.session.Client;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange whose messages are read and decoded, before it has a session and before it is sanitized. */
record Assembled(
        Client client,
        Request request,
        @Nullable Response response,
        List<Informational> informational,
        Timings timings,
        Outcome outcome,
        @Nullable Messages messages) {

    @Nullable
    String traceparent() {
        return request.headers().first("traceparent");
    }

    /** The same exchange with other bodies. */
    Assembled withBodies(Body requestBody, Body responseBody) {
        Request newRequest = new Request(
                request.method(),
                request.target(),
                request.version(),
                request.headers(),
                requestBody,
                request.trailers());
        Response newResponse = response == null
                ? null
                : new Response(
                        response.status(),
                        response.reason(),
                        response.version(),
                        response.headers(),
                        responseBody,
                        response.trailers());
        return new Assembled(client, newRequest, newResponse, informational, timings, outcome, messages);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Assembled";
    }
}
