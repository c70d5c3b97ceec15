package dev.retake.replay.target;

import java.time.Duration;

/**
 * What one request to the target may take.
 *
 * @param connect time for connecting, TLS included
 * @param response longest silence of the target
 * @param maxBody most bytes of a response body, as transferred and as decoded
 */
public record TargetLimits(Duration connect, Duration response, int maxBody) {}
