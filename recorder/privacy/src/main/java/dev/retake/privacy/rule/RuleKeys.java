package dev.retake.privacy.rule;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.util.List;

/** Settings of the rules. */
public final class RuleKeys {
    /** Packs of the user's own. */
    public static final ConfigKey<List<String>> PACKS = new ConfigKey<>(
            "privacy.rulePacks",
            ConfigType.texts("a list of rule pack files, as [rules/ours.yml]"),
            List.of(),
            "Rule packs that are asked before the shipped one, the first first.");

    public static final List<ConfigKey<?>> ALL = List.of(PACKS);

    private RuleKeys() {}
}
