package dev.retake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalWriter;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import dev.retake.pipeline.har.HarSkip;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarImporterIT {
    @TempDir
    Path directory;

    private KeySet keys;
    private Path journal;

    @BeforeEach
    void prepare() {
        keys = Captures.keys(directory);
        journal = directory.resolve("journal");
    }

    @Test
    void aFileWithoutAnIdentityIsOneSessionInTheOrderOfTime() {
        Path file = har(
                "one.har",
                entry("03", "GET", "https://b.example/third", ""),
                entry("01", "GET", "https://a.example/first", ""),
                entry("02", "GET", "http://a.example:8080/second", ""),
                entry("04", "GET", "data:text/plain,x", ""));
        ImportCounts counts = importing(importer -> importer.importFiles(List.of(file)));

        assertThat(counts.entries()).isEqualTo(4);
        assertThat(counts.imported()).isEqualTo(3);
        assertThat(counts.sessions()).isEqualTo(1);
        assertThat(counts.skipped()).containsOnlyKeys(HarSkip.NOT_HTTP);
        reading(reader -> {
            Session session = sessions(reader).get(0);
            assertThat(session.closed()).isTrue();
            assertThat(exchanges(reader, session))
                    .extracting(e -> e.request().target())
                    .containsExactly("/first", "/second", "/third");
            assertThat(reader.upstreams())
                    .containsExactlyInAnyOrder(
                            "https://b.example:443", "https://a.example:443", "http://a.example:8080");
            assertThat(reader.stats().forwarded()).isEqualTo(3);
            assertThat(reader.stats().captured()).isEqualTo(3);
            return null;
        });
    }

    @Test
    void identitiesMakeSessionsOfTheirOwnAndEachFileHasItsOwn() {
        Path first = har(
                "first.har",
                entry("01", "GET", "https://a.example/", ""),
                entry("02", "GET", "https://a.example/me", "Bearer token-of-ann-1234"),
                entry("03", "GET", "https://a.example/asset", ""),
                entry("04", "GET", "https://a.example/me", "Bearer token-of-bob-1234"));
        Path second = har("second.har", entry("01", "GET", "https://a.example/", ""));
        ImportCounts counts = importing(importer -> importer.importFiles(List.of(first, second)));

        assertThat(counts.sessions()).isEqualTo(3);
        reading(reader -> {
            assertThat(sessions(reader)).extracting(Session::exchanges).containsExactlyInAnyOrder(3, 1, 1);
            return null;
        });
    }

    @Test
    void anOldRecordingStaysWhenAnotherIsImported() {
        for (int run = 0; run < 2; run++) {
            Path file = har("old" + run + ".har", entry("01", "GET", "https://a.example/" + run, ""));
            importing(importer -> importer.importFiles(List.of(file)));
        }

        reading(reader -> {
            assertThat(sessions(reader)).hasSize(2);
            return null;
        });
    }

    @Test
    void ofABrokenFileWhatStandsBeforeStays() throws IOException {
        Path whole = har("whole.har", entry("01", "GET", "https://a.example/1", ""));
        Path broken = har(
                "broken.har",
                entry("01", "GET", "https://a.example/secret-canary", ""),
                entry("02", "GET", "https://a.example/3", ""));
        String text = Files.readString(broken);
        Files.writeString(broken, text.substring(0, text.length() - 30));

        importing(importer -> {
            assertThatThrownBy(() -> importer.importFiles(List.of(whole, broken)))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
                    .hasMessageContaining("broken.har")
                    .hasMessageNotContaining("canary");
            assertThat(importer.counts().imported()).isEqualTo(2);
            return importer.counts();
        });
        reading(reader -> {
            JournalStats stats = reader.stats();
            assertThat(stats.captured()).isEqualTo(2);
            assertThat(stats.unknown()).isZero();
            return null;
        });
    }

    @Test
    void nothingRealIsStored() throws IOException {
        Path file = har("personal.har", """
                {"startedDateTime":"2019-03-01T10:00:01Z","request":{"method":"POST","url":
                 "https://a.example/login?next=/u/zelda.quux%40gmail.com","headers":[{"name":"Cookie","value":
                 "sid=0a1b2c3d4e5f60718293a4b5c6d7e8f9"}],"postData":{"mimeType":"application/json","text":
                 "{\\"email\\":\\"zelda.quux@gmail.com\\",\\"password\\":\\"tr0ub4dor&3\\"}"}},
                 "response":{"status":200,"content":{"mimeType":"application/json","text":
                 "{\\"card\\":\\"4111111111111111\\"}"}}}""");
        importing(importer -> importer.importFiles(List.of(file)));

        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile)
                    .filter(f -> !f.equals(file))
                    .toList();
        }
        for (Path stored : files) {
            assertThat(new String(Files.readAllBytes(stored), StandardCharsets.ISO_8859_1))
                    .doesNotContain("zelda", "tr0ub4dor", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "4111111111111111");
        }
        reading(reader -> {
            for (Exchange exchange : exchanges(reader, sessions(reader).get(0))) {
                assertThat(exchange.request().target()).doesNotContain("zelda");
                assertThat(new String(exchange.request().body().bytes(), StandardCharsets.UTF_8))
                        .doesNotContain("zelda", "tr0ub4dor");
            }
            return null;
        });
    }

    private ImportCounts importing(Function<HarImporter, ImportCounts> work) {
        BackgroundErrors errors = new BackgroundErrors();
        try (JournalWriter writer = JournalWriter.open(
                journal, keys, JournalSettings.defaults().withoutRetention(), Clock.systemUTC(), errors)) {
            Sanitizer sanitizer = Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS);
            return work.apply(new HarImporter(RecorderSettings.defaults(), keys, writer, sanitizer, errors));
        }
    }

    private void reading(Function<JournalReader, Void> work) {
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            work.apply(reader);
        }
    }

    private Path har(String name, String... entries) {
        try {
            return Files.writeString(
                    directory.resolve(name), "{\"log\":{\"entries\":[" + String.join(",", entries) + "]}}");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String entry(String second, String method, String url, String authorization) {
        String headers =
                authorization.isEmpty() ? "" : "{\"name\":\"authorization\",\"value\":\"" + authorization + "\"}";
        return "{\"startedDateTime\":\"2019-03-01T10:00:" + second + "Z\",\"request\":{\"method\":\"" + method
                + "\",\"url\":\"" + url + "\",\"headers\":[" + headers
                + "]},\"response\":{\"status\":200,\"content\":{\"mimeType\":\"application/json\",\"text\":\"{}\"}}}";
    }

    private static List<Session> sessions(JournalReader reader) {
        try (Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            return sessions.toList();
        }
    }

    private static List<Exchange> exchanges(JournalReader reader, Session session) {
        try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
            return exchanges.toList();
        }
    }
}
