package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownSummaryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '$',
            value = {
                "@octocat ~ @<!-- -->octocat",
                "#12 ~ #<!-- -->12",
                "GH-12 ~ GH<!-- -->-12",
                "https://evil.example ~ https:<!-- -->//evil.example",
                "www.evil.example ~ www<!-- -->.evil.example",
                "<script> ~ &lt;script&gt;",
                "a|b ~ a\\|b",
                "*_`[x](y)`_* ~ \\*\\_\\`\\[x\\]\\(y\\)\\`\\_\\*",
                "&lt; ~ &amp;lt;",
            })
    void runningTextIsOnlyText(String text, String markdown) {
        assertThat(MarkdownText.inline(text)).isEqualTo(markdown);
    }

    @Test
    void codeHoldsAnyBackticks() {
        assertThat(MarkdownText.code("a`b``c")).isEqualTo("``` a`b``c ```");
        assertThat(MarkdownText.codeInTable("a|b")).isEqualTo("` a\\|b `");
        assertThat(MarkdownText.codeBlock("sh", "a\n````\nb")).isEqualTo("`````sh\na\n````\nb\n`````\n");
    }

    @Test
    void theAnswerComesFirstAndWhatWasNotComparedFollows() throws IOException {
        String summary = write(Runs.regressions());

        assertThat(summary)
                .startsWith("## Retake: Regressions\n\n2 new findings in 3 of 4 compared exchanges, 3 sessions")
                .contains(
                        "| critical | The status changed from 200 to 500. | ` GET /orders/{id} `<br>` status ` | 1x |")
                .contains("**Not compared**\n\n- 3 skipped: unsafe method; --allow-unsafe sends these too\n")
                .doesNotContain("A field was added.");
    }

    @Test
    void fitsAComment() throws IOException {
        String hostile = "`|<@#*".repeat(2_000);
        List<Finding> findings = IntStream.range(0, 500)
                .mapToObj(i -> Runs.finding(
                        "f" + i,
                        Finding.Kind.FIELD_CHANGED,
                        hostile,
                        hostile,
                        Finding.Severity.MAJOR,
                        hostile.substring(0, 200),
                        hostile.substring(0, 200),
                        hostile,
                        Finding.Status.NEW))
                .toList();

        String summary =
                write(Runs.result(RunResult.Outcome.REGRESSIONS, null, Map.of(), findings, List.of(), List.of()));

        assertThat(summary).contains(" more are in the report.").hasSizeLessThan(65_536);
    }

    private static String write(RunResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MarkdownSummary.write(result, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
