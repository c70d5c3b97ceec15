package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.query.SessionQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills a small file system of its own; needs the right to mount one. */
class JournalDiskFullIT {
    @TempDir
    Path home;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = Files.createDirectory(home.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        boolean required = Boolean.parseBoolean(System.getenv("RETAKE_PEERS_REQUIRED"));
        assumeTrue(mounted || required, "mounting a tmpfs needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            // Lazily: a mapped file stays mapped until its buffer is collected.
            assertThat(run("umount", "-l", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    @Test
    void aFullDiskCostsOnlyWhatCameMeanwhile() throws Exception {
        assertThat(mounted).isTrue();
        KeySetFile.createIfAbsent(home.resolve("keys"));
        KeySet keys = KeySetFile.load(home.resolve("keys"));
        Path directory = disk.resolve("journal");
        JournalSettings settings = JournalSettings.defaults().withDurability(Durability.BATCH);
        long written = 0;
        long dropped = 0;
        try (JournalWriter writer =
                JournalWriter.open(directory, keys, settings, Clock.systemUTC(), new BackgroundErrors())) {
            Path ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[10 << 20]);
            int session = 0;
            boolean full = false;
            while (!full) {
                full = !append(writer, "s" + session++, 0);
                written += full ? 0 : 40;
            }
            dropped += 40;
            for (int i = 0; i < 3; i++) {
                assertThat(append(writer, "s" + session++, 0)).isFalse();
                dropped += 40;
            }
            Files.delete(ballast);
            assertThat(append(writer, "s" + session++, dropped)).isTrue();
            written += 40;
            for (int i = 0; i < 20; i++) {
                assertThat(append(writer, "s" + session++, 0)).isTrue();
                written += 40;
            }
        }
        assertThat(JournalVerifier.verify(directory, keys).damage()).isEmpty();
        try (JournalReader reader = JournalReader.open(directory, keys);
                Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            JournalStats stats = reader.stats();
            assertThat(stats.captured()).isEqualTo(written);
            assertThat(stats.dropped()).isEqualTo(Map.of("journal", dropped));
            assertThat(stats.forwarded()).isEqualTo(written + dropped);
            assertThat(stats.unknown()).isZero();
            assertThat(sessions.mapToLong(Session::exchanges).sum()).isEqualTo(written);
        }
    }

    private static boolean append(JournalWriter writer, String session, long droppedBefore) {
        writer.forwarded().add(40);
        LedgerDelta ledger =
                droppedBefore == 0 ? LedgerDelta.NONE : new LedgerDelta(0, 0, Map.of("journal", droppedBefore));
        try {
            writer.append(new JournalBatch(Exchanges.range(session, 1, 40), List.of(), ledger));
            return true;
        } catch (JournalUnavailableException e) {
            assertThat(e).hasMessageContaining("room");
            return false;
        }
    }
}
