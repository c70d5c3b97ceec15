package dev.retake.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are known by their form, where neither their provider nor the name of their field says anything. */
class KeyFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs",
                ".eJwlzjEOwzAIAMC_MHcAjA3OZyJjwOqaNFPVvzdSb7vXwp5.ZxYw1Q.q2LVf4WUfL03GTEXqyViAQjk5WY",
                "eyJ1c2VyX2lkIjoxMjM0NX0:1sQwEr:5BgAUf4x3rMdotbrMtTmv7Yl1RYqwertyuiopASDFGH",
                "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
                "$argon2id$v=19$m=65536,t=3,p=4$iCOzfc2CEmnUxac1N21YGB$sKjh1Ri4bwvWLa4Sz8kP62tZkhQM1V9rMRdyC5ksV1U",
                "pbkdf2_sha256$600000$4YEGx5pZpwjina43QDzCzK$MvisMNGRjykwMT7T2iOwJGcvIEcBgZ5zKmzEhqgkjR",
                "acme_live_7Yd2kQ9zLmW4xR8tB3vN",
                "foo_pat_0b9c2d4e6f8a1b3c5d7e9f0a2b4c6d8e",
                "unheardof_7Yd2kQ9zLmW4xR8tB3vN5cF6hJ1pS",
                "2/1201234567890123/1201234567890124:070796e656984517ea9ca91a291a7457",
                "xnd_production_0B26R08qzjI6GKFSufrdZSlB5er8bOfZ",
                "00D5f000004Zabc!AQ07Lq8TDIWG2x9aJTFMP9.2kUtMXhkPrSbbAjLGmsDx5StAZvlMz_Bk4opH1Dr8"
            })
    void aKeyIsTakenWhole(String key) {
        assertThat(found("was " + key + " once")).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pi_3MtwBwLkdIwHu7ix28a3tqPa",
                "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
                "test_case_number_2024_of_the_release",
                "api_gateway_production_2024_01_15",
                "sha1_2fd4e1c67a2d28fced849ee1bb76e739",
                "com.example.shop.OrderServiceImplementationFactory",
                "main.4f2a1b.chunk.js",
                "1.24.0-rc.2",
                "costs 5$ to 10$ more than $AB$",
                "12:30:45.123456789"
            })
    void whatOnlyLooksSimilarStays(String text) {
        assertThat(found(text)).isEmpty();
    }

    private static List<String> found(String text) {
        HitList hits = new HitList();
        byte[] bytes = Detectors.scan(text, hits);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            found.add(new String(bytes, hits.start(i), hits.end(i) - hits.start(i), StandardCharsets.UTF_8));
        }
        return found;
    }
}
