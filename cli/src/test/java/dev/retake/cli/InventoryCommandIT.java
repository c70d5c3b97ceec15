package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory as a user sees it: what fields carry, and what changed since. */
class InventoryCommandIT {
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
              {"startedDateTime": "2026-03-01T10:00:00.000Z", "time": 12,
               "request": {"method": "GET", "url": "http://shop.test/users/7?mail=a@quarx-mail.net",
                 "httpVersion": "HTTP/1.1", "headers": [{"name": "Host", "value": "shop.test"}], "queryString": [],
                 "cookies": [], "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
                 "headers": [{"name": "Content-Type", "value": "application/json"}],
                 "content": {"size": 40, "mimeType": "application/json", "text": "%s"},
                 "redirectURL": "", "headersSize": -1, "bodySize": 13},
               "cache": {}, "timings": {"send": 1, "wait": 10, "receive": 1}}]}}
            """;

    @TempDir
    private Path directory;

    private String run(String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private void record(String body) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("one.har"), HAR.formatted(body.replace("\"", "\\\"")));
        run("import", "--format", "har", "one.har", "--journal", "journal");
    }

    @Test
    void aClassThatIsNewToAFieldIsTold() throws IOException, InterruptedException {
        record(
                "{\"owner\":{\"email\":\"zoe@quarx-mail.net\"},\"note\":\"hi\",\"zoe@quarx-mail.net\":{\"phone\":\"+4917643218765\"}}");

        assertThat(run("inventory", "--journal", "journal").lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).isEqualTo("GET /users/{id}"),
                        line -> assertThat(line).matches(" +request query:mail +email +1 .* rule email"),
                        line -> assertThat(line).matches(" +response body:/owner/email +email +1 .*"),
                        line -> assertThat(line).matches(" +response text +email +1 .* by its form"),
                        line -> assertThat(line).matches(" +response body:/\\*/phone +phone +1 .*"));
        assertThat(run("inventory", "--journal", "journal", "--since-last").lines())
                .hasSize(5)
                .filteredOn(line -> line.startsWith("  new  "))
                .hasSize(4);

        record("{\"owner\":{\"email\":\"zoe@quarx-mail.net\"},\"note\":\"call +4917643218765\"}");
        assertThat(run("inventory", "--journal", "journal", "--since-last", "--json")
                        .lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "{\"change\":\"new\",\"operation\":\"GET /users/{id}\",\"location\":\"response body:/note\","
                                        + "\"class\":\"phone\",\"rule\":\"detector\",\"count\":1,"))
                .anySatisfy(line -> assertThat(line).startsWith("{\"change\":\"unseen\""))
                .hasSize(3);
        assertThat(run("inventory", "--journal", "journal")).containsPattern("/owner/email +email +2 ");
    }

    @Test
    void theFileIsSealed() throws IOException, InterruptedException {
        record("{\"owner\":{\"email\":\"zoe@quarx-mail.net\"}}");

        assertThat(Files.readString(directory.resolve("journal").resolve("inventory"), StandardCharsets.ISO_8859_1))
                .doesNotContain("email", "owner", "users");
        assertThat(RetakeProcess.run(directory, "inventory", "--journal", "nowhere")
                        .exitCode())
                .isEqualTo(3);
    }
}
