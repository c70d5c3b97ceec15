package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anonymizing as a user does it: it agrees with recorded sessions, survives SIGKILL and serves as a pipe. */
class AnonymizeCommandIT {
    private static final String EMAIL = "zoe@quarx-mail.net";
    private static final String NAME = "Zoelinde Quarxmann";
    private static final String HAR = """
            {"log": {"version": "1.2", "creator": {"name": "test", "version": "1"}, "entries": [
              {"startedDateTime": "2026-03-01T10:00:00.000Z", "time": 12,
               "request": {"method": "GET", "url": "http://shop.test/users/7", "httpVersion": "HTTP/1.1",
                 "headers": [{"name": "Host", "value": "shop.test"}], "queryString": [], "cookies": [],
                 "headersSize": -1, "bodySize": 0},
               "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [],
                 "headers": [{"name": "Content-Type", "value": "application/json"}],
                 "content": {"size": 40, "mimeType": "application/json",
                   "text": "{\\"user\\": {\\"name\\": \\"%s\\", \\"email\\": \\"%s\\"}}"},
                 "redirectURL": "", "headersSize": -1, "bodySize": 13},
               "cache": {}, "timings": {"send": 1, "wait": 10, "receive": 1}}]}}
            """.formatted(NAME, EMAIL);

    @TempDir
    private Path directory;

    private String recorded = "";

    @BeforeEach
    void record() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("one.har"), HAR);
        run(0, "import", "--format", "har", "one.har", "--journal", "journal");
        String session = Json.MAPPER
                .readTree(run(0, "sessions", "--journal", "journal", "--json").out())
                .path("id")
                .asString();
        recorded = Json.MAPPER
                .readTree(run(0, "sessions", "show", session, "--journal", "journal", "--json")
                        .out())
                .path("response")
                .path("body")
                .asString();
    }

    private RetakeProcess.Result run(int exitCode, String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        return result;
    }

    private String anonymized(String name, String content) throws IOException, InterruptedException {
        Files.writeString(directory.resolve(name), content);
        run(0, "anonymize", name, "out-" + name, "--keys", "journal.keys");
        return Files.readString(directory.resolve("out-" + name));
    }

    @Test
    void recordedSessionsAndTheTestDatabaseAgree() throws IOException, InterruptedException {
        String name = Json.MAPPER.readTree(recorded).path("user").path("name").asString();
        String email = Json.MAPPER.readTree(recorded).path("user").path("email").asString();
        assertThat(name).isNotEqualTo(NAME).isNotEmpty();
        assertThat(email).isNotEqualTo(EMAIL).contains("@");

        assertThat(anonymized("users.csv", "id,name,email\n7," + NAME + "," + EMAIL + "\n"))
                .isEqualTo("id,name,email\n7," + name + "," + email + "\n");
        assertThat(anonymized("users.ndjson", "{\"name\":\"" + NAME + "\",\"email\":\"" + EMAIL + "\"}\n"))
                .isEqualTo("{\"name\":\"" + name + "\",\"email\":\"" + email + "\"}\n");
        assertThat(anonymized("all.sql", "COPY users (name, email) FROM stdin;\n" + NAME + "\t" + EMAIL + "\n\\.\n"))
                .isEqualTo("COPY users (name, email) FROM stdin;\n" + name + "\t" + email + "\n\\.\n");
        assertThat(anonymized("one.json", "{\"user\": {\"name\": \"" + NAME + "\", \"mail\": \"" + EMAIL + "\"}}"))
                .isEqualTo("{\"user\": {\"name\": \"" + name + "\", \"mail\": \"" + email + "\"}}");
    }

    @Test
    void aRunThatWasKilledGoesOnWhereItsDurableOutputEnded() throws IOException, InterruptedException {
        Path data = directory.resolve("users.csv");
        try (BufferedWriter out = Files.newBufferedWriter(data)) {
            out.write("id,name,email,\"note\nof two lines\"\n");
            for (int i = 0; i < 900_000; i++) {
                out.write(i + ",Zoelinde Quarx" + i % 991 + ",zoe" + i
                        + "@quarx-mail.net,\"first\nsecond, \"\"x\"\"\"\n");
            }
        }
        String[] arguments = {"anonymize", "users.csv", "out.csv", "--keys", "journal.keys", "--resume"};
        Path checkpoint = directory.resolve("out.csv.resume");
        for (int kill = 0; kill < 2; kill++) {
            try (WatchService watch = directory.getFileSystem().newWatchService()) {
                directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
                try (RetakeProcess process = RetakeProcess.start(directory, arguments)) {
                    awaitNew(checkpoint, watch);
                    process.kill();
                }
            }
            assertThat(directory.resolve("out.csv")).doesNotExist();
            assertThat(Files.readString(checkpoint, StandardCharsets.ISO_8859_1))
                    .doesNotContain("email", "name");
        }
        long durable = Files.size(directory.resolve("out.csv.part"));
        assertThat(durable).isPositive().isLessThan(Files.size(data));
        // What was written behind the last checkpoint may be anything.
        try (OutputStream torn = Files.newOutputStream(directory.resolve("out.csv.part"), StandardOpenOption.APPEND)) {
            torn.write("torn".getBytes(StandardCharsets.UTF_8));
        }
        // Names, addresses and ids of six digits; a permutation of that many ids leaves one or two as they are.
        assertThat(run(0, arguments).out())
                .containsPattern("anonymized 900,000 records, replaced 2,(599,99\\d|600,000) values");
        run(0, "anonymize", "users.csv", "whole.csv", "--keys", "journal.keys");

        assertThat(Files.mismatch(directory.resolve("out.csv"), directory.resolve("whole.csv")))
                .isEqualTo(-1);
        assertThat(checkpoint).doesNotExist();
        assertThat(directory.resolve("out.csv.part")).doesNotExist();
    }

    private static void awaitNew(Path file, WatchService watch) throws InterruptedException {
        while (true) {
            WatchKey key = watch.poll(60, TimeUnit.SECONDS);
            assertThat(key).as("a change in the directory").isNotNull();
            if (key.pollEvents().stream().anyMatch(event -> file.getFileName().equals(event.context()))) {
                return;
            }
            key.reset();
        }
    }

    @Test
    void aPipeGivesEachLineAsItComes() throws IOException, InterruptedException {
        try (RetakeProcess process = RetakeProcess.start(
                directory, "anonymize", "-", "-", "--format", "ndjson", "--table", "users", "--keys", "journal.keys")) {
            for (int i = 0; i < 3; i++) {
                process.write("{\"email\": \"" + EMAIL + "\", \"n\": " + i + "}\n");
                assertThat(process.line()).endsWith(", \"n\": " + i + "}").doesNotContain(EMAIL);
            }
        }
    }

    @Test
    void wrongInputIsSaid() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("users.csv"), "a,b\n1,2\n");
        assertThat(run(2, "anonymize", "users.csv", "out.csv").err()).contains("Missing --keys");
        assertThat(run(2, "anonymize", "journal.keys", "out", "--keys", "journal.keys")
                        .err())
                .contains("--format");
        assertThat(run(3, "anonymize", "no.csv", "out.csv", "--keys", "journal.keys")
                        .err())
                .contains("There is no file");
        assertThat(run(2, "anonymize", "users.csv", "users.csv", "--keys", "journal.keys")
                        .err())
                .contains("exists");
    }
}
