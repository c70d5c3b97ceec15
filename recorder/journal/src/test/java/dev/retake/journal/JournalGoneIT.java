package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal that is moved or removed under its writer: what nobody could find again is not reported as kept. */
class JournalGoneIT {
    @TempDir
    Path home;

    private Path directory;
    private KeySet keys;

    @BeforeEach
    void makeKeys() {
        directory = home.resolve("journal");
        KeySetFile.createIfAbsent(home.resolve("keys"));
        keys = KeySetFile.load(home.resolve("keys"));
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMovedJournalTakesNothingUntilItIsBack(Durability durability) throws Exception {
        try (JournalWriter writer = write(durability)) {
            append(writer, "before");
            Files.move(directory, home.resolve("elsewhere"));
            assertGone(writer, "meanwhile");
            Files.move(home.resolve("elsewhere"), directory);
            append(writer, "after");
        }
        try (JournalReader reader = JournalReader.open(directory, keys)) {
            assertThat(reader.stats().captured()).isEqualTo(20);
            assertThat(reader.stats().forwarded()).isEqualTo(30);
        }
    }

    @Test
    void whatIsAppendedToARemovedJournalNeverCountsAsDurable() throws Exception {
        JournalWriter writer = write(Durability.INTERVAL);
        append(writer, "before");
        writer.sync();
        assertThat(writer.durableExchanges()).isEqualTo(10);
        append(writer, "lost");
        remove(directory);
        writer.sync();
        assertThat(writer.durableExchanges()).isEqualTo(10);
        assertGone(writer, "later");
        writer.abandon();
        assertThat(directory).doesNotExist();
        try (JournalWriter next = write(Durability.INTERVAL)) {
            append(next, "anew");
        }
        try (JournalReader reader = JournalReader.open(directory, keys)) {
            assertThat(reader.stats().captured()).isEqualTo(10);
        }
    }

    @Test
    void aKeyringThatIsRemovedIsNoticed() throws Exception {
        JournalWriter writer = write(Durability.BATCH);
        append(writer, "before");
        remove(home.resolve("journal.keyring"));
        assertGone(writer, "later");
        writer.abandon();
        try (JournalWriter next = write(Durability.BATCH)) {
            append(next, "anew");
        }
        try (JournalReader reader = JournalReader.open(directory, keys);
                Stream<dev.retake.common.exchange.Exchange> exchanges = reader.exchanges("anew")) {
            assertThat(exchanges).hasSize(10);
        }
    }

    @Test
    void closingAJournalThatIsGoneSaysSo() throws Exception {
        JournalWriter writer = write(Durability.INTERVAL);
        append(writer, "before");
        Files.move(directory, home.resolve("elsewhere"));
        assertThatThrownBy(writer::close).isInstanceOf(RetakeException.class).hasMessageContaining("moved or removed");
        Files.move(home.resolve("elsewhere"), directory);
        try (JournalWriter next = write(Durability.INTERVAL)) {
            append(next, "after");
        }
        try (JournalReader reader = JournalReader.open(directory, keys)) {
            assertThat(reader.stats().captured()).isEqualTo(20);
        }
    }

    private JournalWriter write(Durability durability) {
        return JournalWriter.open(
                directory,
                keys,
                JournalSettings.defaults().withDurability(durability),
                Clock.systemUTC(),
                new BackgroundErrors());
    }

    private static void append(JournalWriter writer, String session) throws JournalUnavailableException {
        writer.forwarded().add(10);
        writer.append(new JournalBatch(Exchanges.range(session, 1, 10), List.of(), LedgerDelta.NONE));
    }

    private static void assertGone(JournalWriter writer, String session) {
        assertThatThrownBy(() -> append(writer, session))
                .isInstanceOfSatisfying(
                        JournalUnavailableException.class,
                        e -> assertThat(e.isGone()).isTrue())
                .hasMessageContaining("moved or removed");
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
