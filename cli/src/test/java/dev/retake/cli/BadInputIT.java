package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.KeySetFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees who gets something wrong: one sentence that says what to do, and the right exit code. */
class BadInputIT {
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
              {"startedDateTime": "2026-03-01T10:00:00.000Z", "time": 12,
               "request": {"method": "GET", "url": "http://shop.test/items?page=1", "httpVersion": "HTTP/1.1",
                 "headers": [{"name": "Host", "value": "shop.test"}], "queryString": [], "cookies": [],
                 "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
                 "headers": [{"name": "Content-Type", "value": "application/json"}],
                 "content": {"size": 13, "mimeType": "application/json", "text": "{\\"total\\": 12}"},
                 "redirectURL": "", "headersSize": -1, "bodySize": 13},
               "cache": {}, "timings": {"send": 1, "wait": 10, "receive": 1}}]}}
            """;

    @TempDir
    private Path directory;

    private Path har;

    @BeforeEach
    void writeHar() throws IOException {
        har = Files.writeString(directory.resolve("one.har"), HAR);
    }

    private void assertFails(int exitCode, String sentence, String... arguments)
            throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);

        assertThat(result.err()).contains(sentence);
        assertThat(result.err().lines().filter(line -> line.startsWith("retake: ")))
                .hasSize(1);
        assertThat(result.err()).doesNotContain("\tat ", "Exception");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    }

    @Test
    void wrongArguments() throws IOException, InterruptedException {
        assertFails(2, "Did you mean", "sessions", "--journl", "j");
        assertFails(2, "Missing --journal", "sessions");
        assertFails(2, "There is no session", "sessions", "show", "no-such-id", "--journal", imported());
        assertFails(2, "at character", "sessions", "--journal", imported(), "--where", "status>>5");
    }

    @Test
    void aConfigurationWithATypo() throws IOException, InterruptedException {
        Path config = Files.writeString(directory.resolve("retake.yml"), "capture:\n  enabeld: true\n");

        assertFails(
                2, "did you mean capture.enabled?", "sessions", "--journal", imported(), "--config", config.toString());
    }

    @Test
    void aJournalThatIsNotThereLockedNewerOrOfOtherKeys() throws IOException, InterruptedException {
        String journal = imported();
        assertFails(3, "There is no journal at", "sessions", "--journal", "nowhere");

        Path otherKeys = directory.resolve("other.keys");
        KeySetFile.createIfAbsent(otherKeys);
        assertFails(3, "key", "sessions", "--journal", journal, "--keys", otherKeys.toString());

        try (RetakeProcess owner = RetakeProcess.proxy(directory, URI.create("http://127.0.0.1:1"), Path.of(journal))) {
            owner.ready();
            awaitOwner(Path.of(journal));
            assertFails(3, "process", "import", "--format", "har", har.toString(), "--journal", journal);
            assertThat(RetakeProcess.run(directory, "sessions", "--journal", journal)
                            .exitCode())
                    .isZero();
            assertThat(owner.terminate()).isZero();
        }
    }

    @Test
    void aPortInUse() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFails(
                    3,
                    "in use",
                    "proxy",
                    "--listen",
                    "127.0.0.1:" + taken.getLocalPort(),
                    "--upstream",
                    "http://127.0.0.1:1",
                    "--journal",
                    directory.resolve("unused").toString());
        }
    }

    @Test
    void aBrokenHarKeepsWhatCameBefore() throws IOException, InterruptedException {
        Path broken = Files.write(
                directory.resolve("broken.har"),
                HAR.substring(0, HAR.length() - 4).getBytes(StandardCharsets.UTF_8));
        Path journal = directory.resolve("journal-of-broken");

        assertFails(3, "broken.har", "import", "--format", "har", broken.toString(), "--journal", journal.toString());

        assertThat(RetakeProcess.run(directory, "sessions", "--journal", journal.toString(), "--json")
                        .out())
                .contains("\"exchanges\":1");
    }

    @Test
    void aTargetThatIsForbiddenOrNotThere() throws IOException, InterruptedException {
        String journal = imported();
        assertFails(2, "shop.test", "replay", "--journal", journal, "--target", "http://shop.test", "--out", "o");
        assertFails(3, "127.0.0.1:1", "replay", "--journal", journal, "--target", "http://127.0.0.1:1", "--out", "o");
        assertFails(
                2,
                "baseline",
                "replay",
                "--journal",
                journal,
                "--target",
                "http://127.0.0.1:1",
                "--out",
                "o",
                "--baseline",
                "http://127.0.0.1:2");
    }

    private String imported() throws IOException, InterruptedException {
        Path journal = directory.resolve("journal");
        if (!Files.exists(journal)) {
            RetakeProcess.Result result = RetakeProcess.run(
                    directory, "import", "--format", "har", har.toString(), "--journal", journal.toString());
            assertThat(result.exitCode()).as(result.err()).isZero();
        }
        return journal.toString();
    }

    private static void awaitOwner(Path journal) throws InterruptedException {
        for (int i = 0; i < 200 && !Files.exists(journal.resolve("owner")); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
