package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.document.Replacer;
import dev.retake.privacy.pseudonym.Replacement;
import dev.retake.privacy.rule.Action;
import org.jspecify.annotations.Nullable;

/** Puts surrogates in place of values. */
record SurrogateReplacer(Replacement replacement) implements Replacer {

    @Override
    public @Nullable String apply(Action action, DataClass dataClass, String value) {
        return replacement.apply(action, dataClass, value);
    }

    @Override
    public @Nullable String applyNumber(Action action, DataClass dataClass, String number) {
        return replacement.applyNumber(action, dataClass, number);
    }
}
