package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.query.SessionQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDiskFullIT {
    private static final int BATCH = 40;
    private static final int REFUSED_IN_A_ROW = 4;

    @TempDir
    Path home;

    @Test
    void aFullDiskCostsOnlyWhatCameMeanwhile() throws Exception {
        KeySetFile.createIfAbsent(home.resolve("keys"));
        KeySet keys = KeySetFile.load(home.resolve("keys"));
        try (SmallDisk disk = SmallDisk.mount(home.resolve("disk"), 64 << 20)) {
            fillAndFree(disk.directory(), keys);
        }
    }

    private static void fillAndFree(Path disk, KeySet keys) throws IOException {
        Path directory = disk.resolve("journal");
        JournalSettings settings = JournalSettings.defaults().withDurability(Durability.BATCH);
        long written = 0;
        long lost = 0;
        long dropped = 0; // of these, what the journal was not told of yet
        try (JournalWriter writer =
                JournalWriter.open(directory, keys, settings, Clock.systemUTC(), new BackgroundErrors())) {
            // Frees more than was left, for a journal that is opened again needs as much room as its log holds.
            Path ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[44 << 20]);
            int session = 0;
            // Full for good: what fills it first may be tables that take the place of a log.
            for (int refused = 0; refused < REFUSED_IN_A_ROW; ) {
                boolean appended = append(writer, "s" + session++, dropped);
                refused = appended ? 0 : refused + 1;
                written += appended ? BATCH : 0;
                dropped = appended ? 0 : dropped + BATCH;
                lost += appended ? 0 : BATCH;
            }
            Files.delete(ballast);
            if (!append(writer, "s" + session++, dropped)) {
                // Tables that found no room after the last batch: the first one to come is told, and the next opens
                // anew.
                dropped += BATCH;
                lost += BATCH;
                assertThat(append(writer, "s" + session++, dropped)).isTrue();
            }
            written += BATCH;
            for (int i = 0; i < 20; i++) {
                assertThat(append(writer, "s" + session++, 0)).isTrue();
                written += BATCH;
            }
        }
        assertThat(JournalVerifier.verify(directory, keys).damage()).isEmpty();
        try (JournalReader reader = JournalReader.open(directory, keys);
                Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            JournalStats stats = reader.stats();
            assertThat(stats.captured()).isEqualTo(written);
            assertThat(stats.dropped()).isEqualTo(Map.of("journal", lost));
            assertThat(stats.forwarded()).isEqualTo(written + lost);
            assertThat(stats.unknown()).isZero();
            assertThat(sessions.mapToLong(Session::exchanges).sum()).isEqualTo(written);
        }
    }

    private static boolean append(JournalWriter writer, String session, long droppedBefore) {
        writer.forwarded().add(BATCH);
        LedgerDelta ledger =
                droppedBefore == 0 ? LedgerDelta.NONE : new LedgerDelta(0, 0, Map.of("journal", droppedBefore));
        try {
            writer.append(new JournalBatch(Exchanges.range(session, 1, BATCH), List.of(), ledger));
            return true;
        } catch (JournalUnavailableException e) {
            assertThat(e).hasMessageContaining("room");
            return false;
        }
    }
}
