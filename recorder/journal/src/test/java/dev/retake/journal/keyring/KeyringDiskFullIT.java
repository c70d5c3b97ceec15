package dev.retake.journal.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringDiskFullIT {
    private static final int DAY = 20_000;
    private static final int BALLAST = 32 << 10;

    @TempDir
    Path home;

    @Test
    void aBlockThatFoundNoRoomLeavesNoTrace() throws Exception {
        KeySetFile.createIfAbsent(home.resolve("keys"));
        KeySet keys = KeySetFile.load(home.resolve("keys"));
        try (SmallDisk disk = SmallDisk.mount(home.resolve("disk"), 128 << 10)) {
            Path ballast = Files.write(disk.directory().resolve("ballast"), new byte[BALLAST]);
            Path directory = disk.directory().resolve("journal.keyring");
            KeyringWriter writer = new KeyringWriter(directory, keys, "tenant", Clock.systemUTC());
            int issued = issue(writer);
            assertThat(issued).isPositive();
            assertThat(KeyringCheck.damage(directory)).isEmpty();

            Files.delete(ballast);
            int more = issue(writer);
            assertThat(more).isPositive();
            assertThat(KeyringCheck.damage(directory)).isEmpty();

            KeyringReader reader = new KeyringReader(directory, keys);
            for (int number = 0; number < issued + more; number++) {
                assertThat(reader.key(DAY, number).number()).isEqualTo(number);
            }
        }
    }

    /** How many keys there are until the disk is full. */
    private static int issue(KeyringWriter writer) {
        int issued = 0;
        while (true) {
            try {
                writer.next(DAY);
                issued++;
            } catch (IOException e) {
                return issued;
            }
        }
    }
}
