package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerminalSummaryTest {
    @Test
    void saysTheAnswerFirstThenTheCauses() throws IOException {
        assertThat(write(Runs.regressions(), false)).startsWith("""
                        REGRESSIONS: 2 new findings in 3 of 4 compared exchanges, 3 sessions replayed.

                         1. critical status in GET /orders/{id}
                            The status changed from 200 to 500.
                            was 200
                            now 500
                            in 1 exchange of 1 session, such as aa01
                        """).endsWith("""
                        Baseline: 1 known, 0 fixed
                        Compared: 4 of 7 exchanges: 1 match, 0 equivalent, 3 changed
                        Not compared:
                          3 skipped: unsafe method; --allow-unsafe sends these too
                          1 skipped: the recording withheld the request's body, or a part of it
                          1 blocked: they depend on a step that failed, was skipped, or no longer gives
                            what they need
                          1 failed: the target gave no response to compare
                        Note: 3 requests need --allow-unsafe.
                        """);
    }

    @Test
    void cleanSaysWhatWasCompared() throws IOException {
        assertThat(write(Runs.clean(), false)).isEqualTo("""
                        CLEAN: 2 compared exchanges of 1 session gave users the same as before.

                        Compared: 2 of 2 exchanges: 1 match, 1 equivalent, 0 changed
                        """);
    }

    @Test
    void inconclusiveSaysWhy() throws IOException {
        RunResult nothing = Runs.result(
                RunResult.Outcome.INCONCLUSIVE,
                "Nothing was compared; pass --allow-unsafe.",
                Map.of(),
                List.of(),
                List.of(),
                List.of());

        assertThat(write(nothing, false)).startsWith("INCONCLUSIVE: Nothing was compared; pass --allow-unsafe.\n");
    }

    @Test
    void coloursOnlyWhenTold() throws IOException {
        assertThat(write(Runs.regressions(), false)).doesNotContain("\u001b");
        assertThat(write(Runs.regressions(), true)).startsWith("\u001b[1;31mREGRESSIONS: \u001b[0m2 new");
    }

    @Test
    void hostileTextNeitherReachesTheTerminalNorLeavesTheColumns() throws IOException {
        String hostile = "\u001b]0;owned\u0007\u009b2J\r\n" + "x".repeat(300) + " 日本語".repeat(40) + "\u202e";
        List<Finding> findings = IntStream.range(0, 30)
                .mapToObj(i -> Runs.finding(
                        "f" + i,
                        Finding.Kind.FIELD_CHANGED,
                        hostile,
                        hostile,
                        Finding.Severity.MAJOR,
                        hostile,
                        hostile,
                        hostile,
                        Finding.Status.NEW))
                .toList();

        String summary = write(
                Runs.result(
                        RunResult.Outcome.REGRESSIONS, null, Map.of(hostile, 1), findings, List.of(), List.of(hostile)),
                false);

        assertThat(summary).doesNotContain("\u001b", "\u0007", "\u009b", "\r", "\u202e");
        assertThat(summary.lines())
                .allSatisfy(line -> assertThat(ColumnWidth.of(line)).as(line).isLessThanOrEqualTo(80));
        assertThat(summary).contains("10 more are in the report.");
    }

    private static String write(RunResult result, boolean colour) throws IOException {
        StringBuilder out = new StringBuilder();
        TerminalSummary.write(result, out, colour);
        return out.toString();
    }
}
