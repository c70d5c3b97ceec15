package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.DataClass;
import org.jspecify.annotations.Nullable;

/** Tells our own surrogates of {@code reserved} classes from other values, without any key. */
public final class SurrogateRecognizer {
    private static final int LONGEST = 8192;

    private SurrogateRecognizer() {}

    /** The class whose surrogate {@code value} is, null where it is none of a reserved class. */
    public static @Nullable DataClass classOf(String value) {
        int length = value.length();
        if (length < 4 || length > LONGEST) {
            return null;
        }
        int at = value.indexOf('@');
        if (at > 0) {
            return EmailEncoder.isSurrogateDomain(value.substring(at + 1)) ? DataClass.EMAIL : null;
        }
        if (JwtEncoder.isSurrogate(value)) {
            return DataClass.JWT;
        }
        if (NetworkEncoder.isSurrogate(value)) {
            return value.indexOf(':') < 0 ? DataClass.IPV4 : DataClass.IPV6;
        }
        char first = value.charAt(0);
        if (Letters.isDigit(first) || first == '+' || first == '(') {
            return ofDigits(value);
        }
        if (length <= 42 && AccountEncoder.isSurrogateIban(AccountEncoder.compact(value))) {
            return DataClass.IBAN;
        }
        return NameEncoder.isSurrogate(value) ? DataClass.PERSON_NAME : null;
    }

    private static @Nullable DataClass ofDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isLetter(value.charAt(i))) {
                return NameEncoder.isSurrogate(value) ? DataClass.ADDRESS : null;
            }
        }
        if (AccountEncoder.isSurrogateCard(Letters.digits(value))) {
            return DataClass.CARD;
        }
        return PhoneEncoder.isSurrogate(value) ? DataClass.PHONE : null;
    }
}
