package dev.retake.privacy;

import dev.retake.common.exchange.MediaType;
import dev.retake.privacy.document.MessageWalker;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.value.Fields;
import dev.retake.privacy.value.LeafMemory;
import java.nio.charset.StandardCharsets;

/**
 * Masks what a target returned before it is shown, by the same rules and detectors as capture but without any key: a
 * value becomes the name of its class. Surrogates from reserved ranges stay readable, so that a difference between two of
 * them can be seen. Thread-safe.
 */
public final class Masker {
    private static final MediaType JSON = MediaType.parse("application/json");

    private final FieldRules rules;
    private final PrivacySettings settings;

    private Masker(PrivacySettings settings) {
        this.settings = settings;
        this.rules = FieldRules.with(settings.rulePacks());
    }

    /**
     * A masker by the rules of {@code settings}.
     *
     * @throws dev.retake.common.error.RetakeException for a rule pack that cannot be read
     */
    public static Masker create(PrivacySettings settings) {
        return new Masker(settings);
    }

    /** Masks text of any kind: plain, JSON, markup, a form. */
    public String text(String text) {
        return mask(MediaType.NONE, text);
    }

    /** Masks a JSON text, which stays one. */
    public String json(String json) {
        return mask(JSON, json);
    }

    /**
     * Masks the value of a field.
     *
     * @param name of the field, as {@code email} or {@code X-Api-Key}
     */
    public String value(String name, String value) {
        return walker().value(name, value);
    }

    private String mask(MediaType type, String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        byte[] masked = walker().document(type, source, false);
        return masked == null ? "<withheld>" : masked == source ? text : new String(masked, StandardCharsets.UTF_8);
    }

    private MessageWalker walker() {
        Fields fields = new Fields(rules, settings.keepFields(), settings.replaceFields());
        return new MessageWalker(fields, new MaskReplacer(), new LeafMemory(0), settings.nesting());
    }
}
