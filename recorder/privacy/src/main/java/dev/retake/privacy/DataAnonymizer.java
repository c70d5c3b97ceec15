package dev.retake.privacy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.document.MessageWalker;
import dev.retake.privacy.policy.Policy;
import dev.retake.privacy.policy.PolicyRemainder;
import dev.retake.privacy.pseudonym.Pseudonyms;
import dev.retake.privacy.pseudonym.Replacement;
import dev.retake.privacy.value.LeafMemory;
import dev.retake.privacy.value.Leaves;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Anonymizes the data of a test environment by the keys and rules that capture uses, so that a value there has the
 * surrogate which it has in recorded sessions. Use it with a permanent scope: data outlives a session and a day. Not
 * thread-safe.
 *
 * <p>A name or password is replaced in its own field alone: a store holds many people's data in one document, and one
 * customer's name may be another's product. Capture, which sees one exchange at a time, also replaces its repetitions.
 */
public final class DataAnonymizer {
    private static final MediaType JSON = MediaType.parse("application/json");

    private static final int REMEMBERED = 4_096;
    private static final int REMEMBERED_IN_TABLES = 512;

    private final Replacement replacement;
    private final SurrogateReplacer replacer;
    private final MessageWalker walker;

    private DataAnonymizer(RootKey root, PrivacySettings settings) {
        this.replacement = Pseudonyms.create(root, settings.pseudonyms()).in("", Instant.EPOCH);
        this.replacer = new SurrogateReplacer(replacement, null, 0);
        this.walker = new MessageWalker(settings.fields(), replacer, new LeafMemory(REMEMBERED), settings.nesting());
        PolicyRemainder remainder = remainder(root, settings);
        if (remainder != null) {
            walker.remainder(remainder);
        }
    }

    private static @Nullable PolicyRemainder remainder(RootKey root, PrivacySettings settings) {
        if (settings.policy().policy() == Policy.CROWD) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    "Data has no sessions to count, so privacy.policy: crowd cannot be applied to it; anonymize with detect"
                            + " or deny.");
        }
        return PolicyRemainder.of(root, settings.pseudonyms().tenant(), settings.policy(), false);
    }

    /**
     * An anonymizer that agrees with a {@link Sanitizer} of the same key and settings.
     *
     * @throws RetakeException for a rule pack that cannot be read, and for policy {@code crowd}
     */
    public static DataAnonymizer create(RootKey root, PrivacySettings settings) {
        return new DataAnonymizer(root, settings);
    }

    /**
     * What walks single values of data, as an anonymizer of the same key and settings replaces them.
     *
     * @param taking who gets what is replaced, null for nobody
     * @throws RetakeException for a rule pack that cannot be read, and for policy {@code crowd}
     */
    public static Leaves leaves(RootKey root, PrivacySettings settings, @Nullable ReplacedValues taking) {
        Replacement permanent = Pseudonyms.create(root, settings.pseudonyms()).in("", Instant.EPOCH);
        LeafMemory memory = new LeafMemory(REMEMBERED_IN_TABLES);
        Leaves values = MessageWalker.values(
                settings.fields(), new SurrogateReplacer(permanent, taking, 0), memory, settings.nesting());
        PolicyRemainder remainder = remainder(root, settings);
        if (remainder != null) {
            values.remainder(remainder);
        }
        return values;
    }

    /** The surrogate of a value that is known to be of {@code dataClass}, unless its own form says better. */
    public String value(DataClass dataClass, String value) {
        return replacement.replace(Detectors.refine(dataClass, value), value);
    }

    /**
     * The value of a field, as capture would store it where it stands in JSON.
     *
     * @param field its name, with the names around it from the outermost on: {@code customer.address.street}
     */
    public String value(String field, String value) {
        return walker().value(field, value);
    }

    /** A JSON document, as capture would store it. */
    public byte[] json(byte[] document) {
        byte[] walked = walker().document(JSON, document, false);
        if (walked == null) {
            throw new IllegalArgumentException("the document is not text");
        }
        return walked;
    }

    /** A text, as capture would store a body of that type. */
    public String text(String contentType, String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        byte[] walked = walker().document(MediaType.parse(contentType), source, false);
        if (walked == null) {
            throw new IllegalArgumentException("the document is not text");
        }
        return new String(walked, StandardCharsets.UTF_8);
    }

    private MessageWalker walker() {
        walker.begin(replacer, "");
        return walker;
    }
}
