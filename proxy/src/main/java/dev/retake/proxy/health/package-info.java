/** Asks the addresses of upstreams whether they are well. Start at {@link dev.retake.proxy.health.HealthChecks}. */
@NullMarked
package dev.retake.proxy.health;

import org.jspecify.annotations.NullMarked;
