package dev.retake.journal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.common.keys.SealBrokenException;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
    private static final int DAY = (int) LocalDate.parse("2026-11-21").toEpochDay();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final byte[] NOTHING = {};

    @TempDir
    Path home;

    private Path directory;
    private KeySet keys;

    @BeforeEach
    void makeKeys() {
        directory = home.resolve("journal.keyring");
        KeySetFile.createIfAbsent(home.resolve("keys"));
        keys = KeySetFile.load(home.resolve("keys"));
    }

    private KeyringWriter writer() {
        return new KeyringWriter(directory, keys, "tenant", CLOCK);
    }

    private static boolean sameKey(RecordKey sealing, RecordKey opening) {
        try {
            byte[] sealed = sealing.aead().seal(new byte[] {1, 2, 3}, NOTHING);
            return opening.aead().open(sealed, NOTHING).length == 3;
        } catch (SealBrokenException e) {
            return false;
        }
    }

    @Test
    void everyKeyIsFoundAgainAndNoTwoAreTheSame() throws Exception {
        KeyringWriter writer = writer();
        List<RecordKey> issued = new ArrayList<>();
        for (int i = 0; i < 3 * KeyBlock.KEYS + 1; i++) {
            issued.add(writer.next(DAY));
        }
        KeyringReader reader = new KeyringReader(directory, keys);
        Set<Integer> numbers = new HashSet<>();
        for (RecordKey key : issued) {
            assertThat(numbers.add(key.number())).isTrue();
            assertThat(sameKey(key, reader.key(DAY, key.number()))).isTrue();
        }
        assertThat(sameKey(issued.get(0), issued.get(1))).isFalse();
        assertThat(sameKey(issued.get(0), issued.get(KeyBlock.KEYS))).isFalse();
        assertThat(KeyringCheck.damage(directory)).isEmpty();
        assertThat(KeyringFiles.lastIssued(directory, DAY))
                .isEqualTo(CLOCK.instant().getEpochSecond());
    }

    @Test
    void aRestartedWriterIssuesNewKeys() throws Exception {
        RecordKey before = writer().next(DAY);
        RecordKey after = writer().next(DAY);
        assertThat(after.number()).isEqualTo(before.number() + KeyBlock.KEYS);
    }

    @Test
    void aBlockThatWasCutOffKeepsItsNumbers() throws Exception {
        RecordKey before = writer().next(DAY);
        Path file = directory.resolve("2026-11-21.keys");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, 300));
        RecordKey after = writer().next(DAY);
        assertThat(after.number()).isEqualTo(KeyBlock.KEYS);
        KeyringReader reader = new KeyringReader(directory, keys);
        assertThat(sameKey(after, reader.key(DAY, after.number()))).isTrue();
        assertThat(sameKey(before, reader.key(DAY, before.number()))).isTrue();
    }

    @Test
    void aDamagedByteCostsAtMostOneKey() throws Exception {
        KeyringWriter writer = writer();
        List<RecordKey> issued = new ArrayList<>();
        for (int i = 0; i < KeyBlock.KEYS; i++) {
            issued.add(writer.next(DAY));
        }
        Path file = directory.resolve("2026-11-21.keys");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 37) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThat(readable(issued)).as("byte %s", at).isGreaterThanOrEqualTo(KeyBlock.KEYS - 1);
        }
    }

    private long readable(List<RecordKey> issued) {
        KeyringReader reader = new KeyringReader(directory, keys);
        return issued.stream().filter(key -> isReadable(reader, key)).count();
    }

    private static boolean isReadable(KeyringReader reader, RecordKey key) {
        try {
            return sameKey(key, reader.key(DAY, key.number()));
        } catch (UnreadableException e) {
            return false;
        }
    }

    @Test
    void destroyedKeysAreGone() throws Exception {
        KeyringWriter writer = writer();
        RecordKey key = writer.next(DAY);
        writer.destroy(DAY);
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> new KeyringReader(directory, keys).key(DAY, key.number()))
                .withMessageContaining("2026-11-21.keys, which is gone");
        assertThat(writer.next(DAY).number()).isZero();
    }

    @Test
    void anotherKeySetDoesNotOpenIt() throws Exception {
        RecordKey key = writer().next(DAY);
        KeySetFile.createIfAbsent(home.resolve("others"));
        KeyringReader reader = new KeyringReader(directory, KeySetFile.load(home.resolve("others")));
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> reader.key(DAY, key.number()))
                .withMessageContaining("does not open under the key set");
    }

    @Test
    void onlyTheOwnerMayLook() throws IOException {
        writer().next(DAY);
        assertThat(Files.getPosixFilePermissions(directory)).hasSize(3);
        assertThat(Files.getPosixFilePermissions(directory.resolve("2026-11-21.keys")))
                .hasSize(2);
    }
}
