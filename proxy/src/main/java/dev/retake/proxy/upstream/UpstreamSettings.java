package dev.retake.proxy.upstream;

import java.time.Duration;

/**
 * How upstream connections are made and kept.
 *
 * @param connectTimeout for one address, TLS included
 * @param idleTimeout how long an unused connection is kept
 * @param idleConnections unused connections that each event loop keeps
 * @param connections connections at once, over all loops
 */
public record UpstreamSettings(Duration connectTimeout, Duration idleTimeout, int idleConnections, int connections) {}
