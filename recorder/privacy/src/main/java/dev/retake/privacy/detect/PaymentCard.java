package dev.retake.privacy.detect;

import org.jspecify.annotations.Nullable;

/**
 * The numbering of payment cards (ISO/IEC 7812-1): issuer ranges of the brands, lengths and the check digit. A check
 * digit alone is no evidence: one in ten numbers has it.
 */
public final class PaymentCard {
    /** A card brand, with the range that its surrogates are drawn from. */
    public enum Brand {
        VISA("400000"),
        MASTERCARD("520082"),
        AMEX("340000"),
        DISCOVER("601100"),
        DINERS("362272"),
        JCB("352800"),
        UNIONPAY("620000"),
        MAESTRO("675964"),
        MIR("220000"),
        RUPAY("608200"),
        TROY("979200");

        private final String surrogatePrefix;

        Brand(String surrogatePrefix) {
            this.surrogatePrefix = surrogatePrefix;
        }

        /** Six digits that test numbers of the brand begin with and that no bank issues. */
        public String surrogatePrefix() {
            return surrogatePrefix;
        }
    }

    private PaymentCard() {}

    /** The brand of a number by its first six digits and length, null where no brand has such numbers. */
    public static @Nullable Brand brand(CharSequence digits) {
        int length = digits.length();
        if (length < 12 || length > 19) {
            return null;
        }
        int six = 0;
        for (int i = 0; i < 6; i++) {
            six = 10 * six + digits.charAt(i) - '0';
        }
        int four = six / 100;
        int two = six / 10_000;
        if (two / 10 == 4) {
            return length == 13 || length == 16 || length == 19 ? Brand.VISA : null;
        }
        if (length == 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720))) {
            return Brand.MASTERCARD;
        }
        if (two == 34 || two == 37) {
            return length == 15 ? Brand.AMEX : null;
        }
        if (length >= 16 && four >= 2200 && four <= 2204) {
            return Brand.MIR;
        }
        if (length >= 16 && four >= 3528 && four <= 3589) {
            return Brand.JCB;
        }
        if (two == 36 || two == 38 || two == 39 || four / 10 >= 300 && four / 10 <= 305) {
            return length >= 14 ? Brand.DINERS : null;
        }
        if (length == 16 && four == 9792) {
            return Brand.TROY;
        }
        if (length >= 16 && (four == 6011 || two == 65 || (four / 10 >= 644 && four / 10 <= 649))) {
            return Brand.DISCOVER;
        }
        if (two == 62 || two == 81) {
            return length >= 16 ? Brand.UNIONPAY : null;
        }
        if (length == 16 && (two == 60 || two == 82)) {
            return Brand.RUPAY;
        }
        return two == 50 || (two >= 56 && two <= 69) ? Brand.MAESTRO : null;
    }

    /** Whether the last digit is the Luhn check digit of the others. */
    public static boolean hasCheckDigit(CharSequence digits) {
        return luhn(digits, digits.length()) == 0;
    }

    /** The check digit for {@code digits}, of which the last one stands for it. */
    public static char checkDigit(CharSequence digits) {
        int last = digits.charAt(digits.length() - 1) - '0';
        return (char) ('0' + (last + 10 - luhn(digits, digits.length())) % 10);
    }

    private static int luhn(CharSequence digits, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int digit = digits.charAt(length - 1 - i) - '0';
            if (i % 2 == 1) {
                digit = digit < 5 ? 2 * digit : 2 * digit - 9;
            }
            sum += digit;
        }
        return sum % 10;
    }
}
