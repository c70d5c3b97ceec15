package dev.retake.privacy.pseudonym;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.util.List;

/** Settings of the surrogates. */
public final class PseudonymKeys {
    public static final ConfigKey<String> TENANT = new ConfigKey<>(
            "privacy.tenant",
            ConfigType.text("any text"),
            "default",
            "Whose data it is; the same value has other surrogates for another tenant.");

    public static final ConfigKey<Scope> SCOPE = new ConfigKey<>(
            "privacy.scope",
            ConfigType.choice(Scope.class),
            Scope.PERMANENT,
            "For how long a value keeps its surrogate.");

    public static final ConfigKey<Integer> EPOCH = new ConfigKey<>(
            "privacy.epoch",
            ConfigType.integer(0, Integer.MAX_VALUE),
            0,
            "Raised to give every value a new surrogate from then on.");

    public static final List<ConfigKey<?>> ALL = List.of(TENANT, SCOPE, EPOCH);

    private PseudonymKeys() {}
}
