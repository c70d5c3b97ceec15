package dev.retake.privacy.consistency;

import dev.retake.privacy.detect.DataClass;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * Numbers the values of each class, in several forms: other numbers, other values. Where a form is short, its values are
 * counted through, which is where surrogates would meet first; where it is long, they are spread over it.
 */
final class SampleValues {
    private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";
    private static final String ALPHANUMERIC = SMALL + "0123456789";
    private static final String MIXED = SMALL + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String TYPED = MIXED + "!$.-_#%";
    private static final String[] DOMAINS = {"gmail.com", "corp-mail.net", "firma.de", "post.co.uk", "foo.org"};
    private static final String[] BRANDS = {"4556", "5425", "6011", "3530"};
    private static final LocalDate EPOCH = LocalDate.of(1900, 1, 1);
    private static final int DAYS = 47_847;
    private static final int DATE_FORMS = 5;
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ENGLISH);

    private SampleValues() {}

    /** How many there are; those of most classes do not end. */
    static long count(DataClass dataClass) {
        return switch (dataClass) {
            case CARD_CODE -> 11_000;
            case DATE_OF_BIRTH -> (long) DAYS * DATE_FORMS;
            default -> 1L << 31;
        };
    }

    /** The value of {@code dataClass} numbered {@code i}, from 0 up to {@link #count}. */
    static String value(DataClass dataClass, long i) {
        long third = i / 3;
        int form = (int) (i % 3);
        return switch (dataClass) {
            case EMAIL ->
                (form == 0 ? "" : form == 1 ? "mary." : "J_")
                        + numeral(third / 5, ALPHANUMERIC)
                        + '@'
                        + DOMAINS[(int) (third % 5)];
            case PHONE ->
                switch (form) {
                    case 0 -> "+1 " + (201 + third % 700) + " 2" + digits(third / 700, 2) + "-" + digits(third, 4);
                    case 1 -> "+44 7911 " + digits(third, 7);
                    default -> "+49 171 " + digits(third, 8);
                };
            case CARD -> withLuhn(BRANDS[(int) (i % 4)] + digits(i / 4, 11));
            case CARD_CODE -> i < 1_000 ? digits(i, 3) : digits(i - 1_000, 4);
            case IBAN ->
                switch (form) {
                    case 0 -> iban("DE", "37040044" + digits(third, 10));
                    case 1 -> iban("GB", "WEST" + digits(third, 14));
                    default -> iban("ES", "2100" + digits(third, 16));
                };
            case BANK_ACCOUNT ->
                switch (form) {
                    case 0 -> digits(third, 10).replaceFirst("^.", "0");
                    case 1 -> Long.toString(1 + third);
                    default -> digits(third / 1_000, 6).replaceAll("(..)(?=.)", "$1-") + ' ' + digits(third % 1_000, 8);
                };
            case IPV4 ->
                (1 + i / 65_536 / 250 % 190) + "." + (20 + i / 65_536 % 230) + '.' + i / 256 % 256 + '.' + i % 256;
            case IPV6 ->
                "2a02:810" + form
                        + String.format(Locale.ROOT, "%016x", spread(third)).replaceAll("(....)", ":$1") + ":0:1";
            case MAC -> {
                String hex = String.format(Locale.ROOT, "%012x", third * 0x5DEECE66DL & (1L << 48) - 1);
                yield switch (form) {
                    case 0 -> hex.replaceAll("(..)(?=.)", "$1:");
                    case 1 -> hex.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1-");
                    default -> hex.replaceAll("(....)(?=.)", "$1.");
                };
            }
            case JWT ->
                base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
                        + '.'
                        + base64("{\"sub\":\"" + hex(i) + "\",\"email\":\"u" + i + "@gmail.com\"}")
                        + '.'
                        + base64(hex(i) + hex(~i));
            case SECRET ->
                switch ((int) (i % 5)) {
                    case 0 -> hex(i) + hex(i + 1);
                    case 1 -> hex(i).substring(0, 8) + '-' + hex(i).substring(8, 12) + "-4abc-8def-" + digits(i, 12);
                    case 2 -> "sk_live_" + numeral(spread(i) >>> 8, MIXED) + numeral(i, MIXED);
                    case 3 -> digits(i / 5, 6) + (i / 5 < 1_000_000 ? "" : "-" + i / 5_000_000);
                    default -> numeral(i / 5, MIXED);
                };
            case OTHER ->
                switch (form) {
                    case 0 -> numeral(third, ALPHANUMERIC);
                    case 1 -> "SKU-" + digits(third, 9);
                    default -> third + "." + digits(i, 2);
                };
            case PASSWORD -> form == 0 ? "Summer" + third + '!' : numeral(form == 1 ? third : spread(third + 1), TYPED);
            case USERNAME ->
                switch (form) {
                    case 0 -> numeral(third, ALPHANUMERIC);
                    case 1 -> "mary_" + third;
                    default -> numeral(third, SMALL) + ".müller";
                };
            case USER_ID ->
                switch ((int) (i % 4)) {
                    case 0 -> Long.toString(1 + i / 4);
                    case 1 -> "0" + digits(i / 4, 10);
                    case 2 -> "usr_" + numeral(i / 4, MIXED);
                    default -> hex(i);
                };
            case PERSON_NAME -> capital(word(i % 5_000)) + ' ' + capital(word(i / 5_000));
            case GIVEN_NAME, FAMILY_NAME -> capital(word(i));
            case STREET -> (1 + i % 200) + " " + capital(word(i / 200)) + " Street";
            case CITY -> capital(word(i));
            case POSTCODE ->
                switch (form) {
                    case 0 -> third < 100_000 ? digits(third, 5) : digits(third, 5) + '-' + digits(third / 100_000, 4);
                    case 1 -> {
                        String letters = letters(third / 1_000, 5);
                        yield letters.substring(0, 2)
                                + digits(third % 1_000, 3).charAt(0)
                                + letters.charAt(2)
                                + ' '
                                + digits(third % 1_000, 3).charAt(1)
                                + letters.substring(3)
                                + (third % 10 == 0 ? "" : "" + third % 10);
                    }
                    default -> digits(third, 4) + ' ' + letters(third / 10_000, 3);
                };
            case ADDRESS ->
                (1 + i % 200) + " " + capital(word(i / 200 % 3_000)) + " Street, " + capital(word(i / 600_000)) + ' '
                        + digits(i % 100_000, 5);
            case DATE_OF_BIRTH -> date(EPOCH.plusDays(i / DATE_FORMS), (int) (i % DATE_FORMS));
            case NATIONAL_ID ->
                switch (form) {
                    case 0 ->
                        digits(third / 1_000_000, 3)
                                + '-'
                                + digits(third / 10_000 % 100, 2)
                                + '-'
                                + digits(third % 10_000, 4);
                    case 1 -> Long.toString(1 + third);
                    default -> letters(third / 1_000_000, 2) + digits(third % 1_000_000, 6) + 'C';
                };
            case GEO -> {
                long fraction = i / 360;
                int places = 1;
                for (long most = 10; fraction >= most; most *= 10) {
                    fraction -= most;
                    places++;
                }
                yield (i % 360 - 180) + "." + digits(fraction, places);
            }
        };
    }

    private static String date(LocalDate date, int form) {
        return switch (form) {
            case 0 -> date.toString();
            case 1 -> GERMAN.format(date);
            case 2 -> AMERICAN.format(date);
            case 3 -> LONG.format(date);
            default -> date.toString().replace("-", "");
        };
    }

    /** Like a name: consonants and vowels in turn, longer for higher numbers. */
    private static String word(long number) {
        StringBuilder word = new StringBuilder();
        for (long rest = number; rest > 0 || word.length() < 4; rest /= 95) {
            word.append("bcdfghjklmnprstwyzx".charAt((int) (rest % 19))).append("aeiou".charAt((int) (rest % 95 / 19)));
        }
        return word.append('m').toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /** Every text of one character, then every one of two, and so on. */
    private static String numeral(long number, String alphabet) {
        StringBuilder text = new StringBuilder();
        long rest = number;
        do {
            text.append(alphabet.charAt((int) Long.remainderUnsigned(rest, alphabet.length())));
            rest = Long.divideUnsigned(rest, alphabet.length()) - 1;
        } while (rest >= 0);
        return text.toString();
    }

    private static String letters(long number, int length) {
        StringBuilder text = new StringBuilder();
        long rest = number;
        for (int i = 0; i < length; i++) {
            text.append((char) ('A' + rest % 26));
            rest /= 26;
        }
        return text.toString();
    }

    private static String digits(long number, int length) {
        String text = Long.toString(number);
        return text.length() >= length
                ? text.substring(text.length() - length)
                : "0".repeat(length - text.length()) + text;
    }

    private static String hex(long number) {
        return String.format(Locale.ROOT, "%016x", spread(number));
    }

    /** A permutation of all numbers (SplitMix64's finisher; Steele, Lea, Flood, 2014). */
    private static long spread(long number) {
        long z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String withLuhn(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 2 * digit / 10 + 2 * digit % 10 : digit;
        }
        return body + (10 - sum % 10) % 10;
    }

    private static String iban(String country, String account) {
        String moved = account + country + "00";
        int rest = 0;
        for (int i = 0; i < moved.length(); i++) {
            int digit = Character.digit(moved.charAt(i), 36);
            rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
        }
        return country + digits(98 - rest, 2) + account;
    }
}
