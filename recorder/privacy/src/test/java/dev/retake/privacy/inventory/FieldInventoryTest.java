package dev.retake.privacy.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.value.Structure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldInventoryTest {
    private final FieldInventory inventory = new FieldInventory();
    private final Sanitizer sanitizer =
            Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS, new BackgroundErrors(), inventory);

    private void sanitize(String body, long acceptedAt) {
        sanitize("/users/1234567?page=2", body, acceptedAt);
    }

    private void sanitize(String target, String body, long acceptedAt) {
        Headers headers = Headers.of("Content-Type", "application/json");
        sanitizer.sanitize(new Exchange(
                new UUID(0, 0),
                "",
                1,
                "s",
                1,
                null,
                new Request("POST", target, "HTTP/1.1", headers, body(body), Headers.EMPTY),
                new Response(200, "OK", "HTTP/1.1", headers, body(body), Headers.EMPTY),
                List.of(),
                new Timings(acceptedAt, 0, 0, 0, 0),
                Outcome.COMPLETE,
                null,
                0));
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A name that the body gives away is no name of an operation. */
    @Test
    void namesNoOperationByWhatAnExchangeGivesAway() {
        sanitize("/of/zoelinde/orders", "{\"user\":{\"firstName\":\"zoelinde\"}}", 1);

        assertThat(inventory.snapshot())
                .isNotEmpty()
                .allSatisfy(use ->
                        assertThat(use.operation()).startsWith("POST /of/").doesNotContain("zoelinde"));
    }

    @Test
    void countsEachValueOnceHoweverOftenItIsRememberedOrWalked() {
        for (int i = 1; i <= 3; i++) {
            sanitize("{\"user\":{\"name\":\"Zoelinde Quarxmann\"},\"text\":\"for Zoelinde Quarxmann\"}", i);
        }

        assertThat(inventory.snapshot())
                .contains(
                        new FieldUse(
                                "POST /users/{id}",
                                "request body:/user/name",
                                "person-name",
                                "name of a person",
                                3,
                                1,
                                3),
                        new FieldUse(
                                "POST /users/{id}",
                                "response body:/user/name",
                                "person-name",
                                "name of a person",
                                3,
                                1,
                                3));
    }

    @Test
    void tellsClassesThatAreNewToAField() {
        sanitize("{\"note\":\"mail zoe@quarx-mail.net\"}", 1);
        List<FieldUse> first = inventory.snapshot();
        assertThat(first)
                .extracting(FieldUse::location)
                .containsExactly("request body:/note", "request path:users", "response body:/note");
        assertThat(inventory.newClasses()).isEqualTo(3);
        assertThat(inventory.isChanged()).isFalse();

        FieldInventory later = new FieldInventory();
        later.load(first);
        Sanitizer other =
                Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS, new BackgroundErrors(), later);
        assertThat(later.newClasses()).isZero();
        assertThat(later.snapshot()).isEqualTo(first);
        assertThat(other).isNotNull();
    }

    @Test
    void namesOfFieldsThatAreValuesAreNotShown() {
        StringBuilder map = new StringBuilder("{\"byUser\":{");
        for (int i = 0; i < 70; i++) {
            map.append(i == 0 ? "" : ",")
                    .append("\"ada")
                    .append((char) ('a' + i % 26))
                    .append((char) ('a' + i / 26));
            map.append("\":{\"email\":\"u").append(i).append("@quarx-mail.net\"}");
        }
        sanitize(map.append("}}").toString(), 1);

        assertThat(inventory.snapshot())
                .extracting(FieldUse::location)
                .containsExactly("request body:/byUser/*/email", "request path:users", "response body:/byUser/*/email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zoe@quarx-mail.net",
                "4711",
                "0190f3a2-7b1c",
                "a name",
                "",
                "+4917643218765",
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
            })
    void valuesAreTold(String name) {
        assertThat(Structure.looksLikeValue(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "address_line_1", "Größe", "x-api-key", "line2", "userID", "$ref"})
    void namesAreTold(String name) {
        assertThat(Structure.looksLikeValue(name)).isFalse();
    }
}
