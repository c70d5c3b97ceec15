package dev.retake.privacy;

import dev.retake.common.config.Config;
import dev.retake.privacy.policy.PolicySettings;
import dev.retake.privacy.protobuf.Descriptors;
import dev.retake.privacy.protobuf.ProtobufKeys;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.rule.RuleKeys;
import dev.retake.privacy.value.Fields;
import java.nio.file.Path;
import java.util.List;

/**
 * How exchanges are sanitized.
 *
 * @param pseudonyms how surrogates are derived
 * @param rulePacks rule packs of the user's own, asked before the shipped one
 * @param nesting how many encodings inside one another are undone, 1 to 16
 * @param keepFields names of fields whose values are never replaced
 * @param replaceFields names of fields whose values are always replaced
 * @param descriptors sets by which protobuf is read
 * @param protobufOperations which messages the bodies of operations are, as {@link Descriptors#read} takes them
 * @param policy what becomes of values that no rule and no detector touches
 */
public record PrivacySettings(
        PseudonymSettings pseudonyms,
        List<Path> rulePacks,
        int nesting,
        List<String> keepFields,
        List<String> replaceFields,
        List<Path> descriptors,
        List<String> protobufOperations,
        PolicySettings policy) {
    /** All defaults. */
    public static final PrivacySettings DEFAULTS = from(Config.defaults());

    public PrivacySettings {
        rulePacks = List.copyOf(rulePacks);
        keepFields = List.copyOf(keepFields);
        replaceFields = List.copyOf(replaceFields);
        descriptors = List.copyOf(descriptors);
        protobufOperations = List.copyOf(protobufOperations);
    }

    /** Settings that describe no protobuf, with the policy by default. */
    public PrivacySettings(
            PseudonymSettings pseudonyms,
            List<Path> rulePacks,
            int nesting,
            List<String> keepFields,
            List<String> replaceFields) {
        this(pseudonyms, rulePacks, nesting, keepFields, replaceFields, List.of(), List.of(), PolicySettings.DEFAULTS);
    }

    /** The same with another policy. */
    public PrivacySettings with(PolicySettings other) {
        return new PrivacySettings(
                pseudonyms, rulePacks, nesting, keepFields, replaceFields, descriptors, protobufOperations, other);
    }

    public static PrivacySettings from(Config config) {
        return new PrivacySettings(
                PseudonymSettings.from(config),
                config.get(RuleKeys.PACKS).stream().map(Path::of).toList(),
                config.get(PrivacyKeys.NESTING),
                config.get(PrivacyKeys.KEEP),
                config.get(PrivacyKeys.REPLACE),
                config.get(ProtobufKeys.DESCRIPTORS).stream().map(Path::of).toList(),
                config.get(ProtobufKeys.OPERATIONS),
                PolicySettings.from(config));
    }

    /** The descriptors that these settings name, read anew; what cannot be read is refused. */
    public Descriptors readDescriptors() {
        return Descriptors.read(descriptors, protobufOperations);
    }

    /** New fields by these settings' rules; a rule pack that cannot be read is refused. */
    Fields fields() {
        return new Fields(FieldRules.with(rulePacks), keepFields, replaceFields);
    }
}
