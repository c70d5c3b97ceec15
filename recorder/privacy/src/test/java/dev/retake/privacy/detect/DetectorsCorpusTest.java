package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recall on planted values and precision on clean ones, both made broadly with fixed seeds; and bounded time. */
class DetectorsCorpusTest {
    private static final int EACH = 1_000;
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(
            value = DataClass.class,
            names = {"EMAIL", "CARD", "IBAN", "IPV4", "IPV6", "JWT", "PHONE", "SECRET", "MAC"})
    void findsPlantedValues(DataClass dataClass) {
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            String value = planted(dataClass);
            String text = pick("", "see ", "\"", "a\tb ", "(", "ab;", "Zürich: ", "<b>", "x, ", "[")
                    + value
                    + pick("", " and", "\"", "\n", ")", ";", " x", "</b>", ", y", "]", "!");
            if (!DetectorsTest.found(text).contains(dataClass + " " + value)) {
                missed.add(text);
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void leavesCleanValuesAlone() {
        List<String> found = new ArrayList<>();
        int all = 0;
        for (Supplier<String> clean : cleanValues()) {
            for (int i = 0; i < EACH; i++, all++) {
                String value = clean.get();
                if (!DetectorsTest.found(value).isEmpty()) {
                    found.add(value);
                }
            }
        }
        assertThat(found).hasSizeLessThan(all / 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9-",
                "eyJ.",
                "a@",
                "a.a@a.",
                "://a:",
                "password=$",
                "bearer ",
                "1.1.1.",
                "a:",
                "::",
                "4111 ",
                "+1 415 ",
                "(415) ",
                "-----BEGIN PRIVATE KEY-----",
                "DE89 3704 ",
                "sk_live_",
                "0000",
                "00-",
                "sid=sid=",
                "1-",
                "Anna ",
                "J. ",
                "Anna de la ",
                "12 Calle ",
                "Calle de la ",
                "1 A ",
                "12 Baker ",
                "1\u00b0",
                "code 1234 ",
                "born 1 March ",
                "token is ",
                "\"a b\"@",
                "AB12 ",
                "Dear ",
                "550e8400-e29b-",
                "bic "
            })
    void nearMatchesTakeLinearTime(String near) {
        byte[] text = near.repeat(400_000 / near.length()).getBytes(StandardCharsets.UTF_8);
        HitList hits = new HitList();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Detectors.scan(text, 0, text.length, hits);
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void hitsRiseAndStayWithinTheBounds() {
        for (int i = 0; i < EACH / 2; i++) {
            byte[] text = new byte[200];
            for (int k = 0; k < text.length; k++) {
                text[k] = (byte) "a@.:-+1234 (eyJ=/\u0000\u00e9".charAt(random.nextInt(19));
            }
            HitList hits = new HitList();
            Detectors.scan(text, 20, 180, hits);
            int last = 20;
            for (int k = 0; k < hits.size(); k++) {
                assertThat(hits.start(k)).isGreaterThanOrEqualTo(last);
                assertThat(hits.end(k)).isGreaterThan(hits.start(k)).isLessThanOrEqualTo(180);
                last = hits.end(k);
            }
        }
    }

    private List<Supplier<String>> cleanValues() {
        return List.of(
                () -> UUID.nameUUIDFromBytes(bytes(16)).toString(),
                () -> UUID.nameUUIDFromBytes(bytes(16)).toString().toUpperCase(Locale.ROOT),
                () -> String.format("%032x", new BigInteger(128, random)),
                () -> String.format("%040x", new BigInteger(160, random)),
                () -> String.format("%064x", new BigInteger(256, random)),
                () -> Instant.ofEpochMilli(random.nextLong() >>> 22).toString(),
                () -> Long.toString(1_600_000_000_000L + (random.nextLong() >>> 26)),
                () -> Long.toString(1_600_000_000_000_000L + (random.nextLong() >>> 16)),
                () -> String.format(Locale.ROOT, "%d.%02d", random.nextInt(1_000_000), random.nextInt(100)),
                () -> String.format(Locale.ROOT, "$%,d.%02d", random.nextInt(100_000_000), random.nextInt(100)),
                () -> letters(3).toUpperCase(Locale.ROOT) + "-" + number(5) + "-"
                        + letters(2).toUpperCase(Locale.ROOT),
                () -> "SKU" + number(8),
                () -> random.nextInt(30) + "." + random.nextInt(100) + "." + random.nextInt(1000),
                () -> "v" + random.nextInt(30) + "." + random.nextInt(100) + "." + random.nextInt(1000) + "-rc."
                        + random.nextInt(9),
                () -> random.nextInt(20) + "/" + random.nextInt(1 << 17) + "/" + random.nextInt(1 << 17) + ".png",
                () -> (random.nextDouble() * 180 - 90) + "," + (random.nextDouble() * 360 - 180),
                () -> "1" + number(5 + random.nextInt(14)),
                () -> number(1 + random.nextInt(25)),
                () -> "W/\"" + number(4) + "-" + Long.toHexString(random.nextLong()) + "\"",
                () -> Base64.getEncoder().encodeToString(bytes(24)),
                () -> letters(8) + " " + letters(5) + ": " + letters(7) + " = " + number(3),
                () -> "/api/" + letters(6) + "/" + number(6) + "/" + letters(5),
                () -> String.format(
                        "%02d:%02d:%02d.%03d",
                        random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1000)),
                () -> String.format(
                        "%02d/%02d/%04d", 1 + random.nextInt(28), 1 + random.nextInt(12), 1950 + random.nextInt(80)),
                () -> "978" + number(10),
                () -> "1Z" + number(16),
                () -> "ORD-" + (2000 + random.nextInt(30)) + "-" + number(6));
    }

    private String planted(DataClass dataClass) {
        return switch (dataClass) {
            case EMAIL ->
                letters(1 + random.nextInt(12)) + pick("", "." + letters(4), "+" + letters(3), "_" + number(2)) + "@"
                        + letters(2 + random.nextInt(10))
                        + pick(".com", ".co.uk", ".org", ".io", ".museum", ".de", ".example.com");
            case CARD -> grouped(card(pick("4", "51", "55", "2221", "2720", "6011", "3530", "62"), 16));
            case IBAN -> iban();
            case IPV4 ->
                (1 + random.nextInt(126)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                        + (1 + random.nextInt(255));
            case IPV6 ->
                "2a0" + random.nextInt(10) + ":" + hex(4) + ":" + hex(3) + "::" + hex(4) + ":"
                        + (1 + random.nextInt(9));
            case MAC -> (hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2) + ":" + hex(2) + ":0a");
            case JWT ->
                base64("{\"alg\":\"" + pick("HS256", "RS256", "none") + "\"}") + "."
                        + base64("{\"sub\":\"" + number(9) + "\"}") + "." + base64(letters(30));
            case PHONE -> phone();
            case SECRET ->
                pick(
                        "AKIA" + key(16).toUpperCase(Locale.ROOT),
                        "sk_live_4a" + key(22),
                        "ghp_7B" + key(34),
                        "AIza3C" + key(33),
                        "xoxb-" + number(11) + "-" + key(24),
                        "glpat-9X" + key(18),
                        "npm_5Q" + key(34),
                        "sk-proj-6Z" + key(40),
                        "SG.4T" + key(20) + "." + key(43),
                        "hf_8K" + key(32));
            default -> throw new AssertionError(dataClass);
        };
    }

    private String phone() {
        String area = (2 + random.nextInt(8)) + number(2);
        String exchange = (2 + random.nextInt(8)) + number(2);
        return pick(
                "+1" + area + exchange + number(4),
                "+1 " + area + " " + exchange + " " + number(4),
                "+1-" + area + "-" + exchange + "-" + number(4),
                "+1 (" + area + ") " + exchange + "-" + number(4),
                "(" + area + ") " + exchange + "-" + number(4),
                area + "-" + exchange + "-" + number(4),
                area + "." + exchange + "." + number(4),
                "+44 7" + number(3) + " " + number(6),
                "+447" + number(9),
                "+49 1" + number(2) + " " + number(8),
                "+49 (0)30 " + number(7),
                "+33 6 " + number(2) + " " + number(2) + " " + number(2) + " " + number(2),
                "+34 6" + number(2) + " " + number(3) + " " + number(3),
                "+39 3" + number(2) + " " + number(7),
                "+31 6 " + number(8),
                "+46 70-" + number(3) + " " + number(2) + " " + number(2),
                "+91 9" + number(4) + " " + number(5),
                "+86 13" + number(1) + " " + number(4) + " " + number(4),
                "+81 90-" + number(4) + "-" + number(4),
                "+55 11 9" + number(4) + "-" + number(4),
                "+61 4" + number(2) + " " + number(3) + " " + number(3),
                "+7 9" + number(2) + " " + number(3) + "-" + number(2) + "-" + number(2),
                "+971 5" + number(1) + " " + number(3) + " " + number(4));
    }

    private String card(String prefix, int length) {
        StringBuilder digits = new StringBuilder(prefix + number(length - 1 - prefix.length()) + "0");
        digits.setCharAt(length - 1, PaymentCard.checkDigit(digits));
        return digits.toString();
    }

    private String grouped(String card) {
        String separator = pick("", " ", "-");
        return card.substring(0, 4)
                + separator
                + card.substring(4, 8)
                + separator
                + card.substring(8, 12)
                + separator
                + card.substring(12);
    }

    private String iban() {
        String account = pick(
                "DE00" + number(18),
                "GB00WEST" + number(14),
                "FR00" + number(23),
                "NL00ABNA" + number(10),
                "NO00" + number(11));
        String number = account.substring(0, 2) + Iban.checkDigits(account) + account.substring(4);
        return random.nextBoolean() ? number : number.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String number(int digits) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            number.append(random.nextInt(10));
        }
        return number.toString();
    }

    private String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    private String key(int length) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < length; i++) {
            key.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
        }
        return key.toString();
    }

    private String hex(int length) {
        return String.format("%0" + length + "x", random.nextInt(1, 1 << 4 * Math.min(length, 7)));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
