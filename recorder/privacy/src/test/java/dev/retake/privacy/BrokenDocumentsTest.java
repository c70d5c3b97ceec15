package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a document is broken, a value that stands in it between spaces or brackets is found, and no walk fails. */
class BrokenDocumentsTest {
    private static final List<String> VALUES = List.of("zora@fastpost-inbox.net", "4539578763621486", "84.23.117.58");

    private static final String[] BEFORE = {" ", "\"", "\n", ",", ">"};
    private static final String[] AFTER = {" ", "\"", "\n", ",", "<"};

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\\u0041",
        "\\ud800",
        "<a>",
        "</a>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&#64;",
        "<td>",
        "<th>",
        "<tr>",
        "=",
        "&",
        "%",
        "%40",
        "%25",
        "+",
        "--b\r\n",
        "\r\n",
        "\n",
        "\r",
        "Content-Disposition: form-data; name=\"x\"; filename=\"y.z\"",
        "data: ",
        "password",
        "email",
        "name",
        "value",
        "user",
        "Bearer ",
        "Basic ",
        "em9yYTp4eXo=",
        "FN:",
        "N:a;b;c",
        "http://",
        "https://u:p@h/",
        "?",
        "#",
        "/",
        "@",
        ";",
        "'",
        " ",
        "\t",
        "true",
        "null",
        "-1.5e9",
        "12",
        "\u00e9",
        "\ufeff",
        "query{a(",
        "$x",
        "<script>",
        "</script>",
        "<input name=\"email\" value=\"",
        "Zebulonia",
        "token",
        "[withheld]"
    };

    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/x-ndjson",
                "application/x-www-form-urlencoded",
                "application/xml",
                "text/html",
                "text/csv",
                "text/event-stream",
                "text/plain",
                "application/javascript",
                "multipart/form-data; boundary=b",
                "application/json; charset=utf-16le",
                "text/vcard",
                ""
            })
    void losesNoValueInABrokenDocument(String type) {
        SplittableRandom random = new SplittableRandom(type.hashCode());
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String document = document(random);
            Body body = body(type, document, random.nextBoolean());
            assertThat(body.withheld()).as(document).isNotEqualTo(Withheld.SANITIZER_FAILED);
            String clean = new String(body.bytes(), charset(type));
            VALUES.stream().filter(clean::contains).forEach(value -> leaks.add(value + " in " + document));
        }
        assertThat(leaks).isEmpty();
    }

    private static String document(SplittableRandom random) {
        StringBuilder document = new StringBuilder();
        int pieces = random.nextInt(30);
        for (int i = 0; i < pieces; i++) {
            document.append(PIECES[random.nextInt(PIECES.length)]);
            if (random.nextInt(8) == 0) {
                document.append(BEFORE[random.nextInt(BEFORE.length)])
                        .append(VALUES.get(random.nextInt(VALUES.size())))
                        .append(AFTER[random.nextInt(AFTER.length)]);
            }
        }
        return document.toString();
    }

    private Body body(String type, String document, boolean truncated) {
        byte[] bytes = document.getBytes(charset(type));
        Headers headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
        Body raw = new Body(bytes, bytes.length, bytes.length, null, truncated, null, null, 0, new long[0]);
        Request request = new Request("POST", "/", "HTTP/1.1", headers, raw, Headers.EMPTY);
        return sanitizer
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request()
                .body();
    }

    private static Charset charset(String type) {
        return type.endsWith("utf-16le") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }
}
