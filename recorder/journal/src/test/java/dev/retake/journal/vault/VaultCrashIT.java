package dev.retake.journal.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.privacy.Replaced;
import dev.retake.privacy.detect.DataClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed while it writes has lost nothing that it called stored. */
class VaultCrashIT {
    private static final int KILLS = 3;
    private static final int STORED_BEFORE = 2_000;

    @TempDir
    private Path directory;

    @Test
    void whatWasStoredSurvivesAKill() throws Exception {
        VaultFiles files = VaultFiles.of(directory.resolve("journal"));
        VaultKeyFile.createIfAbsent(files.key());
        KeyPair key = VaultKeyFile.load(files.key());
        for (int kill = 0; kill < KILLS; kill++) {
            long stored = storedBeforeKill(kill);
            try (VaultReader reader = VaultReader.open(files)) {
                for (long i = 0; i < stored; i += 11) {
                    assertThat(reader.reveal("s" + kill + "-" + i, key))
                            .as("value " + i + " of " + stored)
                            .hasSize(1)
                            .allMatch(value -> value.original().startsWith("u"));
                }
            }
        }
    }

    private long storedBeforeKill(int kill) throws IOException, InterruptedException {
        Path complaints = directory.resolve("complaints");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VaultCrashIT.class.getName(),
                        directory.resolve("journal").toString(),
                        Integer.toString(kill))
                .redirectError(complaints.toFile())
                .start();
        long stored = 0;
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        while (stored < STORED_BEFORE) {
            String line = lines.readLine();
            assertThat(line).as(Files.readString(complaints)).isNotNull();
            stored = Long.parseLong(line);
        }
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return stored;
    }

    /** Stores values one after the other, and says how many are stored. */
    public static void main(String[] args) {
        VaultFiles files = VaultFiles.of(Path.of(args[0]));
        VaultSettings settings = VaultSettings.from(Config.defaults());
        VaultWriter writer = VaultWriter.behindData(
                settings, files, VaultKeyFile.loadPublic(files.key()), Clock.systemUTC(), new BackgroundErrors());
        long told = 0;
        for (long i = 0; ; i++) {
            writer.add(Replaced.value(DataClass.USER_ID, "u" + i, "s" + args[1] + "-" + i));
            if (writer.stored() > told) {
                told = writer.stored();
                System.out.println(told);
            }
        }
    }
}
