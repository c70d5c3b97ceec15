package dev.retake.cli.leak;

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

    String from(String alphabet, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    String digits(int count) {
        return from("0123456789", count);
    }

    String hex(int count) {
        return from("0123456789abcdef", count);
    }

    /** Letters of both cases and digits, at least one of each. */
    String mixed(int count) {
        return from(MIXED, count - 3) + from("ABCDEFGH", 1) + from("ijklmnop", 1) + from("23456789", 1);
    }

    /** A word that no list of names holds, with a capital. */
    String name() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            name.append(from("bdfgklmnprstvz", 1)).append(from("aeiou", 1));
        }
        name.append(from("lnrsx", 1));
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        return name.toString();
    }

    String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digits of {@code body} with the one that makes them pass Luhn's check. */
    static String luhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return body + (10 - sum % 10) % 10;
    }

    static int mod97(String text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            rest = (value > 9 ? 100 * rest + value : 10 * rest + value) % 97;
        }
        return rest;
    }
}
