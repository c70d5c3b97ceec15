package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.Replacement;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.value.Replacer;
import org.jspecify.annotations.Nullable;

/**
 * Puts surrogates in place of values.
 *
 * @param taking who gets values with their surrogates, null for nobody
 * @param day where somebody does, the day of what is replaced, since 1970: another day's replacer is another, so that what
 *     remembers its work forgets it, and values come again; else 0
 */
record SurrogateReplacer(Replacement replacement, @Nullable ReplacedValues taking, long day) implements Replacer {
    /** Longer than any value that has a form; what is longer is replaced piece by piece, in linear time. */
    private static final int LONGEST = 8_192;

    private static final int PIECE = 1_024;

    @Override
    public @Nullable String apply(Action action, DataClass dataClass, String value) {
        if (action == Action.PSEUDONYMIZE && dataClass != DataClass.OTHER && value.length() > LONGEST) {
            return piecewise(value);
        }
        String surrogate = replacement.apply(action, dataClass, value);
        if (taking != null) {
            give(taking, action, dataClass, value, surrogate);
        }
        return surrogate;
    }

    private static void give(
            ReplacedValues taking, Action action, DataClass dataClass, String value, @Nullable String surrogate) {
        boolean tells = action == Action.PSEUDONYMIZE || action == Action.HASH;
        if (tells && surrogate != null && taking.wants(dataClass) && !surrogate.equals(value)) {
            taking.add(new ReplacedValue(dataClass, value, surrogate));
        }
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
        String surrogate = replacement.applyNumber(action, dataClass, number);
        if (taking != null) {
            give(taking, action, dataClass, number, surrogate);
        }
        return surrogate;
    }
}
