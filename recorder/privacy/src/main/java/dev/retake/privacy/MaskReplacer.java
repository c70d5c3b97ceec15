package dev.retake.privacy;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.Redaction;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.value.Replacer;
import org.jspecify.annotations.Nullable;

/** Puts the name of its class in place of a value; surrogates that belong to nobody stay readable. */
record MaskReplacer() implements Replacer {

    @Override
    public @Nullable String apply(Action action, DataClass dataClass, String value) {
        boolean kept = action == Action.KEEP || SurrogateRecognizer.classOf(value) != null;
        return kept ? value : Redaction.mask(dataClass, value);
    }

    @Override
    public String applyToken(String token, TokenParts parts) {
        return SurrogateRecognizer.classOf(token) != null ? token : Redaction.mask(DataClass.JWT, token);
    }

    @Override
    public @Nullable String applyNumber(Action action, DataClass dataClass, String number) {
        boolean kept = action == Action.KEEP || SurrogateRecognizer.classOf(number) != null;
        return kept ? number : '"' + Redaction.mask(dataClass, number) + '"';
    }
}
