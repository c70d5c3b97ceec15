package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The gate as a build uses it: exit codes, places, and no value in what it prints. */
class ScanCommandIT {
    private static final String EMAIL = "zoe@quarx-mail.net";
    private static final String KEPT = "wb-77-quarx";
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
              {"startedDateTime": "2026-03-01T10:00:00.000Z", "time": 12,
               "request": {"method": "POST", "url": "http://shop.test/items?sku=%2$s", "httpVersion": "HTTP/1.1",
                 "headers": [{"name": "Host", "value": "shop.test"}], "queryString": [], "cookies": [],
                 "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
                 "headers": [{"name": "Content-Type", "value": "application/json"}],
                 "content": {"size": 40, "mimeType": "application/json",
                   "text": "{\\"email\\": \\"%1$s\\", \\"phone\\": \\"+49 30 901820\\"}"},
                 "redirectURL": "", "headersSize": -1, "bodySize": 13},
               "cache": {}, "timings": {"send": 1, "wait": 10, "receive": 1}}]}}
            """.formatted(EMAIL, KEPT);

    @TempDir
    private Path directory;

    private Path har;
    private Path canaries;
    private Path store;

    @BeforeEach
    void record() throws IOException, InterruptedException {
        har = Files.writeString(directory.resolve("one.har"), HAR);
        canaries = Files.writeString(directory.resolve("canaries.txt"), EMAIL + "\r\n\n" + KEPT + "\n");
        store = Files.createDirectory(directory.resolve("store"));
        RetakeProcess.Result imported =
                RetakeProcess.run(directory, "import", "--format", "har", har.toString(), "--journal", "store/journal");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
    }

    private RetakeProcess.Result scan(int exitCode, String... more) throws IOException, InterruptedException {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "scan";
        System.arraycopy(more, 0, arguments, 1, more.length);
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        assertThat(result.out() + result.err()).doesNotContain(EMAIL, KEPT, "901820");
        return result;
    }

    @Test
    void aJournalWithoutLeaksIsClean() throws IOException, InterruptedException {
        JsonNode answer =
                Json.MAPPER.readTree(scan(0, store.toString(), "--json").out());

        assertThat(answer.path("clean").asBoolean()).isTrue();
        assertThat(answer.path("records").asInt()).isEqualTo(1);
        assertThat(answer.path("files").asInt()).isGreaterThan(5);
    }

    @Test
    void aPlantedValueInASealedRecordIsNamedByItsPlaceOnly() throws IOException, InterruptedException {
        JsonNode answer = Json.MAPPER.readTree(
                scan(1, "store", "--canaries", canaries.toString(), "--json").out());

        assertThat(answer.path("leaks").asInt()).isEqualTo(1);
        JsonNode place = answer.path("places").path(0);
        assertThat(place.path("file").asString()).isEqualTo("store/journal");
        assertThat(place.path("seq").asInt()).isEqualTo(1);
        assertThat(place.path("field").asString()).isEqualTo("request target");
        assertThat(place.path("canary").asInt()).isEqualTo(3);
    }

    @Test
    void withoutKeysOnlyTheFilesAreRead() throws IOException, InterruptedException {
        Files.delete(store.resolve("journal.keys"));

        assertThat(scan(0, "store", "--canaries", canaries.toString()).err()).contains("there are no keys to it");
    }

    @Test
    void aFileWithARealValueLeaks() throws IOException, InterruptedException {
        String found =
                scan(1, har.toString(), "--canaries", canaries.toString()).out();

        assertThat(found)
                .contains("one.har: planted value of line 1 as raw at byte " + HAR.indexOf(EMAIL))
                .contains("one.har: email as raw at byte", "one.har: phone as raw at byte")
                .contains("planted values of lines [1, 3]");
    }

    @Test
    void aNameOfAFileLeaksToo() throws IOException, InterruptedException {
        Path logs = Files.createDirectory(directory.resolve("logs"));
        String name = Base64.getUrlEncoder().encodeToString(("log of " + EMAIL).getBytes(StandardCharsets.UTF_8));
        Files.createFile(logs.resolve(name));

        assertThat(scan(1, "logs", "--canaries", canaries.toString()).out())
                .contains("a file name in logs: planted value of line 1 as base64");
    }

    @Test
    void wrongInputIsSaid() throws IOException, InterruptedException {
        assertThat(scan(3, "nowhere").err()).contains("There is nothing at nowhere");
        assertThat(scan(
                                2,
                                "store",
                                "--canaries",
                                Files.writeString(directory.resolve("c"), "abc").toString())
                        .err())
                .contains("line 1 is shorter than 4 bytes");
        assertThat(scan(2).err()).contains("PATH");
    }
}
