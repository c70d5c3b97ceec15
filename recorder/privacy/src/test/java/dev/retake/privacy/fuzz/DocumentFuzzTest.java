package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.inventory.ExchangeExplainer;
import dev.retake.privacy.inventory.FieldUse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies of any bytes under any type: no walk fails, a planted address never stays, JSON that Jackson reads is JSON
 * afterwards, and what detectors replaced by reserved surrogates is not replaced again.
 */
class DocumentFuzzTest {
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/x-ndjson",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "application/xml",
            "text/html",
            "text/csv",
            "text/event-stream",
            "text/plain",
            "application/javascript",
            "application/graphql",
            "");

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final RootKey ROOT = new RootKey(new byte[32]);

    /** Each input is alone in its session: what one gave away must not tell in another. */
    private static final AtomicInteger SESSIONS = new AtomicInteger();

    private static final Sanitizer SANITIZER = Sanitizer.create(ROOT, PrivacySettings.DEFAULTS);
    private static final ExchangeExplainer EXPLAINER = ExchangeExplainer.of(PrivacySettings.DEFAULTS);

    @FuzzTest
    void body(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String type = TYPES.get((input[0] & 0x7f) % TYPES.size());
        boolean truncated = input[0] < 0;
        byte[] content = Arrays.copyOfRange(input, 1, input.length);

        Body clean = sanitized(type, content, truncated);

        if (clean.withheld() == null && !truncated && isJson(content)) {
            assertThat(type.contains("json") || type.isEmpty() ? isJson(clean.bytes()) : true)
                    .as("JSON stays JSON")
                    .isTrue();
        }
        Canary canary = Canary.of(input);
        canary.isNotIn(sanitized(type, canary.behind(content), truncated).bytes());
    }

    @FuzzTest
    void twice(byte[] input) {
        if (input.length == 0) {
            return;
        }
        String type = TYPES.get((input[0] & 0x7f) % TYPES.size());
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        if (!Utf8.isText(content, 0, content.length)) {
            return; // what is no text stays none, and has no form to be known by
        }
        if (!isWhole(type, content)) {
            return; // where quotes do not close, what a value is depends on the values before it
        }

        Body once = sanitized(type, content, false);

        // What has no form, or one that is broken, has surrogates that nobody can tell from other values.
        boolean known = EXPLAINER.explain(exchange(request(type, once.bytes(), false))).stream()
                .allMatch(found -> found.surrogate() && found.rule().equals(FieldUse.DETECTOR));
        if (known && once.withheld() == null) {
            Body twice = sanitized(type, once.bytes(), false);
            assertThat(new String(twice.bytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(new String(once.bytes(), StandardCharsets.ISO_8859_1));
        }
    }

    /** Whether JSON is JSON, and text has an even number of quotes. */
    private static boolean isWhole(String type, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return switch (type) {
            case "application/json" -> isJson(content);
            case "application/x-ndjson" -> text.lines().allMatch(line -> isJson(line.getBytes(StandardCharsets.UTF_8)));
            default -> text.chars().filter(c -> c == '"').count() % 2 == 0;
        };
    }

    private static Request request(String type, byte[] content, boolean truncated) {
        Headers headers = type.isEmpty() ? Headers.EMPTY : Headers.of("Content-Type", type);
        Body body = new Body(content, content.length, content.length, null, truncated, null, null, 0, new long[0]);
        return new Request("POST", "/", "HTTP/1.1", headers, body, Headers.EMPTY);
    }

    private static Body sanitized(String type, byte[] content, boolean truncated) {
        Body clean = SANITIZER
                .sanitize(exchange(request(type, content, truncated)))
                .exchange()
                .request()
                .body();
        assertThat(clean.withheld()).isNotEqualTo(Withheld.SANITIZER_FAILED);
        return clean;
    }

    static Exchange exchange(Request request) {
        return new Exchange(
                new UUID(1, 2),
                "node",
                1,
                "session " + SESSIONS.incrementAndGet(),
                1,
                null,
                request,
                new Response(200, "OK", "HTTP/1.1", Headers.EMPTY, Body.EMPTY, Headers.EMPTY),
                List.of(),
                new Timings(1_790_000_000_000_000L, 1, 2, 3, 4),
                Outcome.COMPLETE,
                null,
                0);
    }

    private static boolean isJson(byte[] content) {
        try {
            return content.length > 0 && !JACKSON.readTree(content).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }
}
