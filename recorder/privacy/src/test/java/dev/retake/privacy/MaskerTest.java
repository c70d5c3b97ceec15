package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.RootKey;
import dev.retake.privacy.detect.DataClass;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskerTest {
    private final Masker masker = Masker.create(PrivacySettings.DEFAULTS);
    private final DataAnonymizer anonymizer =
            DataAnonymizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @Test
    void namesTheClassOfWhatItMasks() {
        assertThat(masker.json("{\"email\":\"zora@fastpost-inbox.net\",\"qty\":2}"))
                .isEqualTo("{\"email\":\"<email>\",\"qty\":2}");
        assertThat(masker.text("wrote to zora@fastpost-inbox.net")).isEqualTo("wrote to <email>");
        assertThat(masker.value("password", "tiger-42x")).isEqualTo("<password>");
    }

    @Test
    void takesListsAndCredentialsForTheirParts() {
        assertThat(masker.value("recipients", "Zora Quimby <zora@fastpost-inbox.net>, max@fastpost-inbox.net"))
                .isEqualTo("<person-name> <<email>>, <email>");
        assertThat(masker.value("email", "zora@fastpost-inbox.net; max@fastpost-inbox.net"))
                .isEqualTo("<email>; <email>");
        assertThat(masker.value("authorization", "Bearer abcDEF123456789xyz")).isEqualTo("Bearer <secret>");
        assertThat(masker.value("authorization", "Basic em9yYTp0aWdlci00Mng="))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("<username>:<password>".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesBracketsForJsonOnlyWhereTheyAre() {
        assertThat(masker.value("password", "{Tr0ub4dor}")).isEqualTo("<password>");
        assertThat(masker.value("apiKey", "[k9XwQ2vRt7YpLm4Nc8Bz]")).isEqualTo("<secret>");
        assertThat(masker.value("user.email", "[\"zora@fastpost-inbox.net\"]")).isEqualTo("[\"<email>\"]");
    }

    @Test
    void keepsMaskedNumbersValidJson() {
        assertThat(masker.json("{\"user\":{\"phone\":4917128347561}}")).isEqualTo("{\"user\":{\"phone\":\"<phone>\"}}");
    }

    @Test
    void leavesSurrogatesOfReservedClassesReadable() {
        String surrogate = anonymizer.value(DataClass.EMAIL, "zora@fastpost-inbox.net");

        assertThat(masker.json("{\"email\":\"" + surrogate + "\"}")).isEqualTo("{\"email\":\"" + surrogate + "\"}");
    }

    @Test
    void anonymizesDataAsCaptureDoes() {
        String document = "{\"customers\":[{\"firstName\":\"Zebulonia\",\"email\":\"zora@fastpost-inbox.net\"}]}";

        String anonymized =
                new String(anonymizer.json(document.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        assertThat(anonymized)
                .isEqualTo("{\"customers\":[{\"firstName\":\"" + anonymizer.value("customer.firstName", "Zebulonia")
                        + "\",\"email\":\"" + anonymizer.value(DataClass.EMAIL, "zora@fastpost-inbox.net") + "\"}]}");
        assertThat(anonymizer.text("text/plain", "to zora@fastpost-inbox.net"))
                .isEqualTo("to " + anonymizer.value("email", "zora@fastpost-inbox.net"));
    }

    @Test
    void doesAsConfiguredWithNamedFields() {
        PrivacySettings settings = new PrivacySettings(
                PrivacySettings.DEFAULTS.pseudonyms(), List.of(), 8, List.of("supportEmail"), List.of("badge-code"));
        Masker configured = Masker.create(settings);

        assertThat(configured.json("{\"support_email\":\"help@shop-mail.net\",\"badgeCode\":\"blue\"}"))
                .isEqualTo("{\"support_email\":\"help@shop-mail.net\",\"badgeCode\":\"<secret>\"}");
    }
}
