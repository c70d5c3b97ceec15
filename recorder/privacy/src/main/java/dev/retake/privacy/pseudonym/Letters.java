package dev.retake.privacy.pseudonym;

import java.util.Locale;

/** Carries the case of one text over to another. */
final class Letters {
    private Letters() {}

    /** {@code lower} in capitals, with a capital first, or as it is, as {@code model} is written. */
    static String inCaseOf(String model, String lower) {
        int letters = 0;
        int capitals = 0;
        boolean first = false;
        for (int i = 0; i < model.length(); i++) {
            char c = model.charAt(i);
            if (Character.isLetter(c)) {
                boolean capital = Character.isUpperCase(c);
                first |= letters == 0 && capital;
                letters++;
                capitals += capital ? 1 : 0;
            }
        }
        if (capitals == letters && letters > 1) {
            return lower.toUpperCase(Locale.ROOT);
        }
        return first && !lower.isEmpty() ? Character.toUpperCase(lower.charAt(0)) + lower.substring(1) : lower;
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The code point that the char at {@code i} belongs to, be it the first or second of a pair. */
    static int pointAt(String text, int i) {
        char c = text.charAt(i);
        boolean second = Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        return second ? Character.toCodePoint(text.charAt(i - 1), c) : text.codePointAt(i);
    }

    /** The ASCII digits of {@code text}, in order. */
    static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return digits.toString();
    }

    /** {@code model} with its digits replaced, in order, by {@code digits}, of which there are as many. */
    static String fill(String model, CharSequence digits) {
        StringBuilder out = new StringBuilder(model);
        int next = 0;
        for (int i = 0; i < out.length(); i++) {
            if (isDigit(out.charAt(i))) {
                out.setCharAt(i, digits.charAt(next++));
            }
        }
        return out.toString();
    }
}
