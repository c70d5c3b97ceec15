package dev.retake.privacy.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import dev.retake.privacy.detect.DataClass;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for every value, checked on many made with fixed seeds, by oracles written apart from the encoders. */
class SurrogatePropertiesTest {
    private static final Instant TIME = Instant.parse("2026-01-15T10:00:00Z");
    private static final int SOME = 2_000;

    /** A million by {@code -Dretake.distinct=1000000}. */
    private static final int MANY = Integer.getInteger("retake.distinct", 100_000);

    private static final String CHARACTERS = "@.:-+ 01239aZé\ud83d\ude00(,%";

    private final Replacement replacement = replacement(1, PseudonymSettings.DEFAULTS, "session");
    private final Random random = new Random(42);

    private static Replacement replacement(int seed, PseudonymSettings settings, String session) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Pseudonyms.create(new RootKey(key), settings).in(session, TIME);
    }

    @ParameterizedTest
    @EnumSource(DataClass.class)
    void instancesWithOneKeyAgreeAndOthersDoNot(DataClass dataClass) {
        Replacement same = replacement(1, PseudonymSettings.DEFAULTS, "another session");
        Replacement other = replacement(2, PseudonymSettings.DEFAULTS, "session");
        Replacement tenant = replacement(1, new PseudonymSettings("tenant", Scope.PERMANENT, 0), "session");
        Replacement session = replacement(1, new PseudonymSettings("default", Scope.SESSION, 0), "session");
        int differing = 0;
        for (int i = 0; i < 200; i++) {
            String value = value(dataClass);
            String surrogate = replacement.replace(dataClass, value);
            assertThat(same.replace(dataClass, value)).isEqualTo(surrogate);
            for (Replacement apart : List.of(other, tenant, session)) {
                differing += apart.replace(dataClass, value).equals(surrogate) ? 0 : 1;
            }
        }
        assertThat(differing).isGreaterThan(580);
    }

    @ParameterizedTest
    @EnumSource(DataClass.class)
    void reservedSurrogatesAreRecognisedAndLeftAlone(DataClass dataClass) {
        for (int i = 0; i < SOME && dataClass.reserved(); i++) {
            String value = value(dataClass);
            String surrogate = replacement.replace(dataClass, value);
            assertThat(SurrogateRecognizer.classOf(value)).as(value).isNull();
            assertThat(SurrogateRecognizer.classOf(surrogate)).as(surrogate).isNotNull();
            assertThat(replacement(3, PseudonymSettings.DEFAULTS, "s").replace(dataClass, surrogate))
                    .isEqualTo(surrogate);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataClass.class,
            names = {"SECRET", "NATIONAL_ID", "USER_ID"})
    void asManyValuesHaveAsManySurrogates(DataClass dataClass) {
        Set<String> surrogates = new HashSet<>(2 * MANY);
        for (int i = 0; i < MANY; i++) {
            String value = switch (dataClass) {
                case SECRET -> "tok_" + Integer.toString(i, 36) + "Zk4";
                case NATIONAL_ID -> String.format("%09d", 3 * i);
                default -> Integer.toString(i + 1);
            };
            surrogates.add(replacement.replace(dataClass, value));
        }
        assertThat(surrogates).hasSize(MANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%04d", "%d", "A%d", "%05d", "%x-0abcde"})
    void shortValuesNeverShareASurrogate(String form) {
        Set<String> surrogates = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            surrogates.add(replacement.replace(DataClass.USER_ID, String.format(form, i)));
        }
        assertThat(surrogates).hasSize(10_000);
    }

    @Test
    void everyDateOfBirthHasItsOwn() {
        Set<String> surrogates = new HashSet<>();
        LocalDate first = LocalDate.of(1980, 1, 1);
        int days = 366 * 8;
        for (int i = 0; i < days; i++) {
            String value = first.plusDays(i).toString();
            String surrogate = replacement.replace(DataClass.DATE_OF_BIRTH, value);
            assertThat(Math.abs(LocalDate.parse(surrogate).getYear()
                            - first.plusDays(i).getYear()))
                    .isLessThan(4);
            surrogates.add(surrogate);
        }
        assertThat(surrogates).hasSize(days);
    }

    @Test
    void aLeapDayThatItsYearLacksBecomesNoOtherDatesSurrogate() {
        Set<String> surrogates = new HashSet<>();
        for (int year = 1896; year < 2104; year++) {
            String surrogate = replacement.replace(DataClass.DATE_OF_BIRTH, year + "-02-29");
            assertThat(Year.isLeap(year) || surrogate.endsWith("-02-29")).isTrue();
            assertThat(Year.isLeap(Integer.parseInt(surrogate.substring(0, 4))) && surrogate.endsWith("-02-29"))
                    .as(year + " becomes " + surrogate)
                    .isFalse();
            surrogates.add(surrogate);
        }
        assertThat(surrogates).hasSize(208);
    }

    @Test
    void everyFractionOfADegreeHasItsOwn() {
        Set<String> surrogates = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            surrogates.add(replacement.replace(DataClass.GEO, "52." + i));
            surrogates.add(replacement.replace(DataClass.GEO, String.format("52.%03d", i)));
        }
        assertThat(surrogates).hasSize(1_100);
    }

    @Test
    void cardsKeepBrandLengthAndWhetherTheirCheckDigitIsRight() {
        for (int i = 0; i < SOME; i++) {
            String card = value(DataClass.CARD);
            String wrong = card.substring(0, card.length() - 1)
                    + (char) ('0' + (card.charAt(card.length() - 1) - '0' + 1) % 10);
            String surrogate = replacement.replace(DataClass.CARD, card);
            assertThat(luhn(surrogate)).isTrue();
            assertThat(surrogate).hasSameSizeAs(card).startsWith(card.substring(0, 1));
            assertThat(luhn(replacement.replace(DataClass.CARD, wrong))).isFalse();
        }
    }

    @Test
    void accountsKeepCountryLengthAndWhetherTheirCheckDigitsAreRight() {
        for (int i = 0; i < SOME; i++) {
            String iban = value(DataClass.IBAN);
            String wrong = iban.substring(0, 2) + (iban.startsWith("11", 2) ? "22" : "11") + iban.substring(4);
            String surrogate = replacement.replace(DataClass.IBAN, iban);
            assertThat(surrogate).hasSameSizeAs(iban).startsWith(iban.substring(0, 2));
            assertThat(mod97(surrogate)).isEqualTo(1);
            assertThat(mod97(replacement.replace(DataClass.IBAN, wrong))).isNotEqualTo(1);
        }
    }

    @Test
    void phonesKeepTheirDigitsCountAndWhatPartsThem() {
        for (int i = 0; i < SOME; i++) {
            String phone = value(DataClass.PHONE);
            String surrogate = replacement.replace(DataClass.PHONE, phone);
            assertThat(surrogate.replaceAll("\\d", "0")).isEqualTo(phone.replaceAll("\\d", "0"));
            assertThat(surrogate).startsWith(phone.substring(0, 3)).isNotEqualTo(phone);
        }
    }

    @Test
    void oneDomainStaysOneDomainAndOneNameOneName() {
        String first = replacement.replace(DataClass.EMAIL, "mary@gmail.com");
        String second = replacement.replace(DataClass.EMAIL, "JOHN@GMAIL.COM");
        assertThat(second.toLowerCase(Locale.ROOT)).endsWith(first.substring(first.indexOf('@')));
        assertThat(replacement.replace(DataClass.EMAIL, "Mary@Gmail.com")).isEqualToIgnoringCase(first);
        String family = replacement.replace(DataClass.FAMILY_NAME, "Johnson");
        String given = replacement.replace(DataClass.GIVEN_NAME, "Mary");
        assertThat(replacement.replace(DataClass.PERSON_NAME, "Mary Johnson")).isEqualTo(given + ' ' + family);
        assertThat(replacement.replace(DataClass.PERSON_NAME, "JOHNSON, Mary"))
                .isEqualTo(family.toUpperCase(Locale.ROOT) + ", " + given);
    }

    @Test
    void aPhoneHasOneSurrogateInEachWayToWriteIt() {
        String digits = digits(replacement.replace(DataClass.PHONE, "+14155552671"));
        assertThat(digits(replacement.replace(DataClass.PHONE, "+1 (415) 555-2671")))
                .isEqualTo(digits);
        assertThat(digits).endsWith(digits(replacement.replace(DataClass.PHONE, "415.555.2671")));
        assertThat(digits).isEqualTo(replacement.replaceNumber(DataClass.PHONE, "14155552671"));
        String british = digits(replacement.replace(DataClass.PHONE, "+44 20 7946 0958"));
        assertThat(digits(replacement.replace(DataClass.PHONE, "020 7946 0958")))
                .isEqualTo("0" + british.substring(2));
    }

    @ParameterizedTest
    @EnumSource(DataClass.class)
    void numbersStayNumbersOfTheirFormAndType(DataClass dataClass) {
        for (int i = 0; i < SOME; i++) {
            long number = random.nextLong() >>> 1 + random.nextInt(62);
            String text = (random.nextBoolean() ? "" : "-") + number;
            String surrogate = replacement.replaceNumber(dataClass, text);
            assertThat(surrogate).matches("-?(0|[1-9]\\d*)");
            if (number <= Integer.MAX_VALUE && dataClass != DataClass.DATE_OF_BIRTH && !dataClass.reserved()) {
                assertThat(Math.abs(Long.parseLong(surrogate))).isLessThanOrEqualTo(Integer.MAX_VALUE);
            }
        }
        assertThat(replacement.replaceNumber(dataClass, "12.50e3")).matches("\\d\\d\\.\\d\\de3");
    }

    @ParameterizedTest
    @EnumSource(DataClass.class)
    void anyTextIsReplacedWithoutFailure(DataClass dataClass) {
        assertThat(replacement.replace(dataClass, "")).isEmpty();
        for (int i = 0; i < SOME; i++) {
            int length = 1 + random.nextInt(40);
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < length; k++) {
                text.append((char)
                        (random.nextInt(10) == 0
                                ? random.nextInt(0x10000)
                                : CHARACTERS.charAt(random.nextInt(CHARACTERS.length()))));
            }
            assertThat(replacement.replace(dataClass, text.toString())).isNotEmpty();
            assertThat(SurrogateRecognizer.classOf(text.toString())).isNull();
        }
    }

    @Test
    void threadsAgree() {
        List<String> values =
                Stream.generate(() -> value(DataClass.EMAIL)).limit(SOME).toList();
        List<String> alone = values.stream()
                .map(v -> replacement.replace(DataClass.EMAIL, v))
                .toList();
        List<String> together = IntStream.range(0, values.size())
                .parallel()
                .mapToObj(i -> replacement.replace(DataClass.EMAIL, values.get(i)))
                .toList();
        assertThat(together).isEqualTo(alone);
    }

    /** A value of the class as real ones look. */
    private String value(DataClass dataClass) {
        Supplier<String> word = () ->
                pick("johnson", "smith", "garcia", "okafor", "müller", "nguyen", "o'brien", "li", "svensson", "rossi")
                        + (random.nextInt(3) == 0 ? "son" : "");
        return switch (dataClass) {
            case EMAIL ->
                word.get().replace("'", "") + pick(".", "_", "+") + number(4) + "@"
                        + pick("gmail.com", "corp.example.com", "firma.de", "mail.co.uk");
            case PHONE ->
                pick(
                        "+1 415 " + (2 + random.nextInt(3)) + number(2) + "-" + number(4),
                        "+49 30 1" + number(7),
                        "+44 7700 1" + number(5),
                        "+34 6" + number(2) + " " + number(3) + " " + number(3),
                        "+33 6 1" + number(1) + " " + number(2) + " " + number(2) + " " + number(2));
            case CARD -> card(pick("4556", "5425", "3711", "6011", "3530", "3714"));
            case IBAN -> iban(pick("DE", "GB", "FR", "NL", "ES", "NO"));
            case IPV4 ->
                (1 + random.nextInt(126)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                        + random.nextInt(256);
            case IPV6 -> "2a0" + number(1) + ":1450:" + number(4) + "::8a2e:" + (1 + random.nextInt(9999));
            case JWT ->
                "eyJhbGciOiJIUzI1NiJ9."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(("{\"email\":\"" + number(5) + "@gmail.com\"}")
                                        .getBytes(StandardCharsets.UTF_8))
                        + "." + number(43);
            case PERSON_NAME, GIVEN_NAME, FAMILY_NAME, CITY -> word.get() + " " + word.get();
            case STREET, ADDRESS -> number(3) + " " + word.get() + " Street";
            case MAC -> "00:1a:" + number(2) + ":" + number(2) + ":" + number(2) + ":3c";
            case DATE_OF_BIRTH ->
                LocalDate.of(1950, 1, 1).plusDays(random.nextInt(20_000)).toString();
            case GEO -> random.nextInt(89) + "." + number(6);
            case POSTCODE -> "1" + number(4);
            case OTHER -> "kx" + number(4) + word.get();
            case CARD_CODE, BANK_ACCOUNT, NATIONAL_ID -> "1" + number(8);
            case SECRET, PASSWORD, USERNAME, USER_ID -> "Ab" + number(6) + word.get();
        };
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

    private String card(String prefix) {
        String body = prefix + number((prefix.startsWith("37") ? 14 : 15) - prefix.length());
        for (int check = 0; check < 10; check++) {
            if (luhn(body + check)) {
                return body + check;
            }
        }
        throw new AssertionError();
    }

    private String iban(String country) {
        String account = switch (country) {
            case "DE" -> "3" + number(17);
            case "GB" -> "WEST" + number(14);
            case "FR" -> "2" + number(22);
            case "NL" -> "ABNA" + number(10);
            case "ES" -> "2" + number(19);
            default -> "8" + number(10);
        };
        int check = 98 - mod97(country + "00" + account);
        return country + (check < 10 ? "0" : "") + check + account;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        boolean doubled = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            sum += doubled ? digit * 2 / 10 + digit * 2 % 10 : digit;
            doubled = !doubled;
        }
        return sum % 10 == 0;
    }

    private static int mod97(String iban) {
        StringBuilder number = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> number.append(Character.digit(c, 36)));
        return new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }
}
