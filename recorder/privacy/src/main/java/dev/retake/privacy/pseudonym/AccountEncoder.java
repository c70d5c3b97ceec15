package dev.retake.privacy.pseudonym;

import dev.retake.privacy.detect.Iban;
import dev.retake.privacy.detect.PaymentCard;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.util.Locale;

/**
 * Replaces card numbers by test numbers of the same brand and length, and IBANs by those of a bank that does not exist in
 * the same country. Right check digits stay right, and wrong ones wrong.
 */
final class AccountEncoder {
    private static final int PREFIX = 6;

    /** No brand has numbers that begin so: the surrogates of numbers of no brand. */
    private static final String NO_BRAND = "999999";

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;

    AccountEncoder(SurrogateKeys keys, ShapeEncoder shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    String card(String value) {
        String digits = Letters.digits(value);
        if (digits.length() < 12 || digits.length() > 19) {
            return shapes.encode(ShapeEncoder.Family.NUMBER, value);
        }
        return isSurrogateCard(digits) ? value : Letters.fill(value, cardDigits(digits));
    }

    private String cardDigits(String digits) {
        PaymentCard.Brand brand = PaymentCard.brand(digits);
        Noise noise = new Noise(keys, Purpose.CARD, digits);
        StringBuilder out = new StringBuilder(brand == null ? NO_BRAND : brand.surrogatePrefix());
        while (out.length() < digits.length() - 3) {
            out.append(noise.digit());
        }
        int mark = mark(out);
        out.append((char) ('0' + mark / 10)).append((char) ('0' + mark % 10)).append('0');
        char check = PaymentCard.checkDigit(out);
        boolean valid = PaymentCard.hasCheckDigit(digits);
        out.setCharAt(out.length() - 1, valid ? check : (char) ('0' + (check - '0' + 1 + noise.below(9)) % 10));
        return out.toString();
    }

    static boolean isSurrogateCard(String digits) {
        int length = digits.length();
        if (length < 12 || length > 19) {
            return false;
        }
        boolean prefixed = digits.startsWith(NO_BRAND);
        for (PaymentCard.Brand brand : PaymentCard.Brand.values()) {
            prefixed |= digits.startsWith(brand.surrogatePrefix());
        }
        String body = digits.substring(0, length - 3);
        return prefixed && Integer.parseInt(digits.substring(length - 3, length - 1)) == mark(body);
    }

    /** Two digits that the digits before them determine: tells ours from other test numbers. */
    private static int mark(CharSequence digits) {
        int sum = 37;
        for (int i = PREFIX; i < digits.length(); i++) {
            sum = 31 * sum + digits.charAt(i);
        }
        return Math.floorMod(sum, 100);
    }

    String iban(String value) {
        String plain = compact(value);
        if (!Iban.hasForm(plain)) {
            return value.length() < 2
                    ? value
                    : value.substring(0, 2) + shapes.encode(ShapeEncoder.Family.OPAQUE, value.substring(2));
        }
        if (isSurrogateIban(plain)) {
            return value;
        }
        String structure = structure(plain);
        Noise noise = new Noise(keys, Purpose.BANK, plain);
        StringBuilder out = new StringBuilder(plain.substring(0, 4));
        for (int i = 0; i < structure.length(); i++) {
            char original = plain.charAt(i + 4);
            boolean bank = Character.isUpperCase(structure.charAt(i));
            if (Letters.isDigit(original)) {
                out.append(bank ? '0' : noise.digit());
            } else {
                out.append(bank ? 'X' : (char) ('A' + noise.below(26)));
            }
        }
        int right = Integer.parseInt(Iban.checkDigits(out));
        int check = Iban.isValid(plain) ? right : 2 + (right - 2 + 1 + noise.below(96)) % 97;
        out.replace(2, 4, (char) ('0' + check / 10) + "" + (char) ('0' + check % 10));
        return spread(value, out);
    }

    static boolean isSurrogateIban(String plain) {
        if (!Iban.hasForm(plain)) {
            return false;
        }
        String structure = structure(plain);
        for (int i = 0; i < structure.length(); i++) {
            char c = plain.charAt(i + 4);
            if (Character.isUpperCase(structure.charAt(i)) && c != '0' && c != 'X') {
                return false;
            }
        }
        return true;
    }

    /** Capitals and digits alone. */
    static String compact(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != ' ' && c != '-') {
                plain.append(c);
            }
        }
        return plain.toString().toUpperCase(Locale.ROOT);
    }

    private static String structure(String plain) {
        String structure = Iban.structure(plain.substring(0, 2));
        return structure == null ? "" : structure;
    }

    /** {@code compact} with the spaces and the case of {@code model}. */
    private static String spread(String model, CharSequence compact) {
        StringBuilder out = new StringBuilder(model);
        boolean lower = Character.isLowerCase(model.charAt(0));
        int next = 0;
        for (int i = 0; i < out.length(); i++) {
            if (out.charAt(i) != ' ' && out.charAt(i) != '-') {
                char c = compact.charAt(next++);
                out.setCharAt(i, lower ? Character.toLowerCase(c) : c);
            }
        }
        return out.toString();
    }
}
