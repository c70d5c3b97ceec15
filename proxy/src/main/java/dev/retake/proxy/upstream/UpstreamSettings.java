package dev.retake.proxy.upstream;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How upstream connections are made and kept.
 *
 * @param connectTimeout for one address, TLS included
 * @param idleTimeout how long an unused connection is kept
 * @param idleConnections unused connections that each event loop keeps
 * @param connections connections at once, over all loops
 * @param trustedCertificates PEM file of authorities; null for the system's
 */
public record UpstreamSettings(
        Duration connectTimeout,
        Duration idleTimeout,
        int idleConnections,
        int connections,
        @Nullable Path trustedCertificates) {}
