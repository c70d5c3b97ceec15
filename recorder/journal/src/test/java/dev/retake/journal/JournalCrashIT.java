package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.query.SessionQuery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a recorder in the midst of its work, again and again. More often: {@code -Dretake.crash.kills=N}. */
class JournalCrashIT {
    private static final int KILLS = Integer.getInteger("retake.crash.kills", 20);

    @TempDir
    Path home;

    private Path directory;
    private Path keyFile;
    private KeySet keys;

    @BeforeEach
    void makeKeys() {
        directory = home.resolve("journal");
        keyFile = home.resolve("journal.keys");
        KeySetFile.createIfAbsent(keyFile);
        keys = KeySetFile.load(keyFile);
    }

    @Test
    void whatWasReportedDurableSurvivesEveryKill() throws Exception {
        Random random = new Random(1);
        long reported = 0;
        long captured = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Durability durability = kill % 2 == 0 ? Durability.BATCH : Durability.INTERVAL;
            long inThisRun = recordAndKill("run" + kill, durability, 1 + random.nextInt(25));
            try (JournalReader reader = JournalReader.open(directory, keys)) {
                JournalStats stats = reader.stats();
                assertThat(stats.captured()).isGreaterThanOrEqualTo(captured + inThisRun);
                assertAddsUp(stats);
                assertThat(stats.uncleanEnds()).isEqualTo(kill - 1);
                captured = stats.captured();
            }
            reported += inThisRun;
        }
        assertThat(reported).isPositive();
        JournalWriter.open(directory, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors())
                .close();
        assertThat(JournalVerifier.verify(directory, keys).damage()).isEmpty();
        try (JournalReader reader = JournalReader.open(directory, keys);
                Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            JournalStats stats = reader.stats();
            assertAddsUp(stats);
            assertThat(stats.captured()).isEqualTo(captured);
            assertThat(stats.uncleanEnds()).isEqualTo(KILLS);
            long read = 0;
            for (Session session : sessions.toList()) {
                assertThat(session.closed()).isTrue();
                read += readWhole(reader, session);
            }
            assertThat(read).isEqualTo(captured);
        }
        assertThat(filesWithPlainText()).isEmpty();
    }

    /** How many exchanges the recorder had reported as durable when it was killed. */
    private long recordAndKill(String name, Durability durability, int batches) throws Exception {
        Path complaints = home.resolve("recorder.err");
        try (RecorderProcess recorder = RecorderProcess.start(directory, keyFile, name, durability, complaints)) {
            recorder.awaitBatches(batches);
            recorder.kill();
            return recorder.durable();
        }
    }

    private static void assertAddsUp(JournalStats stats) {
        long dropped =
                stats.dropped().values().stream().mapToLong(Long::longValue).sum();
        assertThat(stats.captured() + stats.sampledOut() + stats.excluded() + dropped + stats.unknown())
                .isEqualTo(stats.forwarded());
        assertThat(stats.unknown()).isNotNegative();
    }

    private static long readWhole(JournalReader reader, Session session) {
        try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
            List<Exchange> list = exchanges.toList();
            assertThat(list).hasSize(session.exchanges());
            for (int i = 0; i < list.size(); i++) {
                assertThat(list.get(i)).isEqualTo(Exchanges.exchange(session.id(), i + 1));
            }
            return list.size();
        }
    }

    private List<Path> filesWithPlainText() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(JournalCrashIT::hasPlainText)
                    .toList();
        }
    }

    static boolean hasPlainText(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(Exchanges.MARKER);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
