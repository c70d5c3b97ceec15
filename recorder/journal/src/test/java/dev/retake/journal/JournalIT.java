package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.SanitizedExchanges;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalIT {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home;

    private Path directory;
    private KeySet keys;
    private final BackgroundErrors errors = new BackgroundErrors();

    @BeforeEach
    void makeKeys() {
        directory = home.resolve("journal");
        KeySetFile.createIfAbsent(home.resolve("journal.keys"));
        keys = KeySetFile.load(home.resolve("journal.keys"));
    }

    private JournalWriter write() {
        return JournalWriter.open(directory, keys, JournalSettings.defaults(), NOON, errors);
    }

    private JournalReader read() {
        return JournalReader.open(directory, keys);
    }

    private static List<String> ids(JournalReader reader, String query) {
        SessionQuery parsed = query.isEmpty() ? SessionQuery.ALL : SessionQuery.parse(query, NOON);
        try (Stream<Session> sessions = reader.sessions(parsed)) {
            return sessions.map(Session::id).toList();
        }
    }

    private static List<Exchange> exchanges(JournalReader reader, String session) {
        try (Stream<Exchange> exchanges = reader.exchanges(session)) {
            return exchanges.toList();
        }
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 3)));
            writer.append(new JournalBatch(
                    Exchanges.range("b2", 1, 2),
                    List.of(SessionUpdate.closed("a1", 0), SessionUpdate.incomplete("b2", 0)),
                    new LedgerDelta(4, 5, Map.of("queue", 6L))));
        }
        try (JournalReader reader = read()) {
            assertThat(exchanges(reader, "a1"))
                    .containsExactly(
                            Exchanges.exchange("a1", 1), Exchanges.exchange("a1", 2), Exchanges.exchange("a1", 3));
            Session session = reader.session("a1").orElseThrow();
            assertThat(session.identity()).isEqualTo("user-a1");
            assertThat(session.closed()).isTrue();
            assertThat(session.complete()).isTrue();
            assertThat(session.exchanges()).isEqualTo(3);
            assertThat(session.startedAt()).isEqualTo(Exchanges.TEN_O_CLOCK + 1_000_000);
            assertThat(session.endedAt()).isEqualTo(Exchanges.TEN_O_CLOCK + 3_004_000);
            assertThat(session.operations()).containsExactly("GET /api/orders/{id}");
            assertThat(session.statuses()).containsExactly(Map.entry(200, 3));
            assertThat(reader.session("b2").orElseThrow().complete()).isFalse();
            assertThat(reader.session("c3")).isEmpty();
            assertThat(exchanges(reader, "c3")).isEmpty();
            JournalStats stats = reader.stats();
            assertThat(stats.captured()).isEqualTo(5);
            assertThat(stats.sampledOut()).isEqualTo(4);
            assertThat(stats.excluded()).isEqualTo(5);
            assertThat(stats.dropped()).containsExactly(Map.entry("queue", 6L));
            assertThat(stats.unknown()).isZero();
            assertThat(stats.forwarded()).isEqualTo(20);
            assertThat(stats.sessions()).isEqualTo(2);
            assertThat(stats.oldest()).isEqualTo(Exchanges.TEN_O_CLOCK + 1_000_000);
            assertThat(stats.uncleanEnds()).isZero();
        }
    }

    @Test
    void aReaderFollowsARunningWriter() throws Exception {
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 2)));
            try (JournalReader reader = read()) {
                assertThat(exchanges(reader, "a1")).hasSize(2);
                assertThat(reader.session("a1").orElseThrow().closed()).isFalse();
                assertThat(reader.session("a1").orElseThrow().lastSequence()).isEqualTo(2);
                writer.append(Exchanges.batch(Exchanges.range("a1", 3, 4)));
                writer.append(Exchanges.batch(Exchanges.range("b2", 1, 1)));
                assertThat(exchanges(reader, "a1")).hasSize(2);
                reader.refresh();
                assertThat(exchanges(reader, "a1")).hasSize(4);
                assertThat(ids(reader, "")).containsExactlyInAnyOrder("a1", "b2");
            }
        }
    }

    @Test
    void sessionsComeOldestFirstAndBySelection() throws Exception {
        try (JournalWriter writer = write()) {
            for (int i = 0; i < 20; i++) {
                String session = "s" + (char) ('z' - i);
                long acceptedAt = Exchanges.TEN_O_CLOCK + i * 60_000_000L;
                Exchange exchange = Exchanges.exchange(session, 1, "/p/" + i, i % 2 == 0 ? 200 : 503, acceptedAt);
                writer.append(Exchanges.batch(List.of(SanitizedExchanges.of(exchange))));
            }
        }
        try (JournalReader reader = read()) {
            assertThat(ids(reader, "")).hasSize(20).startsWith("sz", "sy", "sx");
            assertThat(ids(reader, "status>=500")).hasSize(10).startsWith("sy", "sw");
            assertThat(ids(reader, "path=/p/3 and status=200")).isEmpty();
            assertThat(ids(reader, "since=2026-11-21T10:18:00Z")).containsExactly("sh", "sg");
            assertThat(ids(reader, "identity=user-sz")).containsExactly("sz");
        }
    }

    /** More sessions than the writer keeps unpacked, in turns. */
    @Test
    void sessionsThatGoOnAfterManyOthersAreAddedUpAsOne() throws Exception {
        int sessions = 1_500;
        try (JournalWriter writer = write()) {
            for (int sequence = 1; sequence <= 3; sequence++) {
                for (int from = 0; from < sessions; from += 250) {
                    int turn = sequence;
                    writer.append(Exchanges.batch(IntStream.range(from, from + 250)
                            .mapToObj(i -> SanitizedExchanges.of(Exchanges.exchange("s" + i, turn)))
                            .toList()));
                }
            }
            writer.append(new JournalBatch(List.of(), List.of(SessionUpdate.closed("s7", 0)), LedgerDelta.NONE));
            try (JournalReader reader = read()) {
                assertThat(reader.session("s7").orElseThrow().closed()).isTrue();
                assertThat(reader.session("s8").orElseThrow().closed()).isFalse();
            }
        }
        try (JournalReader reader = read()) {
            assertThat(reader.stats().captured()).isEqualTo(3L * sessions);
            assertThat(reader.stats().sessions()).isEqualTo(sessions);
            for (int i = 0; i < sessions; i += 77) {
                Session session = reader.session("s" + i).orElseThrow();
                assertThat(session.closed()).isTrue();
                assertThat(session.complete()).isTrue();
                assertThat(session.exchanges()).isEqualTo(3);
                assertThat(session.operations()).containsExactly("GET /api/orders/{id}");
                assertThat(session.statuses()).containsExactly(Map.entry(200, 3));
                assertThat(exchanges(reader, "s" + i)).hasSize(3);
            }
        }
    }

    @Test
    void aSequenceNumberIsUsedOnce() throws Exception {
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 3)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.append(Exchanges.batch(Exchanges.range("a1", 3, 4))));
            writer.append(Exchanges.batch(Exchanges.range("a1", 5, 5)));
            writer.append(Exchanges.batch(Exchanges.range("a1", 4, 4)));
        }
        try (JournalReader reader = read()) {
            assertThat(exchanges(reader, "a1")).extracting(Exchange::sequence).containsExactly(1, 2, 3, 4, 5);
            assertThat(reader.stats().captured()).isEqualTo(5);
        }
    }

    @Test
    void aSessionGoesOnAfterARestartUnderANewKey() throws Exception {
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 2)));
        }
        try (JournalWriter writer = write()) {
            assertThat(writer.session("a1").orElseThrow().lastSequence()).isEqualTo(2);
            writer.append(Exchanges.batch(Exchanges.range("a1", 3, 3)));
            try (JournalReader reader = read()) {
                assertThat(reader.session("a1").orElseThrow().closed()).isFalse();
            }
        }
        try (JournalReader reader = read()) {
            assertThat(exchanges(reader, "a1")).hasSize(3);
            assertThat(reader.session("a1").orElseThrow().closed()).isTrue();
            assertThat(reader.session("a1").orElseThrow().exchanges()).isEqualTo(3);
        }
    }

    @Test
    void forwardedExchangesThatNeverArrivedAreUnknown() throws Exception {
        try (JournalWriter writer = write()) {
            writer.forwarded().add(10);
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 4)));
            try (JournalReader reader = read()) {
                assertThat(reader.stats().forwarded()).isEqualTo(10);
                assertThat(reader.stats().unknown()).isEqualTo(6);
            }
            writer.append(new JournalBatch(List.of(), List.of(), new LedgerDelta(0, 0, Map.of("queue", 6L))));
        }
        try (JournalReader reader = read()) {
            assertThat(reader.stats().unknown()).isZero();
            assertThat(reader.stats().forwarded()).isEqualTo(10);
        }
    }

    @Test
    void nothingUnsealedIsOnTheDisk() throws Exception {
        try (JournalWriter writer = write()) {
            for (int i = 1; i <= 50; i++) {
                writer.append(Exchanges.batch(Exchanges.range("deadbeefcafe" + i, 1, 10)));
            }
            writer.recordUpstream("https://shop.example:443");
            assertThat(filesWith(Exchanges.MARKER, "user-deadbeef", "deadbeefcafe", "shop.example", "/api/orders"))
                    .isEmpty();
        }
        assertThat(filesWith(Exchanges.MARKER, "user-deadbeef", "deadbeefcafe", "shop.example", "/api/orders"))
                .isEmpty();
        try (JournalReader reader = read()) {
            assertThat(exchanges(reader, "deadbeefcafe50")).hasSize(10);
            assertThat(reader.upstreams()).containsExactly("https://shop.example:443");
        }
    }

    private List<Path> filesWith(String... words) throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, words))
                    .toList();
        }
    }

    private static boolean contains(Path file, String... words) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return Stream.of(words).anyMatch(content::contains);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aJournalHasOneOwnerWhoIsNamed() {
        try (JournalWriter writer = write()) {
            assertThatExceptionOfType(RetakeException.class)
                    .isThrownBy(this::write)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED))
                    .withMessageContaining("process " + ProcessHandle.current().pid());
        }
        write().close();
    }

    @Test
    void anotherKeySetIsRefused() throws Exception {
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 1)));
        }
        KeySetFile.createIfAbsent(home.resolve("other.keys"));
        KeySet other = KeySetFile.load(home.resolve("other.keys"));
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(() -> JournalReader.open(directory, other))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY));
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(() -> JournalWriter.open(directory, other, JournalSettings.defaults(), NOON, errors))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY));
    }

    @Test
    void whatIsNoJournalIsNotTouched() throws Exception {
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(this::read)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT));
        assertThat(directory).doesNotExist();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("letter.txt"), "dear");
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(this::write)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT));
        assertThatExceptionOfType(RetakeException.class).isThrownBy(this::read);
        assertThat(directory.toFile().list()).containsExactly("letter.txt");
    }

    @Test
    void aNewerFormatIsNamed() throws Exception {
        write().close();
        String text = Files.readString(directory.resolve("JOURNAL"));
        String lines = text.substring(0, text.indexOf("crc32c")).replace("retake-journal 1", "retake-journal 9");
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(lines.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(
                directory.resolve("JOURNAL"), lines + "crc32c " + String.format("%08x", crc.getValue()) + "\n");
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(this::read)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.FORMAT))
                .withMessageContaining("format 9");
    }

    @Test
    void aReaderChangesNothing() throws Exception {
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(Exchanges.range("a1", 1, 4)));
        }
        Map<Path, String> before = fingerprints();
        try (JournalReader reader = read()) {
            assertThat(ids(reader, "")).containsExactly("a1");
            reader.stats();
        }
        assertThat(fingerprints()).isEqualTo(before);
    }

    private Map<Path, String> fingerprints() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).collect(java.util.stream.Collectors.toMap(file -> file, file -> {
                try {
                    return java.util.Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.getLastModifiedTime(file);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
    }

    @Test
    void retentionRemovesWholeDaysWithTheirKeys() throws Exception {
        Exchange late = Exchanges.exchange("old", 1, "/x", 200, Exchanges.TEN_O_CLOCK + 13 * 3_600_000_000L);
        Exchange pastMidnight = Exchanges.exchange("old", 2, "/y", 200, Exchanges.TEN_O_CLOCK + 15 * 3_600_000_000L);
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(List.of(SanitizedExchanges.of(late), SanitizedExchanges.of(pastMidnight))));
        }
        assertThat(home.resolve("journal.keyring/2026-11-21.keys")).exists();
        assertThat(home.resolve("journal.keyring/2026-11-22.keys")).doesNotExist();
        JournalSettings twoDays = new JournalSettings(
                Durability.BATCH, Duration.ofMillis(100), Duration.ofDays(2), 0, JournalSettings.DEFAULT_TENANT);
        Clock later = Clock.fixed(Instant.parse("2026-11-24T00:00:01Z"), ZoneOffset.UTC);
        try (JournalWriter writer = JournalWriter.open(directory, keys, twoDays, later, errors)) {
            Exchange young = Exchanges.exchange("new", 1, "/z", 200, Exchanges.TEN_O_CLOCK + 48 * 3_600_000_000L);
            writer.append(Exchanges.batch(List.of(SanitizedExchanges.of(young))));
        }
        assertThat(home.resolve("journal.keyring/2026-11-21.keys")).doesNotExist();
        try (JournalReader reader = read()) {
            assertThat(ids(reader, "")).containsExactly("new");
            assertThat(exchanges(reader, "old")).isEmpty();
            assertThat(reader.stats().captured()).isEqualTo(3);
            assertThat(reader.stats().expired()).isEqualTo(2);
        }
    }

    @Test
    void whatIsImportedLateIsKeptAsLongAsWhatIsRecordedToday() throws Exception {
        Exchange old = Exchanges.exchange("old", 1, "/x", 200, Exchanges.TEN_O_CLOCK - 700 * 86_400_000_000L);
        try (JournalWriter writer = write()) {
            writer.append(Exchanges.batch(List.of(SanitizedExchanges.of(old))));
        }
        Clock soon = Clock.fixed(Instant.parse("2026-12-20T00:00:00Z"), ZoneOffset.UTC);
        Clock later = Clock.fixed(Instant.parse("2026-12-22T00:00:00Z"), ZoneOffset.UTC);
        recordAt(soon, "soon");
        try (JournalReader reader = read()) {
            assertThat(ids(reader, "")).containsExactly("old", "soon");
        }
        recordAt(later, "later");
        try (JournalReader reader = read()) {
            assertThat(ids(reader, "")).containsExactly("soon", "later");
        }
    }

    private void recordAt(Clock clock, String session) throws Exception {
        try (JournalWriter writer = JournalWriter.open(directory, keys, JournalSettings.defaults(), clock, errors)) {
            Exchange exchange = Exchanges.exchange(session, 1, "/x", 200, clock.millis() * 1_000);
            writer.append(Exchanges.batch(List.of(SanitizedExchanges.of(exchange))));
        }
    }
}
