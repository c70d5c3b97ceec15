package dev.retake.privacy.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.privacy.detect.DataClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name has one surrogate with its namespace or the ending of a file, and without. */
class HandleTest {
    private final Replacement replacement = PseudonymsTest.replacement(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "user:mona7                                      ¦ user:             ¦ mona7",
                "org.couchdb.user:mona7                          ¦ org.couchdb.user: ¦ mona7",
                "auth0|5f7c8ec7c33c6c004bbafe82                  ¦ auth0|            ¦ 5f7c8ec7c33c6c004bbafe82",
                "urn:uuid:550e8400-e29b-41d4-a716-446655440000   ¦ urn:uuid:         ¦ 550e8400-e29b-41d4-a716-446655440000",
                "550e8400-e29b-41d4-a716-446655440000.vcf        ¦ ''                ¦ 550e8400-e29b-41d4-a716-446655440000",
                "mona.wiesental                                  ¦ ''                ¦ mona.wiesental",
                "smith:mona7                                     ¦ ''                ¦ smith:mona7",
                "user_mona7                                      ¦ ''                ¦ user_mona7",
                "user:                                           ¦ ''                ¦ user:",
            })
    void keepsWhatStandsAroundAName(String value, String before, String name) {
        String after = value.substring(before.length() + name.length());

        assertThat(replacement.replace(DataClass.USERNAME, value))
                .isEqualTo(before + replacement.replace(DataClass.USERNAME, name) + after)
                .isNotEqualTo(value);
    }

    /** As registries do, which ask for a name at the registration and for a user at the login. */
    @ParameterizedTest
    @ValueSource(strings = {"mwiesental", "mona_7w", "m.wiesental"})
    void isTheSameInFieldsForNames(String handle) {
        assertThat(replacement.replace(DataClass.PERSON_NAME, handle))
                .isEqualTo(replacement.replace(DataClass.USERNAME, handle));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mona", "Jana Koch", "li wei"})
    void theSurrogateOfANameIsNone(String name) {
        String once = replacement.replace(DataClass.PERSON_NAME, name);

        assertThat(replacement.replace(DataClass.PERSON_NAME, once))
                .isEqualTo(once)
                .isNotEqualTo(name);
    }
}
