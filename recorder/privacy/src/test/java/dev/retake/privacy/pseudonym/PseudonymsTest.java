package dev.retake.privacy.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import dev.retake.privacy.detect.DataClass;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymsTest {
    private static final Instant TIME = Instant.parse("2026-01-15T10:00:00Z");
    private final Replacement replacement = replacement(1);

    static Replacement replacement(int seed) {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        return Pseudonyms.create(new RootKey(key), PseudonymSettings.DEFAULTS).in("session", TIME);
    }

    /** Values with a regular expression for their surrogates, which say what is kept. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "EMAIL         ¦ mary.johnson@gmail.com       ¦ [a-z]{4}\\.[a-z]{7}@[a-z]{9}\\.example\\.com",
                "EMAIL         ¦ Mary.Johnson+news@corp.co.uk ¦ [A-Z][a-z]{3}\\.[A-Z][a-z]{6}\\+[a-z]{4}@[a-z]{9}\\.example\\.net",
                "EMAIL         ¦ JO@X.ORG                     ¦ [A-Z]{2}[a-z]{4}@[A-Z]{9}\\.EXAMPLE\\.ORG",
                "EMAIL         ¦ mary@@gmail.com              ¦ [a-z]{4}@@[a-z]{5}\\.[a-z]{3}",
                "EMAIL         ¦ mary.gmail.com               ¦ [a-z]{4}\\.[a-z]{5}\\.[a-z]{3}",
                "EMAIL         ¦ @gmail.com                   ¦ @[a-z]{5}\\.[a-z]{3}",
                "PHONE         ¦ +1 (415) 555-2671            ¦ \\+1 \\([2-9]\\d\\d\\) 555-01\\d\\d",
                "PHONE         ¦ 415.555.2671                 ¦ [2-9]\\d\\d\\.555\\.01\\d\\d",
                "PHONE         ¦ +44 (0)20 7946 0958          ¦ \\+44 \\(0\\)1\\d \\d{4} \\d{4}",
                "PHONE         ¦ 07700 900123                 ¦ 01\\d{3} \\d{6}",
                "PHONE         ¦ 06 12 34 56 78               ¦ 06 39 98 \\d\\d \\d\\d",
                "PHONE         ¦ +49 30 1234567               ¦ \\+49 \\d{2} \\d{7}",
                "PHONE         ¦ +34 612 345 678              ¦ \\+34 000 \\d{3} \\d{3}",
                "PHONE         ¦ 415-555-2671 x12             ¦ [2-9]\\d\\d-555-01\\d\\d [a-z]\\d\\d",
                "CARD          ¦ 4242 4242 4242 4242          ¦ 4000 00\\d\\d \\d{4} \\d{4}",
                "CARD          ¦ 378282246310005              ¦ 340000\\d{9}",
                "IBAN          ¦ DE89 3704 0044 0532 0130 00  ¦ DE\\d\\d 0000 0000 \\d{4} \\d{4} \\d\\d",
                "IBAN          ¦ GB82WEST12345698765432       ¦ GB\\d\\dXXXX\\d{14}",
                "IBAN          ¦ DE89                         ¦ DE\\d\\d",
                "IPV4          ¦ 81.2.69.142                  ¦ 198\\.1[89]\\.\\d+\\.\\d+",
                "IPV4          ¦ 81.2.69.142:443              ¦ 198\\.1[89]\\.\\d+\\.\\d+:443",
                "IPV6          ¦ 2a00:1450:4001::8a           ¦ 2001:db8:5e7a(:[0-9a-f]{1,4}){5}",
                "MAC           ¦ 00:1a:2b:3c:4d:5e            ¦ \\d\\d:\\d[a-f]:\\d[a-f]:\\d[a-f]:\\d[a-f]:\\d[a-f]",
                "SECRET        ¦ sk_live_4eC39HqLyjWDarjtT1zd ¦ sk_live_\\d[a-z][A-Z]\\d\\d[A-Za-z]{12}\\d[a-z]{2}",
                "SECRET        ¦ 550e8400-e29b-41d4-a716-446655440000 ¦ [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
                "PASSWORD      ¦ !!!                          ¦ [!#$%*+\\-.=?@^_~]{3}",
                "PASSWORD      ¦ hunter2                      ¦ [a-z]{6}\\d",
                "PERSON_NAME   ¦ Dr. Mary van JOHNSON Jr.     ¦ Dr\\. [A-Z][a-z]+ van [A-Z]+ Jr\\.",
                "PERSON_NAME   ¦ José Núñez                   ¦ [A-Z][a-záéíó]+ [A-Z][a-záéíó]+",
                "PERSON_NAME   ¦ Анна Каренина                ¦ [А-Я][а-я]{3} [А-Я][а-я]{7}",
                "PERSON_NAME   ¦ 𠮷田 太郎                     ¦ [\\x{20B80}-\\x{20BBF}&&[^𠮷]][\\x{7500}-\\x{753F}] [^太][^郎]",
                "USERNAME      ¦ 𝐙𝐨𝐞-𝐒𝐭𝐚𝐫                     ¦ \\p{L}{3}-\\p{L}{4}",
                "STREET        ¦ 1742 Evergreen Terrace Apt 4 ¦ [1-9]\\d{3} [A-Z][a-z]+ Terrace Apt [1-9]",
                "STREET        ¦ Hauptstraße 5                ¦ [A-Z][a-z]+straße [1-9]",
                "CITY          ¦ SPRINGFIELD                  ¦ [A-Z]+",
                "POSTCODE      ¦ SW1A 1AA                     ¦ [A-Z]{2}\\d[A-Z] \\d[A-Z]{2}",
                "POSTCODE      ¦ 94103                        ¦ [1-9]\\d{4}",
                "DATE_OF_BIRTH ¦ 1985-03-17                   ¦ 198[4-7]-\\d\\d-(1[3-9]|[23]\\d)",
                "DATE_OF_BIRTH ¦ 17.03.1985                   ¦ (1[3-9]|[23]\\d)\\.\\d\\d\\.198[4-7]",
                "DATE_OF_BIRTH ¦ March 5, 1985                ¦ [A-Z][a-z]+ \\d+, 198[4-7]",
                "NATIONAL_ID   ¦ 123-45-6789                  ¦ \\d{3}-\\d{2}-\\d{4}",
                "GEO           ¦ 52.520008                    ¦ 52\\.\\d{6}",
                "CARD_CODE     ¦ 123                          ¦ [1-9]\\d\\d",
            })
    void keepsTheFormOf(DataClass dataClass, String value, String form) {
        String surrogate = replacement.replace(dataClass, value);
        assertThat(surrogate).matches(form).isNotEqualTo(value);
        assertThat(replacement(1).replace(dataClass, value)).isEqualTo(surrogate);
    }

    @Test
    void aDateThatNoCalendarHasStaysOne() {
        assertThat(replacement.replace(DataClass.DATE_OF_BIRTH, "1985-02-31")).matches("198[4-7]-02-31");
        assertThat(replacement.replace(DataClass.DATE_OF_BIRTH, "0000-00-00")).matches("000\\d-00-00");
    }

    @Test
    void sessionsThatAlternateKeepTheirReplacements() {
        Pseudonyms pseudonyms = ofSessions();
        Replacement first = pseudonyms.in("first", TIME);
        Replacement second = pseudonyms.in("second", TIME);

        assertThat(second).isNotSameAs(first);
        for (int turn = 0; turn < 3; turn++) {
            assertThat(pseudonyms.in("first", TIME)).isSameAs(first);
            assertThat(pseudonyms.in("second", TIME)).isSameAs(second);
        }
    }

    @Test
    void onlySomeSessionsAreRememberedAndForgottenOnesGetTheSameSurrogates() {
        Pseudonyms pseudonyms = ofSessions();
        List<Replacement> made = IntStream.range(0, 1_000)
                .mapToObj(i -> pseudonyms.in("session " + i, TIME))
                .toList();

        int kept = 0;
        for (int i = 0; i < made.size(); i++) {
            Replacement again = pseudonyms.in("session " + i, TIME);
            kept += again == made.get(i) ? 1 : 0;
            assertThat(again.replace(DataClass.SECRET, "tok_4eC39HqLyjWDarjtT1zd"))
                    .isEqualTo(made.get(i).replace(DataClass.SECRET, "tok_4eC39HqLyjWDarjtT1zd"));
        }
        assertThat(kept).isBetween(1, 256);
    }

    private static Pseudonyms ofSessions() {
        return Pseudonyms.create(new RootKey(new byte[32]), new PseudonymSettings("default", Scope.SESSION, 0));
    }
}
