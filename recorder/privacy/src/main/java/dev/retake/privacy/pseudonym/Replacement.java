package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import dev.retake.privacy.rule.Action;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Replaces values within one scope. Every method takes any text and fails for none; what is empty stays empty, and what
 * is no valid value of its class stays invalid in the same way. Thread-safe.
 */
public final class Replacement {
    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;

    Replacement(SurrogateKeys keys) {
        this.keys = keys;
        this.shapes = new ShapeEncoder(keys);
    }

    /** The surrogate of {@code value}. */
    public String replace(DataClass dataClass, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return shapes.encode(dataClass.label(), value);
    }

    /**
     * The surrogate of a number, which is a number of the same form.
     *
     * @param number as JSON writes it
     */
    public String replaceNumber(DataClass dataClass, String number) {
        return shapes.encode(dataClass.label(), number);
    }

    /** What {@code action} makes of {@code value}; null where its field is to be dropped. */
    public @Nullable String apply(Action action, DataClass dataClass, String value) {
        return switch (action) {
            case KEEP -> value;
            case DROP -> null;
            case REDACT -> value.isEmpty() ? value : "redacted";
            case HASH -> value.isEmpty() ? value : HexFormat.of().formatHex(keys.hmac(Purpose.HASH, value), 0, 16);
            case PSEUDONYMIZE, GENERALIZE, SHIFT -> replace(dataClass, value);
        };
    }

    /** The same for a number as JSON writes it; the result is a number too. */
    public @Nullable String applyNumber(Action action, DataClass dataClass, String number) {
        return switch (action) {
            case KEEP -> number;
            case DROP -> null;
            case REDACT -> "0";
            case HASH, PSEUDONYMIZE, GENERALIZE, SHIFT -> replaceNumber(dataClass, number);
        };
    }
}
