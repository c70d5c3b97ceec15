package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands beside a field says what it holds: members of an object, columns of a table, fields of a form. */
class CompanyTest {
    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "application/json; {\"name\":\"Zdislava Ptacnik\",\"street\":\"Am Anger 3\"}; Zdislava",
                "application/json; {\"zip\":\"10115\",\"name\":\"Zdislava Ptacnik\"}; Zdislava",
                "application/json; {\"id\":7,\"name\":\"Zdislava Ptacnik\",\"gender\":\"f\"; Zdislava",
                "application/json; {\"key\":\"Ab3dE6gh9Kq\",\"secret\":\"Zx81kLmNop44\"}; Ab3dE6gh9Kq",
                "application/json; {\"user\":\"shop\",\"pass\":\"correcthorse\"}; correcthorse",
                "application/json; {\"number\":20481234,\"iban\":null,\"sort_code\":\"20-00-00\"}; 20481234",
                "application/json; {\"street\":\"Ringweg\",\"number\":\"1204\"}; 1204",
                "application/json; {\"email\":\"a.b@shop.test\",\"code\":\"483920\"}; 483920",
                "application/x-www-form-urlencoded; name=Zdislava+Ptacnik&zip=10115; Zdislava",
                "application/xml; <entry name=\"Zdislava Ptacnik\" phone=\"+4930555123456\"/>; Zdislava"
            })
    void aNeighbourRaisesConfidence(String type, String body, String value) {
        assertThat(sanitized(type.strip(), body.strip())).doesNotContain(value.strip());
    }

    @Test
    void aColumnIsToldByTheOthers() {
        assertThat(sanitized("text/csv", "name,email,plan\nZdislava Ptacnik,zp@shop.test,Gold\n"))
                .doesNotContain("Zdislava")
                .contains("Gold");
        assertThat(sanitized("text/csv", "name,price,qty\nAnna Marie Vase,12.5,3\n"))
                .contains("Anna Marie Vase");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"Mary Johnson\",\"price\":12.5,\"qty\":1}; Mary Johnson",
                "{\"price\":12.5,\"name\":\"Mary Johnson\"}; Mary Johnson",
                "{\"name\":\"Zdislava Ptacnik\",\"colour\":\"red\"}; Zdislava",
                "{\"product\":\"Wilson Masters\"}; Wilson Masters",
                "{\"code\":\"483920\",\"total\":1}; 483920",
                "{\"pass\":\"correcthorse\",\"fail\":2}; correcthorse"
            })
    void anotherNeighbourLowersIt(String body, String value) {
        assertThat(sanitized("application/json", body.strip())).contains(value.strip());
    }

    @Test
    void anInnerObjectTellsNothingOfTheOuterOne() {
        assertThat(sanitized("application/json", "{\"name\":\"Zdislava Ptacnik\",\"to\":{\"zip\":\"10115\"}}"))
                .contains("Zdislava");
    }

    private String sanitized(String type, String body) {
        var request = Exchanges.request("POST", "/x", Headers.of("Host", "shop.test", "Content-Type", type), body);
        var response = Exchanges.response(204, Headers.EMPTY, "");
        Body left = sanitizer
                .sanitize(Exchanges.of(request, response))
                .exchange()
                .request()
                .body();
        return new String(left.bytes(), StandardCharsets.UTF_8);
    }
}
