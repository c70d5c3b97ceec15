package dev.retake.proxy.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A route as the configuration describes it.
 *
 * @param place where it stands there, for errors
 * @param requestBody null for what holds elsewhere
 * @param responseTimeout null for what holds elsewhere
 * @param enabled whether its exchanges are captured
 * @param bodies whether their bodies are
 * @param bodyCap null for what holds elsewhere
 */
public record RouteEntry(
        String place,
        HostPattern host,
        PathPrefix path,
        String upstream,
        @Nullable Long requestBody,
        @Nullable Duration responseTimeout,
        boolean enabled,
        boolean bodies,
        @Nullable Long bodyCap) {}
