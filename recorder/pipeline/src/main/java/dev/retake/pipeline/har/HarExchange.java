package dev.retake.pipeline.har;

import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a HAR as an exchange, nothing sanitized.
 *
 * @param origin scheme, host and port that the request went to, such as {@code https://shop.example:443}
 */
public record HarExchange(
        String origin, Request request, @Nullable Response response, Timings timings, Outcome outcome) {
    /** Shows no content. */
    @Override
    public String toString() {
        return "HarExchange";
    }
}
