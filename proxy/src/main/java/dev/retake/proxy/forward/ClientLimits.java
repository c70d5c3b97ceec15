package dev.retake.proxy.forward;

import java.time.Duration;

/**
 * What one client may take, and all of them together.
 *
 * @param connections from one address at once, an IPv6 address by its first 64 bits; 0 for no limit
 * @param request from a request's first byte to its last, zero for no limit
 * @param bodyRate bytes a second that a body of known length must make on average, 0 for none
 * @param memory bytes of direct memory past which nothing new is served
 */
public record ClientLimits(int connections, Duration request, long bodyRate, long memory) {}
