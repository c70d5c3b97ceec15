package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that only a name tells, in the many ways in which messages put a name to a value. */
class NamedFormsTest {
    private final DataAnonymizer anonymizer =
            DataAnonymizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json       | {"userId":"8f14e45f-ceea-467f-a8f0-5e1b2c3d4e5f"}             | 8f14e45f-ceea
            application/json       | {"customer":{"id":20481234}}                                  | 20481234
            application/json       | {"customers":{"items":[{"id":20481234}]}}                     | 20481234
            application/json       | {"DOĞUM_TARİHİ":"17.03.1985"}                                 | 17.03.1985
            application/json       | {"prénom":"Zdislava"}                                         | Zdislava
            application/json       | [{"op":"replace","path":"/profile/firstName","value":"Zdislava"}] | Zdislava
            application/json       | {"identifiers":[{"type":"nhs_no","value":"943 476 5919"}]}    | 943 476
            application/json       | {"bic":"deutdeff500"}                                         | deutdeff500
            text/plain             | INSERT INTO t (id, vorname, ort) VALUES (1, 'Zdislava', 'x')  | Zdislava
            text/plain             | ERROR: insert into p(sku, dni) values ('A', 'O''Zd-1234')     | Zd-1234
            application/json       | {"columns":["id","email","vorname"],"rows":[[1,null,"Zdislava"]]} | Zdislava
            application/json       | {"values":[["id","vorname"],[1,"Zdislava"]]}                  | Zdislava
            application/json       | {"fields":[{"label":"vorname","type":"text","value":"Zdislava"}]} | Zdislava
            text/html              | <p><b>Vorname:</b> Zdislava</p>                               | Zdislava
            text/markdown          | `n / vorname\n--/--\n1 / Zdislava\n`                          | Zdislava
            text/plain             | Dto[id=17, sub=github/9620490d60fd00f147541eb0]               | 9620490d60fd
            text/plain             | device 0180.44ff.7104 joined                                  | 0180.44ff
            text/plain             | My National Insurance number is CB 16 80 13 C.                | 16 80 13
            text/plain             | HK identity card F623672(A)                                   | F623672
            text/plain             | РНОКПП 3105353951                                             | 3105353951
            text/plain             | mailchimp 0123456789abcdef0123456789abcdef-us21               | 89abcdef-us21
            application/xml        | <row user_id="20481234"/>                                     | 20481234
            text/csv               | `n,Kundennr\n1,KD-2048123\n`                                  | KD-2048123
            application/json       | {"displayName":"Torgeir Haugland"}                            | Haugland
            application/json       | {"shippingAddress":{"name":"Tryggve Palmkrans"}}              | Palmkrans
            application/json       | {"cap":"20121"}                                               | 20121
            application/json       | {"order":{"otp":"852593"}}                                    | 852593
            text/plain             | jdbc:oracle:thin:scott/0m0TLqkEi5@//db:1521/X                 | 0m0TLqkEi5
            text/plain             | the key is 1/0123456789012345:0123456789abcdef0123456789abcdef | 89abcdef0123
            text/plain             | Checked numéro de sécurité sociale 293043303331994;           | 293043303331994
            """)
    void areReplaced(String type, String text, String value) {
        assertThat(anonymizer.text(
                        type,
                        text.replace("\\n", "\n")
                                .replace(" / ", " | ")
                                .replace("--/--", "--|--")
                                .replace("github/", "github|")))
                .doesNotContain(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json       | {"orderId":20481234}
            application/json       | {"customer":{"order":{"id":20481234}}}
            application/json       | {"userId":42}
            application/json       | {"user":{"planId":20481234}}
            application/json       | {"displayName":"Marketing Team","cap":20000}
            application/json       | {"fw":"11.39.147.35","release":"10.2.3.4","ticket":"INV-2048123"}
            text/plain             | The Royal Albert Hall and the Martin Luther King Day
            application/json       | {"bic":"yes","cf":60,"run":20250311,"cap":1000}
            application/json       | [{"op":"replace","path":"/version","value":"2.10.1"}]
            text/plain             | INSERT INTO t (id, sku) VALUES (1, 'AB-1234')
            text/plain             | he went into town (again) and said 'hello'
            """)
    void staysAsItIs(String type, String text) {
        assertThat(anonymizer.text(type, text)).isEqualTo(text);
    }

    @Test
    void aPersonHasOneSurrogateInAPathAndInTheBody() {
        String id = "8f14e45f-ceea-467f-a8f0-5e1b2c3d4e5f";
        Request request =
                Exchanges.request("GET", "/users/" + id + "/orders", Headers.EMPTY, "{\"userId\":\"" + id + "\"}");

        Request sanitized = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS)
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request();

        String surrogate = sanitized.target().substring(7, 7 + id.length());
        assertThat(surrogate).isNotEqualTo(id);
        assertThat(new String(sanitized.body().bytes(), StandardCharsets.UTF_8)).contains(surrogate);
    }

    @ParameterizedTest
    @CsvSource({
        "/users, true",
        "/v1/customers/20481234, true",
        "/products?user=1, false",
        "/users/20481234/orders, false"
    })
    void whatAPathNamesSaysWhoseIdAnIdIs(String target, boolean replaced) {
        Request request = Exchanges.request("GET", target, Headers.EMPTY, "");

        byte[] body = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS)
                .sanitize(Exchanges.of(
                        request, Exchanges.response(200, Headers.EMPTY, "{\"items\":[{\"id\":71356209}]}")))
                .exchange()
                .response()
                .body()
                .bytes();

        assertThat(new String(body, StandardCharsets.UTF_8).contains("71356209"))
                .isNotEqualTo(replaced);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dear שרה לוין, thanks",
                "please ask 김서연 today",
                "Comment by Noor al-Masri on Monday",
                "Regards,\n佐藤花子",
                "مرحبا خالد الخطيب",
                "Ruf Pierluigi Della Valle an",
                "Kære Δημήτρης Παπαδόπουλος, tak",
            })
    void namesOfManyScriptsAreFound(String text) {
        String found = anonymizer.text("text/plain", text);

        assertThat(found)
                .doesNotContain("שרה", "김서연", "Masri", "佐藤", "الخطيب", "Valle", "Παπαδόπουλος")
                .isNotEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Authorization, OAuth 30106a9fbd464676aee86d07a4ef382a, OAuth
            Authorization, Custom9 Zm9vYmFyYmF6cXV4, Custom9
            """)
    void anAuthorizationOfAnySchemeIsReplaced(String name, String value, String scheme) {
        Request request = Exchanges.request("GET", "/", Headers.of(name, value), "");

        String sanitized = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS)
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request()
                .headers()
                .value(0);

        assertThat(sanitized).startsWith(scheme + " ").doesNotContain(value.substring(scheme.length() + 1));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://discord.com/api/webhooks/380691773627540664/y6Dk9cP0F2EyxgT7xB, y6Dk9cP0F2EyxgT7xB
            https://shop.example/reset-password/AbC123xyzZ9, AbC123xyzZ9
            """)
    void aSecretInAPathIsReplaced(String url, String secret) {
        assertThat(anonymizer.text("text/plain", "see " + url + " now")).doesNotContain(secret);
    }
}
