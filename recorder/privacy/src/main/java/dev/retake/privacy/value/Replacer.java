package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.rule.Action;
import org.jspecify.annotations.Nullable;

/** Decides what stands in place of a value that was found. */
public interface Replacer {
    /** What {@code action} makes of {@code value}; null where its field is to be dropped. */
    @Nullable
    String apply(Action action, DataClass dataClass, String value);

    /**
     * What pseudonymizing makes of a JSON Web Token.
     *
     * @param parts walks the token's header and its claims
     */
    String applyToken(String token, TokenParts parts);

    /** The same as {@link #apply} for a number as JSON writes it; the result is a JSON value. */
    @Nullable
    String applyNumber(Action action, DataClass dataClass, String number);

    /** Walks what a token holds. */
    interface TokenParts {
        /**
         * Walks a part of a token.
         *
         * @param json an object
         * @return its sanitized form, an object too
         */
        byte[] walk(byte[] json);
    }
}
