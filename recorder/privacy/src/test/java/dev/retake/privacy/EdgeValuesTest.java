package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 9: what is null, empty, malformed or odd stays so, and what holds nothing personal stays byte for byte. */
class EdgeValuesTest {
    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[]",
                "null",
                "\"\"",
                "0",
                "{\"email\":null,\"password\":null,\"phone\":\"\",\"firstName\":\"\",\"ssn\":null}",
                "{\"email\":\"\",\"password\":true,\"phone\":false,\"cards\":[],\"user\":{}}",
                "{\"a\":1e400,\"b\":-0,\"c\":1E+2,\"d\":0.10,\"e\":123456789012345678901234567890.5}",
                "{\"a\":1,\"a\":2,\"a\":[1,2],\"A\":3}",
                "{\"a\":\"\\ud800\",\"b\":\"\\udc00\\ud800\",\"c\":\"\\uD83D\\uDE00\"}",
                "{\"a\" :\t1 ,\r\n \"b\": [ ] , \"c\" : \"\\/\\b\\f\\n\\r\\t\\\\\\\"\" }\n",
                "{\"a\":01,\"b\":+1,\"c\":.5,\"d\":1.}",
                "{\"a\":NaN,\"b\":undefined}",
                "{'a':1,}",
                "[1,2,,3]",
                "{\"a\":1}}}",
                "{\"a\":\"unterminated",
                "\ufeff{\"a\":1}",
                "{\"a\":\"\u0001\"}",
                "{\"id\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"sha\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b\"}",
                "{\"at\":\"2026-11-21T02:30:00.123Z\",\"ts\":1763692200123,\"price\":\"19.99\",\"sku\":\"AB-1234-XZ\"}",
                "{\"version\":\"10.4.12.7\",\"ua\":\"curl/8.5.0\"}",
                "{\"product\":{\"name\":\"Espresso cups\",\"description\":\"Six of them; 100% porcelain & more\"}}",
                "<not json>",
                "a=b&c=d",
                "100% = a:b, c: d; 50%off"
            })
    void keepsJsonWithoutPersonalData(String document) {
        assertThat(sanitized("application/json", document)).isEqualTo(document);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | a=&b&=c&&d=%zz&e=%4&f=a+b%20c",
                "application/xml | <?xml version='1.0'?><!DOCTYPE a><a b='' c=\"1\"><d/><e></e>&unknown;&amp;<![CDATA[]]></a>",
                "application/xml | <a><b></a></c>",
                "application/xml | <a b=c d>x",
                "text/html | <!doctype html><p>a<br>b &nbsp; <b>c</i><script>if (a < b && c > d) { x('</p>'); }</script>",
                "text/csv | a,b,c",
                "text/csv | \"a\"\"b\",,\"c",
                "text/event-stream | : comment",
                "text/plain | The quick brown fox: jumps = over; the [lazy] {dog} (100%) & more…",
                "application/javascript | var password = document.getElementById('pw').value; const a = {email: b.email};",
                "text/css | a:hover{color:#fff;background:url(/x.png?v=1)}",
            })
    void keepsDocumentsWithoutPersonalData(String type, String document) {
        assertThat(sanitized(type, document)).isEqualTo(document);
    }

    @Test
    void keepsRandomJsonWithoutPersonalData() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            String document = JsonDocuments.random(random);
            assertThat(sanitized("application/json", document)).isEqualTo(document);
        }
    }

    @Test
    void keepsInvalidUtf8() {
        byte[] document = "{\"a\":\"x_y\",\"b\":1}".getBytes(StandardCharsets.ISO_8859_1);
        document[7] = (byte) 0xe9;
        document[8] = (byte) 0xff;

        assertThat(body("application/json", document).bytes()).isEqualTo(document);
    }

    @Test
    void keepsTheSpellingOfWhatItDoesNotReplace() {
        String document = "{ \"email\":\"zora@fastpost-inbox.net\" ,\"a\":1.50,\"b\":\"\\u0041\\/\", \"a\":2 }";

        String clean = sanitized("application/json", document);

        assertThat(clean).startsWith("{ \"email\":\"").endsWith("\" ,\"a\":1.50,\"b\":\"\\u0041\\/\", \"a\":2 }");
        assertThat(clean).doesNotContain("zora");
    }

    @Test
    void keepsNumbersNumbers() {
        String clean =
                sanitized("application/json", "{\"user\":{\"phone\":4917128347561,\"cardNumber\":4539578763621486}}");

        assertThat(clean)
                .matches("\\{\"user\":\\{\"phone\":[1-9]\\d{12},\"cardNumber\":[1-9]\\d{15}}}")
                .doesNotContain("4917128347561", "4539578763621486");
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, BINARY",
        "application/octet-stream, BINARY",
        "application/x-protobuf, BINARY",
        "application/pdf, BINARY",
        "'', BINARY",
        "application/json, UNPARSEABLE",
        "text/plain, UNPARSEABLE",
        "multipart/form-data; boundary=none, UNPARSEABLE"
    })
    void withholdsWhatIsNoText(String type, Withheld reason) {
        byte[] bytes = new byte[1_000];
        new Random(3).nextBytes(bytes);

        Body body = body(type, bytes);

        assertThat(body.withheld()).isEqualTo(reason);
        assertThat(body.bytes()).isEmpty();
        assertThat(body.size()).isEqualTo(1_000);
    }

    @Test
    void withholdsFilesInsideMultipart() {
        String part = "--b\r\nContent-Disposition: form-data; ";
        String head = part + "name=\"f\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
        String tail = "\r\n--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b--\r\n";

        String clean = sanitized("multipart/form-data; boundary=b", head + "\u0089PNG\u0000\u0001" + tail);

        assertThat(clean).isEqualTo(head + "[withheld: binary, 7 bytes]" + tail);
    }

    @Test
    void keepsConsistency() {
        String email = "zora.quimby@fastpost-inbox.net";
        Exchange raw = Exchanges.of(
                Exchanges.request(
                        "POST",
                        "/users/zora.quimby%40fastpost-inbox.net?who=" + email,
                        Headers.of("X-User", email, "Cookie", "who=" + email, "Content-Type", "application/json"),
                        "{\"username\":\"" + email + "\",\"x\":\"em9yYS5xdWltYnlAZmFzdHBvc3QtaW5ib3gubmV0\"}"),
                Exchanges.response(200, Headers.of("Content-Type", "text/plain"), "wrote to " + email + "."));
        Exchange clean = sanitizer.sanitize(raw).exchange();
        String body = new String(clean.response().body().bytes(), StandardCharsets.UTF_8);
        String surrogate = body.substring("wrote to ".length(), body.length() - 1);

        assertThat(surrogate).isNotEqualTo(email).contains("@");
        assertThat(clean.request().target()).isEqualTo("/users/" + surrogate.replace("@", "%40") + "?who=" + surrogate);
        assertThat(clean.request().headers().value(0)).isEqualTo(surrogate);
        assertThat(clean.request().headers().value(1)).isEqualTo("who=" + surrogate);
        assertThat(new String(clean.request().body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"username\":\"" + surrogate + "\",\"x\":\""
                        + Base64.getEncoder().encodeToString(surrogate.getBytes(StandardCharsets.UTF_8))
                        + "\"}");
        assertThat(DataAnonymizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS)
                        .value("user.email", email))
                .isEqualTo(surrogate);
    }

    @Test
    void keepsHeadsThatSpeakOfSoftware() {
        Headers headers = Headers.of(
                "Host", "10.1.2.3:8080",
                "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.6099.109 Safari/537.36",
                "Accept", "text/html;q=0.9,*/*;q=0.8",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "Content-Length", "12345678901234",
                "Date", "Sat, 21 Nov 2026 02:30:00 GMT",
                "ETag", "W/\"67ab43-5a\"",
                "Location", "http://10.1.2.3:8080/orders/1000045",
                "Cache-Control", "max-age=31536000");
        Exchange raw = Exchanges.of(
                Exchanges.request("GET", "/orders/1000045?page=2&sort=-price", headers, ""),
                Exchanges.response(200, headers, ""));
        Exchange clean = sanitizer.sanitize(raw).exchange();

        assertThat(clean.request().headers()).isEqualTo(headers);
        assertThat(clean.request().target()).isEqualTo("/orders/1000045?page=2&sort=-price");
        assertThat(clean.response().headers()).isEqualTo(headers);
    }

    @Test
    void replacesACookieAndKeepsItsAttributes() {
        Headers headers = Headers.of(
                "Set-Cookie", "theme=dark; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/; SameSite=Lax",
                "Set-Cookie", "who=zora%40fastpost-inbox.net; Max-Age=3600; Secure");
        Exchange clean = sanitizer
                .sanitize(Exchanges.of(
                        Exchanges.request("GET", "/", Headers.EMPTY, ""), Exchanges.response(200, headers, "")))
                .exchange();

        assertThat(clean.response().headers().value(0)).isEqualTo(headers.value(0));
        assertThat(clean.response().headers().value(1)).startsWith("who=").endsWith("; Max-Age=3600; Secure");
        assertThat(clean.response().headers().value(1)).doesNotContain("zora");
    }

    private String sanitized(String type, String document) {
        Body body = body(type, document.getBytes(StandardCharsets.UTF_8));
        assertThat(body.withheld()).isNull();
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private Body body(String type, byte[] bytes) {
        Headers headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
        Request request = new Request("POST", "/", "HTTP/1.1", headers, Body.of(bytes), Headers.EMPTY);
        return sanitizer
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request()
                .body();
    }
}
