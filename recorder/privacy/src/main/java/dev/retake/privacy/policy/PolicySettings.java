package dev.retake.privacy.policy;

import dev.retake.common.config.Config;

/**
 * What becomes of values that no rule and no detector touches.
 *
 * @param sessions how many must have had a value before {@code crowd} keeps it, 2 to 100
 * @param memory bytes in which {@code crowd} counts
 */
public record PolicySettings(Policy policy, int sessions, long memory) {
    /** All defaults: {@code detect}. */
    public static final PolicySettings DEFAULTS = from(Config.defaults());

    public static PolicySettings from(Config config) {
        return new PolicySettings(
                config.get(PolicyKeys.POLICY), config.get(PolicyKeys.SESSIONS), config.get(PolicyKeys.MEMORY));
    }
}
