package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestCommandIT {
    /** One session: a colour that all share, a mark that only this one has. */
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
              {"startedDateTime": "2026-03-01T10:00:0%1$d.000Z", "time": 10,
               "request": {"method": "GET", "url": "http://shop.test/find?colour=turquoise&mark=quill%1$dharbour&userCode=blue",
                 "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "queryString": [],
                 "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
                 "headers": [{"name": "Content-Type", "value": "application/json"}],
                 "content": {"size": 2, "mimeType": "application/json", "text": "{}"},
                 "redirectURL": "", "headersSize": -1, "bodySize": 2},
               "cache": {}, "timings": {"send": 1, "wait": 10, "receive": 1}}]}}
            """;

    @TempDir
    private Path directory;

    private RetakeProcess.Result run(int exitCode, String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        return result;
    }

    private void record(String journal, String config) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("retake.yml"), config);
        for (int i = 1; i <= 5; i++) {
            Files.writeString(directory.resolve(i + ".har"), HAR.formatted(i));
        }
        run(
                0,
                "import",
                "--format",
                "har",
                "1.har",
                "2.har",
                "3.har",
                "4.har",
                "5.har",
                "--journal",
                journal,
                "--config",
                "retake.yml");
    }

    @Test
    void proposesWhatSessionsShareAndThePackIsTaken() throws IOException, InterruptedException {
        record("j", "privacy: {policy: deny}\n");

        String pack = run(0, "rules", "suggest", "--journal", "j").out();
        Files.writeString(directory.resolve("allow.yml"), pack);

        assertThat(pack)
                .contains(
                        "\n  - \"query:colour\"\n", "#  - \"query:mark\"\n", "a value is in one session on the average")
                .contains("#  - \"query:userCode\"\n", "its name speaks of a person")
                .doesNotContain("turquoise", "quill", "harbour");
        assertThat(run(0, "rules", "suggest", "--journal", "j", "--json").out().lines())
                // Sessions are estimated: under some keys two of the five fall on one place.
                .anySatisfy(line -> assertThat(line)
                        .matches("\\{\"field\":\"query:colour\",\"advice\":\"allow\",\"operations\":\\[\"GET /find\"],"
                                + "\"values\":5,\"distinct\":1,\"sessions\":[345],.*"));
        assertThat(run(0, "rules", "test", "allow.yml").out()).startsWith("allow.yml: ");

        record("k", "privacy: {policy: deny, rulePacks: [allow.yml]}\n");
        String session = Json.MAPPER
                .readTree(run(0, "sessions", "--journal", "k", "--json")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .path("id")
                .asString();
        assertThat(run(0, "sessions", "show", session, "--journal", "k").out())
                .contains("/find?colour=turquoise&mark=")
                .doesNotContain("quill");
    }

    @Test
    void saysWhatToDoWithoutAPolicy() throws IOException, InterruptedException {
        record("j", "{}\n");

        assertThat(run(0, "rules", "suggest", "--journal", "j").out())
                .contains("record with privacy.policy: deny")
                .endsWith("format: 1\n");
        Files.writeString(directory.resolve("crowd.yml"), "privacy: {policy: crowd}\n");
        Files.writeString(directory.resolve("in.csv"), "a,b\n1,2\n");
        assertThat(run(2, "anonymize", "in.csv", "out.csv", "--keys", "j.keys", "--config", "crowd.yml")
                        .err())
                .contains("Data has no sessions to count, so privacy.policy: crowd cannot be applied to it");
    }
}
