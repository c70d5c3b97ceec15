package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.Replacement;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.value.Replacer;
import org.jspecify.annotations.Nullable;

/** Puts surrogates in place of values. */
record SurrogateReplacer(Replacement replacement) implements Replacer {
    /** Longer than any value that has a form; what is longer is replaced piece by piece, in linear time. */
    private static final int LONGEST = 8_192;

    private static final int PIECE = 1_024;

    @Override
    public @Nullable String apply(Action action, DataClass dataClass, String value) {
        return action == Action.PSEUDONYMIZE && dataClass != DataClass.OTHER && value.length() > LONGEST
                ? piecewise(value)
                : replacement.apply(action, dataClass, value);
    }

    private String piecewise(String value) {
        StringBuilder replaced = new StringBuilder(value.length());
        for (int from = 0; from < value.length(); from += PIECE) {
            String piece = value.substring(from, Math.min(value.length(), from + PIECE));
            replaced.append(replacement.replace(DataClass.SECRET, piece));
        }
        return replaced.toString();
    }

    @Override
    public String applyToken(String token, TokenParts parts) {
        return token.length() > LONGEST ? piecewise(token) : replacement.replaceJwt(token, parts::walk);
    }

    @Override
    public @Nullable String applyNumber(Action action, DataClass dataClass, String number) {
        return replacement.applyNumber(action, dataClass, number);
    }
}
