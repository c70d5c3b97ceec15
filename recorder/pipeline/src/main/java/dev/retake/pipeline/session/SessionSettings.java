package dev.retake.pipeline.session;

import dev.retake.common.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * How sessions are told apart, and when they end.
 *
 * @param sources where an identity is looked for, in order
 * @param hops whose word on the client's address is taken
 * @param idleTimeout after which a session is closed
 * @param maxOpen open sessions at most
 * @param resumeAfter how long a session with a gap is not captured
 */
public record SessionSettings(
        List<IdentitySource> sources, TrustedHops hops, Duration idleTimeout, int maxOpen, Duration resumeAfter) {
    public SessionSettings {
        sources = List.copyOf(sources);
    }

    /** What {@code config} says. */
    public static SessionSettings from(Config config) {
        return new SessionSettings(
                config.get(SessionKeys.IDENTITY),
                config.get(SessionKeys.TRUSTED_HOPS).hops(),
                config.get(SessionKeys.IDLE_TIMEOUT),
                config.get(SessionKeys.MAX_OPEN),
                config.get(SessionKeys.RESUME_AFTER));
    }

    /** All defaults. */
    public static SessionSettings defaults() {
        return from(Config.defaults());
    }
}
