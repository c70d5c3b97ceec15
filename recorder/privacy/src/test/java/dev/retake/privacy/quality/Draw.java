package dev.retake.privacy.quality;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;

/** Draws characters, numbers and choices with a seed. */
final class Draw {
    private static final String MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** One of the words in {@code list}. */
    String word(String list) {
        return of(list.split(" "));
    }

    String digits(int count) {
        return from("0123456789", count);
    }

    String hex(int count) {
        return from("0123456789abcdef", count);
    }

    String small(int count) {
        return from("abcdefghijklmnopqrstuvwxyz", count);
    }

    String capitals(int count) {
        return from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", count);
    }

    /** Letters of both cases and digits, at least one of each. */
    String mixed(int count) {
        return from(MIXED, count - 3) + from("ABCDEFGH", 1) + from("ijklmnop", 1) + from("23456789", 1);
    }

    String from(String alphabet, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** {@code pattern} with a digit for each {@code #}, the first of a run not zero, and nothing else changed. */
    String pattern(String pattern) {
        StringBuilder text = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean first = i == 0 || !Character.isDigit(text.charAt(i - 1));
            text.append(c != '#' ? c : (char) ('0' + (first ? between(1, 9) : below(10))));
        }
        return text.toString();
    }

    String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    BigInteger bits(int count) {
        return new BigInteger(count, random);
    }

    String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    String decimal(double low, double high, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", low + random.nextDouble() * (high - low));
    }
}
