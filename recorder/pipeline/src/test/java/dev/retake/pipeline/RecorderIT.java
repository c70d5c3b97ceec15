package dev.retake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalSettings;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalWriter;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderIT {
    /** Long enough for the first exchange of a cold machine that does other things too. */
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private static final long START = System.currentTimeMillis() * 1_000;
    private static final String JSON = "\nContent-Type: application/json";

    @TempDir
    Path directory;

    private SimpleMeterRegistry meters;
    private KeySet keys;
    private Path journal;

    @BeforeEach
    void prepare() {
        keys = Captures.keys(directory);
        journal = directory.resolve("journal");
    }

    @Test
    void aSessionThatLogsInHalfWayIsReadBackWholeAndSanitized() throws IOException {
        Recorder recorder = start();
        Captures captures = new Captures(recorder.budget());
        List<RawExchange> exchanges = List.of(
                captures.exchange(1, START, "GET /products HTTP/1.1\nHost: shop", "HTTP/1.1 200 OK" + JSON + "\n\n[]"),
                captures.exchange(
                        1,
                        START + 10,
                        "POST /login HTTP/1.1\nHost: shop" + JSON
                                + "\n\n{\"email\":\"zelda.quux@gmail.com\",\"password\":\"tr0ub4dor&3\"}",
                        "HTTP/1.1 200 OK" + JSON + "\n\n{\"token\":\"9f8e7d6c5b4a39281706f5e4d3c2b1a0\"}"),
                captures.exchange(
                        2,
                        START + 20,
                        "GET /me HTTP/1.1\nHost: shop\nAuthorization: Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0",
                        "HTTP/1.1 200 OK" + JSON + "\n\n{\"email\":\"zelda.quux@gmail.com\"}"));
        exchanges.forEach(recorder::completed);
        recorder.excluded();
        recorder.close(DEADLINE);

        assertThat(captures.allReleased()).isTrue();
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            List<Session> sessions = sessions(reader);
            assertThat(sessions).hasSize(1);
            Session session = sessions.get(0);
            assertThat(session.exchanges()).isEqualTo(3);
            assertThat(session.closed()).isTrue();
            assertThat(session.complete()).isTrue();
            List<Exchange> recorded = exchanges(reader, session.id());
            String seen = new String(recorded.get(2).response().body().bytes(), StandardCharsets.UTF_8);
            assertThat(seen).doesNotContain("zelda");
            assertThat(session.identity()).isNotNull();
            assertThat(seen).contains(session.identity());
            String token = new String(recorded.get(1).response().body().bytes(), StandardCharsets.UTF_8);
            String carried = recorded.get(2).request().headers().first("Authorization");
            assertThat(token).contains(carried.substring("Bearer ".length()));
            assertAddsUp(reader.stats(), 3, 1);
            assertThat(reader.upstreams()).containsExactly("http://shop.example:80");
        }
        for (String secret : List.of("zelda", "tr0ub4dor", "9f8e7d6c5b4a39281706f5e4d3c2b1a0")) {
            assertNowhere(secret);
        }
    }

    @Test
    void aReaderSeesWhatIsRecordedWhileTheRecorderRuns() {
        try (Recorder recorder = start()) {
            Captures captures = new Captures(recorder.budget());
            for (int i = 0; i < 600; i++) {
                recorder.completed(captures.exchange(
                        i / 10, START + i, "GET /items/" + i + " HTTP/1.1\nHost: shop", "HTTP/1.1 204 No Content"));
            }
            recorder.dropped(
                    DropReason.BUDGET,
                    captures.exchange(0, START + 600, "GET / HTTP/1.1\nHost: shop", "HTTP/1.1 204 No Content"));
            await().atMost(DEADLINE).untilAsserted(() -> {
                try (JournalReader reader = JournalReader.open(journal, keys)) {
                    JournalStats stats = reader.stats();
                    assertThat(stats.captured()).isEqualTo(600);
                    assertThat(stats.dropped()).containsEntry("budget", 1L);
                    assertThat(stats.unknown()).isZero();
                    assertThat(sessions(reader))
                            .hasSize(60)
                            .filteredOn(session -> !session.complete())
                            .hasSize(1);
                }
            });
            // The journal has a batch before the recorder learns that it has, and counts it.
            await().atMost(DEADLINE)
                    .until(() -> meters.get("retake.exchanges.captured")
                                    .functionCounter()
                                    .count()
                            == 600);
        }
    }

    @Test
    void aSecondRecorderGoesOnWithTheSameJournal() {
        for (int run = 0; run < 2; run++) {
            Recorder recorder = start();
            recorder.completed(new Captures(recorder.budget())
                    .exchange(1, START, "GET / HTTP/1.1\nHost: shop", "HTTP/1.1 204 No Content"));
            recorder.close(DEADLINE);
        }

        try (JournalReader reader = JournalReader.open(journal, keys)) {
            assertThat(sessions(reader)).hasSize(2);
            assertAddsUp(reader.stats(), 2, 0);
        }
    }

    private Recorder start() {
        meters = new SimpleMeterRegistry();
        Recorder recorder = Recorder.start(
                RecorderSettings.defaults(),
                keys,
                () -> JournalWriter.open(
                        journal, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors()),
                List.of("http://shop.example:80"),
                Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS),
                new BackgroundErrors(),
                meters);
        recorder.opened().join();
        return recorder;
    }

    private static void assertAddsUp(JournalStats stats, long captured, long excluded) {
        assertThat(stats.captured()).isEqualTo(captured);
        assertThat(stats.excluded()).isEqualTo(excluded);
        assertThat(stats.unknown()).isZero();
        assertThat(stats.forwarded())
                .isEqualTo(stats.captured()
                        + stats.sampledOut()
                        + stats.excluded()
                        + stats.dropped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    private void assertNowhere(String secret) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.getFileName().toString())
                    .doesNotContain(secret);
        }
    }

    private static List<Session> sessions(JournalReader reader) {
        try (Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            return new ArrayList<>(sessions.toList());
        }
    }

    private static List<Exchange> exchanges(JournalReader reader, String session) {
        try (Stream<Exchange> exchanges = reader.exchanges(session)) {
            return exchanges.toList();
        }
    }
}
