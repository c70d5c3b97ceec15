package dev.retake.cli.demo.shop;

import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes an instance's ids: no two instances make the same. Thread-safe. */
final class Ids {
    private final Random random;
    private final AtomicInteger orders;

    /** Ids that follow from {@code seed}. */
    Ids(long seed) {
        random = new Random(seed);
        orders = new AtomicInteger(1_000 + random.nextInt(8_000));
    }

    String cart() {
        return "crt_" + hex(16);
    }

    String line() {
        return hex(12);
    }

    String order() {
        return String.format(Locale.ROOT, "ORD-2026-%06d", orders.incrementAndGet());
    }

    String token() {
        byte[] bytes = new byte[30];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String request() {
        return hex(20);
    }

    /** A number that marks this instance, for entity tags. */
    String build() {
        return Integer.toHexString(orders.get());
    }

    private String hex(int length) {
        StringBuilder hex = new StringBuilder(length);
        synchronized (random) {
            for (int i = 0; i < length; i++) {
                hex.append(Character.forDigit(random.nextInt(16), 16));
            }
        }
        return hex.toString();
    }
}
