package dev.retake.privacy;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import dev.retake.privacy.policy.PolicyKeys;
import dev.retake.privacy.protobuf.ProtobufKeys;
import dev.retake.privacy.pseudonym.PseudonymKeys;
import dev.retake.privacy.rule.RuleKeys;
import java.util.List;
import java.util.stream.Stream;

/** All settings of this module. */
public final class PrivacyKeys {
    public static final ConfigKey<Integer> NESTING = new ConfigKey<>(
            "privacy.nesting",
            ConfigType.integer(1, 16),
            8,
            "How many encodings inside one another are undone, as JSON in base64 in a form; what is nested deeper is"
                    + " replaced whole.");

    public static final ConfigKey<List<String>> KEEP = new ConfigKey<>(
            "privacy.keepFields",
            ConfigType.texts("a list of field names, as [orderNumber, sku]"),
            List.of(),
            "Fields, parameters, cookies and headers whose values are never replaced.");

    public static final ConfigKey<List<String>> REPLACE = new ConfigKey<>(
            "privacy.replaceFields",
            ConfigType.texts("a list of field names, as [badgeCode, memberRef]"),
            List.of(),
            "Fields, parameters, cookies and headers whose values are always replaced.");

    public static final List<ConfigKey<?>> ALL = Stream.of(
                    PseudonymKeys.ALL,
                    RuleKeys.ALL,
                    PolicyKeys.ALL,
                    ProtobufKeys.ALL,
                    List.<ConfigKey<?>>of(NESTING, KEEP, REPLACE))
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private PrivacyKeys() {}
}
