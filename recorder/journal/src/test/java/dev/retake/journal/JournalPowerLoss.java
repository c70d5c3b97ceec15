package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the power away: a recorder writes to a file system of its own, and in the midst of it the image of its device is
 * copied, which holds what was synced and little else. Needs root and loop devices, so it runs by a command of its own; see
 * docs/journal-format.md. {@code -Dretake.powerloss.rounds=N} for more rounds than 10.
 */
class JournalPowerLoss {
    private static final int ROUNDS = Integer.getInteger("retake.powerloss.rounds", 10);

    @TempDir
    Path home;

    @Test
    void whatWasReportedDurableSurvivesTheLossOfUnsyncedPages() throws Exception {
        Path keyFile = home.resolve("keys");
        KeySetFile.createIfAbsent(keyFile);
        KeySet keys = KeySetFile.load(keyFile);
        Random random = new Random(3);
        long lostInAll = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path image = home.resolve("disk.img");
            Path survivor = home.resolve("survivor.img");
            Durability durability = round % 2 == 0 ? Durability.INTERVAL : Durability.BATCH;
            Written written = record(image, survivor, keyFile, durability, 20 + random.nextInt(150));
            lostInAll += written.appended() - check(survivor, keys, written.durable());
            Files.delete(image);
            Files.delete(survivor);
        }
        assertThat(lostInAll)
                .as("power was lost, and with it what was not synced")
                .isPositive();
    }

    private record Written(long durable, long appended) {}

    /** Records on {@code image}, and copies it to {@code survivor} while pages are dirty. */
    private Written record(Path image, Path survivor, Path keyFile, Durability durability, int batches)
            throws Exception {
        run("truncate", "-s", "192M", image.toString());
        run("mkfs.ext4", "-q", "-F", image.toString());
        Path disk = Files.createDirectory(home.resolve("disk"));
        run("mount", "-o", "loop,commit=300", image.toString(), disk.toString());
        try (RecorderProcess recorder = RecorderProcess.start(
                disk.resolve("journal"), keyFile, "power", durability, home.resolve("recorder.err"))) {
            recorder.awaitBatches(batches);
            run("kill", "-STOP", Long.toString(recorder.pid()));
            recorder.readOn();
            run("cp", "--sparse=always", image.toString(), survivor.toString());
            recorder.kill();
            return new Written(recorder.durable(), recorder.appended());
        } finally {
            run("umount", "-l", disk.toString());
            Files.delete(disk);
        }
    }

    /** Checks what is left on {@code survivor}; how many exchanges are there. */
    private long check(Path survivor, KeySet keys, long durable) throws Exception {
        Path disk = Files.createDirectory(home.resolve("after"));
        run("mount", "-o", "loop", survivor.toString(), disk.toString());
        try {
            Path directory = disk.resolve("journal");
            JournalWriter.open(directory, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors())
                    .close();
            assertThat(JournalVerifier.verify(directory, keys).damage()).isEmpty();
            assertThat(hasPlainText(disk)).isFalse();
            try (JournalReader reader = JournalReader.open(directory, keys)) {
                JournalStats stats = reader.stats();
                assertThat(stats.captured()).isGreaterThanOrEqualTo(durable);
                long dropped = stats.dropped().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(stats.captured() + stats.excluded() + dropped + stats.unknown())
                        .isEqualTo(stats.forwarded());
                assertThat(stats.uncleanEnds()).isEqualTo(1);
                return stats.captured();
            }
        } finally {
            run("umount", "-l", disk.toString());
            Files.delete(disk);
        }
    }

    private static boolean hasPlainText(Path disk) throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (JournalCrashIT.hasPlainText(file)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), said)
                .isZero();
    }
}
