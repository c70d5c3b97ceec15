package dev.retake.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents at random, and documents made to hurt. */
class DocumentsTest {

    @Test
    void aDocumentIsTheSameAsItselfWithOtherOrderAndWhiteSpace() {
        for (int seed = 0; seed < 300; seed++) {
            String plain = document(new Random(seed), null, 0);
            String shuffled = document(new Random(seed), new Random(seed + 1), 0);
            assertThat(Played.run().step("GET /x", plain, plain).findings())
                    .as(plain)
                    .isEmpty();
            assertThat(Played.run().step("GET /x", plain, shuffled).findings())
                    .as(plain)
                    .isEmpty();
        }
    }

    @Test
    void aFieldThatIsTakenOutOfADocumentIsFoundOnce() {
        for (int seed = 0; seed < 300; seed++) {
            String plain = document(new Random(seed), null, 1);
            String with = "{\"extra\":\"gone tomorrow\",\"rest\":" + plain + "}";
            String without = "{\"rest\":" + plain + "}";
            assertThat(Played.run().step("GET /x", with, without).findings())
                    .as(plain)
                    .containsExactly("field-missing GET /x /extra");
        }
    }

    /** The same content for the same {@code content}, keys and spaces as {@code layout} says. */
    private static String document(Random content, Random layout, int depth) {
        String space = layout != null && layout.nextBoolean() ? " \n" : "";
        int kind = content.nextInt(depth > 3 ? 5 : 8);
        return switch (kind) {
            case 0 -> Integer.toString(content.nextInt(100_000));
            case 1 -> content.nextInt(1000) + "." + content.nextInt(1, 100);
            case 2 -> content.nextBoolean() ? "true" : "null";
            case 3 -> "\"word " + content.nextInt(1000) + "\"";
            case 4 -> "\"" + Long.toHexString(content.nextLong()) + "\"";
            case 5 -> {
                int size = content.nextInt(6);
                yield IntStream.range(0, size)
                        .mapToObj(i -> document(content, layout, depth + 1))
                        .collect(Collectors.joining("," + space, "[" + space, "]"));
            }
            default -> {
                int size = content.nextInt(6);
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    fields.add("\"field" + i + "\":" + space + document(content, layout, depth + 1));
                }
                if (layout != null) {
                    Collections.shuffle(fields, layout);
                }
                yield fields.stream().collect(Collectors.joining("," + space, "{", space + "}"));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deep",
                "wide",
                "long number",
                "long word",
                "many items",
                "many digits",
                "many dashes",
                "many words",
                "many lines",
                "many keys",
                "deep html"
            })
    void hostileDocumentsAreBoundedInTime(String kind) {
        String one = hostile(kind, 'a');
        String other = hostile(kind, 'b');
        String type =
                kind.equals("deep html") ? "text/html" : kind.equals("many lines") ? "text/plain" : "application/json";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            RunResult result = Played.run()
                    .step(
                            "GET /x",
                            Played.response(200, one, "Content-Type", type),
                            Played.response(200, other, "Content-Type", type))
                    .finish();
            assertThat(result.counts().compared()).isEqualTo(1);
            assertThat(result.findings().size()).isLessThanOrEqualTo(400);
        });
    }

    private static String hostile(String kind, char seed) {
        String mark = "\"" + seed + "\"";
        return switch (kind) {
            case "deep" -> "[".repeat(50_000) + mark + "]".repeat(50_000);
            case "wide" ->
                IntStream.range(0, 50_000)
                        .mapToObj(i -> "\"" + seed + i + "\":" + i)
                        .collect(Collectors.joining(",", "{", "}"));
            case "long number" ->
                "{\"n\":" + "9".repeat(900) + (seed == 'a' ? 1 : 2) + ",\"m\":1e999999" + (int) seed + "}";
            case "long word" -> "{\"w\":\"" + "x-1".repeat(60_000) + seed + "\"}";
            case "many items" ->
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "\"" + seed + i % 7 + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
            case "many digits" -> "{\"w\":\"" + "2026-03-02T10:00:0".repeat(8_000) + seed + "\"}";
            case "many dashes" -> "{\"w\":\"" + "-".repeat(150_000) + seed + "\"}";
            case "many words" -> "{\"w\":\"" + "Tue 1 ".repeat(30_000) + seed + "\"}";
            case "many lines" -> (seed + " 1\n").repeat(20_000);
            case "many keys" ->
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "\"k\":" + i + mark.length())
                        .collect(Collectors.joining(",", "{", "}"));
            default -> "<div>".repeat(20_000) + seed;
        };
    }
}
