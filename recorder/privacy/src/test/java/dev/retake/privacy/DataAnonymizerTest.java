package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataAnonymizerTest {
    private static final String TOKEN = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
            + base64("{\"sub\":\"42\",\"name\":\"Quillon Zabrowski\",\"email\":\"zoe@privmail.net\"}")
            + ".WunpYe77o2DRRDkIVcZpcUjPB8ToODR9kdbdJFX_t-E";

    private final DataAnonymizer anonymizer =
            DataAnonymizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    /** A token has one surrogate, whatever sentence it stands in, and a claim called name is a person's. */
    @ParameterizedTest
    @ValueSource(strings = {"%s", "token %s.", "(%s)", "a; %s, b", "%s..."})
    void replacesATokenInAnySentence(String sentence) {
        String surrogate = anonymizer.text("text/plain", TOKEN);

        assertThat(anonymizer.text("text/plain", sentence.formatted(TOKEN))).isEqualTo(sentence.formatted(surrogate));
        assertThat(new String(Base64.getUrlDecoder().decode(surrogate.split("\\.")[1]), StandardCharsets.UTF_8))
                .doesNotContain("Quillon", "Zabrowski", "privmail")
                .contains("\"name\":\"");
        assertThat(surrogate).doesNotContain("WunpYe77o2DRRDkIVcZpcUjPB8ToODR9kdbdJFX");
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
