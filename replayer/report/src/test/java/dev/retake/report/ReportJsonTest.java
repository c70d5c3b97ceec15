package dev.retake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportJsonTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void isTheDocumentOfFormatOne() throws IOException {
        JsonNode expected = JSON.readTree("""
                {"format":1,
                 "run":{"id":"01936f3a-0c00-7000-8000-000000000001","started":"2026-11-20T23:00:00.000Z",
                  "ended":"2026-11-20T23:00:04.250Z","journal":"shop.journal","target":"http://127.0.0.1:8081",
                  "seed":1,"comparable":"foreign","compare":"values"},
                 "verdict":"regressions","reason":null,
                 "counts":{"sessions":1,"exchanges":2,"match":1,"equivalent":0,"changed":1,"failed":0,"skipped":0,"blocked":0},
                 "skippedBy":{},
                 "findings":[{"id":"f1","kind":"field-missing","operation":"GET /a","operations":["GET /a"],
                  "location":"/b","severity":"major","count":1,"sessions":["aa01"],
                  "example":{"exchange":"0193-x","before":"\\"x\\"","after":null,
                   "curl":"curl -sS 'http://127.0.0.1:8081/orders/17'"},
                  "explanation":"Gone.","status":"new"}],
                 "bindings":[{"from":"POST /login body:/token","to":"GET /cart header:Authorization",
                  "transform":"bearer","count":12}],
                 "scheduleLagMs":{"p50":0.2,"p99":1.5,"max":3.0},
                 "notes":["The body of 1 exchange was not compared."]}
                """);
        Finding finding = Runs.finding(
                "f1",
                Finding.Kind.FIELD_MISSING,
                "GET /a",
                "/b",
                Finding.Severity.MAJOR,
                "\"x\"",
                null,
                "Gone.",
                Finding.Status.NEW);
        RunResult result = Runs.result(
                RunResult.Outcome.REGRESSIONS,
                null,
                Map.of(),
                List.of(finding),
                List.of(Runs.session(
                        "aa01",
                        Runs.step(1, "GET /a", RunResult.StepStatus.CHANGED, "f1"),
                        Runs.step(2, "GET /a", RunResult.StepStatus.MATCH))),
                List.of("The body of 1 exchange was not compared."));

        assertThat(JSON.readTree(write(result))).isEqualTo(expected);
    }

    @Test
    void saysWhyItIsInconclusiveAndWhatWasSkipped() throws IOException {
        RunResult result = Runs.result(
                RunResult.Outcome.INCONCLUSIVE,
                "Nothing was compared.",
                Map.of("unsafe-method", 2),
                List.of(),
                List.of(),
                List.of());

        JsonNode document = JSON.readTree(write(result));

        assertThat(document.path("verdict").asString()).isEqualTo("inconclusive");
        assertThat(document.path("reason").asString()).isEqualTo("Nothing was compared.");
        assertThat(document.path("skippedBy").path("unsafe-method").asInt()).isEqualTo(2);
    }

    @Test
    void aFailingStreamIsAnIoException() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThatThrownBy(() -> ReportJson.write(Runs.clean(), full))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    private static byte[] write(RunResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportJson.write(result, out);
        return out.toByteArray();
    }
}
