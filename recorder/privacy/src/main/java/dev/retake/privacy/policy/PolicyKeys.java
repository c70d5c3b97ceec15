package dev.retake.privacy.policy;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.util.List;

/** Settings of the policies. */
public final class PolicyKeys {
    public static final ConfigKey<Policy> POLICY = new ConfigKey<>(
            "privacy.policy",
            ConfigType.choice(Policy.class),
            Policy.DETECT,
            "What becomes of a value that no rule and no detector touches: it stays (detect), it stays once"
                    + " privacy.crowd.sessions sessions have had it (crowd), or it goes unless a rule allows it (deny).");

    public static final ConfigKey<Integer> SESSIONS = new ConfigKey<>(
            "privacy.crowd.sessions",
            ConfigType.integer(2, 100),
            10,
            "How many sessions, of as many subjects where these are known, must have had a value before policy crowd keeps"
                    + " it.");

    public static final ConfigKey<Long> MEMORY = new ConfigKey<>(
            "privacy.crowd.memory",
            ConfigType.size(),
            32L << 20,
            "Memory in which policy crowd counts sessions, at most 1 GiB; what it has no room for is counted anew, and"
                    + " replaced until then.");

    public static final List<ConfigKey<?>> ALL = List.of(POLICY, SESSIONS, MEMORY);

    private PolicyKeys() {}
}
