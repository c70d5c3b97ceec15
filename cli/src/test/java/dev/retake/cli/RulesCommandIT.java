package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rule packs as their author tests and questions them. */
class RulesCommandIT {
    private static final String PACK = """
            format: 1
            rules:
              - name: badge
                class: user-id
                value: opaque
                words: [badge code]
                matches: [badgeCode=ab12cd34]
                mismatches: [badgeColour=ab12cd34, %s]
              - name: untested
                class: user-id
                words: [locker]
            """;
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
              {"startedDateTime": "2026-03-01T10:00:00.000Z", "time": 12,
               "request": {"method": "GET", "url": "http://shop.test/users/7", "httpVersion": "HTTP/1.1",
                 "headers": [{"name": "Host", "value": "shop.test"}], "queryString": [], "cookies": [],
                 "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
                 "headers": [{"name": "Content-Type", "value": "application/json"}],
                 "content": {"size": 40, "mimeType": "application/json",
                   "text": "{\\"owner\\":{\\"name\\":\\"Zoe Quarx\\",\\"badgeCode\\":\\"ab12cd34\\"},\\"note\\":\\"to z@quarx-mail.net\\"}"},
                 "redirectURL": "", "headersSize": -1, "bodySize": 13},
               "cache": {}, "timings": {"send": 1, "wait": 10, "receive": 1}}]}}
            """;

    @TempDir
    private Path directory;

    private RetakeProcess.Result run(int exitCode, String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    @Test
    void examplesAreRun() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("good.yml"), PACK.formatted("badgeCode=no"));
        Files.writeString(directory.resolve("bad.yml"), PACK.formatted("badgeCode=xy12cd34"));

        assertThat(run(0, "rules", "test").out()).matches("(?s)default\\.yml: \\d+ rules, \\d+ examples, all hold\n.*");
        assertThat(run(0, "rules", "test", "good.yml").out())
                .contains("good.yml: 2 rules, 3 examples, all hold", "good.yml: no example for untested");
        assertThat(run(1, "rules", "test", "bad.yml").out())
                .contains("broken: bad.yml: rule badge must not find its example badgeCode=xy12cd34");
        JsonNode json = Json.MAPPER.readTree(run(1, "rules", "test", "bad.yml", "--json")
                .out()
                .lines()
                .findFirst()
                .orElseThrow());
        assertThat(json.path("broken")).hasSize(1);
        assertThat(run(2, "rules", "test", "no.yml").err()).contains("Cannot read the rule pack no.yml");
    }

    @Test
    void anExchangeIsExplained() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("one.har"), HAR);
        Files.writeString(directory.resolve("good.yml"), PACK.formatted("badgeCode=no"));
        Files.writeString(directory.resolve("retake.yml"), "privacy: {rulePacks: [good.yml]}\n");
        run(0, "import", "--format", "har", "one.har", "--journal", "j", "--config", "retake.yml");
        String session = Json.MAPPER
                .readTree(run(0, "sessions", "--journal", "j", "--json").out())
                .path("id")
                .asString();
        String id = Json.MAPPER
                .readTree(run(0, "sessions", "show", session, "--journal", "j", "--json")
                        .out())
                .path("id")
                .asString();

        String explained = run(0, "rules", "explain", id, "--journal", "j", "--config", "retake.yml")
                .out();
        assertThat(explained.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("response body:/owner/name  person-name  Aa")
                        .contains("rule 'name of a person' (value: text, action: pseudonymize), a surrogate"))
                .anySatisfy(line ->
                        assertThat(line).matches("response body:/owner/badgeCode  user-id  [a9]{8}  rule 'badge' .*"))
                .anySatisfy(line -> assertThat(line)
                        .matches("response body:/note  email  .*@.*  a detector, by its form, a surrogate"));
        assertThat(run(0, "rules", "explain", session + "/1", "--journal", "j", "--config", "retake.yml")
                        .out())
                .isEqualTo(explained);
        assertThat(run(2, "rules", "explain", "nothing", "--journal", "j").err())
                .contains("There is no such exchange");
    }
}
