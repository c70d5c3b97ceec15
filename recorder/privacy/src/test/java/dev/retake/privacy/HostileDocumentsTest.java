package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to cost time or stack are walked in time that grows with their size, and never fail a walk. */
class HostileDocumentsTest {
    private static final int SIZE = 1 << 18;

    /** Processor time far above what a linear walk takes, and far below what a quadratic one does. */
    private static final Duration MOST = Duration.ofSeconds(3);

    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    static Stream<Arguments> repetitions() {
        return Stream.of(
                Arguments.of("application/json", "["),
                Arguments.of("application/json", "{\"a\":"),
                Arguments.of("application/json", "{\"a\":["),
                Arguments.of("application/json", "\""),
                Arguments.of("application/json", "\\"),
                Arguments.of("application/json", "[\"["),
                Arguments.of("application/json", ","),
                Arguments.of("application/json", "1"),
                Arguments.of("application/json", "{\"password\":\""),
                Arguments.of("application/x-www-form-urlencoded", "%"),
                Arguments.of("application/x-www-form-urlencoded", "=&"),
                Arguments.of("application/x-www-form-urlencoded", "%25"),
                Arguments.of("application/xml", "<a>"),
                Arguments.of("application/xml", "<a b=\""),
                Arguments.of("application/xml", "<!--"),
                Arguments.of("application/xml", "<![CDATA["),
                Arguments.of("application/xml", "&amp;"),
                Arguments.of("application/xml", "</a"),
                Arguments.of("application/xml", "<!DOCTYPE ["),
                Arguments.of("text/html", "<script>"),
                Arguments.of("text/html", "<td><th>"),
                Arguments.of("text/csv", "\","),
                Arguments.of("text/csv", ","),
                Arguments.of("text/event-stream", "data: {\n"),
                Arguments.of("text/plain", "password="),
                Arguments.of("text/plain", "email: "),
                Arguments.of("text/plain", "email: \""),
                Arguments.of("text/plain", "(/"),
                Arguments.of("text/plain", "://"),
                Arguments.of("text/plain", "a://b@"),
                Arguments.of("text/plain", "a@a."),
                Arguments.of("text/plain", "4111 1111 "),
                Arguments.of("text/plain", "1.2.3."),
                Arguments.of("text/plain", "eyJ"),
                Arguments.of("text/plain", "eyJ.eyJ."),
                Arguments.of("text/plain", "DE89 3704 "),
                Arguments.of("text/plain", "Zm9v"),
                Arguments.of("text/plain", "\\u0040"),
                Arguments.of("text/plain", "-----BEGIN PRIVATE KEY-----"),
                Arguments.of("text/plain", "+49 "),
                Arguments.of("multipart/form-data; boundary=b", "--b\r\n"));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void walksRepetitionInLinearTime(String type, String unit) {
        byte[] document = unit.repeat(SIZE / unit.length()).getBytes(StandardCharsets.UTF_8);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();

        Body body = body(type, document);

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(MOST);
        assertThat(body.withheld()).isNotEqualTo(Withheld.SANITIZER_FAILED);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void walksDeepNesting() {
        String document = "{\"a\":[".repeat(100_000) + "\"zora@fastpost-inbox.net\"" + "]}".repeat(100_000);

        String clean = new String(
                body("application/json", document.getBytes(StandardCharsets.UTF_8))
                        .bytes(),
                StandardCharsets.UTF_8);

        assertThat(clean).startsWith("{\"a\":[{\"a\":[").endsWith("]}]}").doesNotContain("zora");
    }

    @Test
    void replacesWhatIsEncodedTooOften() {
        String value = "zora@fastpost-inbox.net";
        for (int i = 0; i < 20; i++) {
            value = Base64.getEncoder().encodeToString(("x=" + value).getBytes(StandardCharsets.UTF_8));
        }
        String clean = new String(
                body("application/json", ("{\"v\":\"" + value + "\"}").getBytes(StandardCharsets.UTF_8))
                        .bytes(),
                StandardCharsets.UTF_8);

        assertThat(clean).startsWith("{\"v\":\"").endsWith("\"}").doesNotContain(value);
    }

    @Test
    void failsOnNoRandomBytes() {
        SplittableRandom random = new SplittableRandom(11);
        String[] types = {
            "application/json", "application/x-www-form-urlencoded", "application/xml", "text/html", "text/csv",
            "text/event-stream", "text/plain", "multipart/form-data; boundary=b", "application/x-ndjson", ""
        };
        String alphabet = "{}[]\",:\\u0041<>&;=%/?#@.+- \n\r\t'abcdefEMAIL0123456789!--b[CDATA";
        for (int i = 0; i < 20_000; i++) {
            byte[] document = new byte[random.nextInt(80)];
            for (int j = 0; j < document.length; j++) {
                document[j] = random.nextInt(50) == 0
                        ? (byte) random.nextInt(256)
                        : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            String type = types[random.nextInt(types.length)];
            boolean truncated = random.nextBoolean();
            Body body = body(type, document, truncated);
            assertThat(body.withheld())
                    .as("%s %s", type, Base64.getEncoder().encodeToString(document))
                    .isNotEqualTo(Withheld.SANITIZER_FAILED);
        }
    }

    private Body body(String type, byte[] bytes) {
        return body(type, bytes, false);
    }

    private Body body(String type, byte[] bytes, boolean truncated) {
        Headers headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
        Body raw = new Body(bytes, bytes.length, bytes.length, null, truncated, null, null, 0, new long[0]);
        Request request = new Request("POST", "/", "HTTP/1.1", headers, raw, Headers.EMPTY);
        return sanitizer
                .sanitize(Exchanges.of(request, Exchanges.response(200, Headers.EMPTY, "")))
                .exchange()
                .request()
                .body();
    }
}
