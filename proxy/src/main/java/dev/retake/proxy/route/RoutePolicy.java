package dev.retake.proxy.route;

import dev.retake.proxy.capture.CapturePolicy;
import java.time.Duration;

/**
 * What holds for the exchanges of a route.
 *
 * @param requestBody bytes of a request body, 0 for no limit
 * @param response time from the whole request to the response's head
 * @param capture what is captured
 */
public record RoutePolicy(long requestBody, Duration response, CapturePolicy capture) {}
