package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDictionaryIT {
    @TempDir
    Path home;

    private Path directory;
    private KeySet keys;

    @BeforeEach
    void recordEnoughToLearnFrom() throws Exception {
        directory = home.resolve("journal");
        KeySetFile.createIfAbsent(home.resolve("keys"));
        keys = KeySetFile.load(home.resolve("keys"));
        record("first", 60);
        assertThat(directory.resolve("dictionaries/1.dict")).exists();
        record("second", 10);
    }

    private void record(String name, int sessions) throws Exception {
        try (JournalWriter writer = JournalWriter.open(
                directory, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors())) {
            for (int i = 0; i < sessions; i++) {
                writer.append(Exchanges.batch(Exchanges.range(name + i + "s", 1, 10)));
            }
        }
    }

    private List<Exchange> read(String session) {
        try (JournalReader reader = JournalReader.open(directory, keys);
                Stream<Exchange> exchanges = reader.exchanges(session)) {
            return exchanges.toList();
        }
    }

    @Test
    void recordsBeforeAndAfterAreRead() throws Exception {
        assertThat(read("first0s")).hasSize(10);
        assertThat(read("second9s").get(9)).isEqualTo(Exchanges.exchange("second9s", 10));
        assertThat(directory.resolve("dictionaries/2.dict")).doesNotExist();
        for (Path place : List.of(directory.resolve("dictionaries"), home.resolve("journal.keyring"))) {
            String sealed = Files.readString(place.resolve("1.dict"), StandardCharsets.ISO_8859_1);
            assertThat(sealed).doesNotContain("zebra", "Content-Type", "orders");
        }
        assertThat(JournalVerifier.verify(directory, keys).damage()).isEmpty();
    }

    @Test
    void aCopyThatAKillPreventedIsMadeByTheNextWriter() throws Exception {
        Files.delete(home.resolve("journal.keyring/1.dict"));
        record("third", 1);

        assertThat(home.resolve("journal.keyring/1.dict"))
                .hasSameBinaryContentAs(directory.resolve("dictionaries/1.dict"));
        assertThat(JournalVerifier.verify(directory, keys).damage()).isEmpty();
    }

    @Test
    void oneDamagedCopyIsNamedAndCostsNothing() throws Exception {
        Path copy = directory.resolve("dictionaries/1.dict");
        byte[] content = Files.readAllBytes(copy);
        content[content.length / 2] ^= 1;
        Files.write(copy, content);
        assertThat(read("second0s")).hasSize(10);
        assertThat(JournalVerifier.verify(directory, keys).damage())
                .extracting(Damage::place)
                .containsExactly("dictionaries/1.dict");
    }

    @Test
    void withoutItsDictionaryARecordIsDamagedAndTheOthersAreNot() throws Exception {
        Files.delete(directory.resolve("dictionaries/1.dict"));
        Files.delete(home.resolve("journal.keyring/1.dict"));
        assertThat(read("first0s")).hasSize(10);
        assertThatExceptionOfType(RetakeException.class)
                .isThrownBy(() -> read("second0s"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
                .withMessageContaining("dictionary 1");
    }

    @Test
    void salvagingNeedsOneCopy() throws Exception {
        Files.delete(directory.resolve("dictionaries/1.dict"));
        JournalSalvage.Saved saved = JournalSalvage.salvage(directory, home.resolve("saved"), keys);
        assertThat(saved).isEqualTo(new JournalSalvage.Saved(70, 700, 0));
    }
}
