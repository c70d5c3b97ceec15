package dev.retake.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.query.SessionQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages every kind of file of a journal at random places and lengths. More trials: {@code -Dretake.damage.trials=N}.
 */
class JournalDamageIT {
    private static final int TRIALS = Integer.getInteger("retake.damage.trials", 15);
    private static final int SESSIONS = 60;
    private static final int EXCHANGES = 8;

    @TempDir
    Path home;

    private KeySet keys;
    private final Random random = new Random(20261121);

    @BeforeEach
    void makeKeys() {
        KeySetFile.createIfAbsent(home.resolve("keys"));
        keys = KeySetFile.load(home.resolve("keys"));
    }

    /** A closed journal is in table files; one that was not closed is in the log for the most part. */
    private Path record(boolean closed) throws Exception {
        Path journal = home.resolve("original/journal");
        Files.createDirectories(journal.getParent());
        JournalWriter writer = JournalWriter.open(
                journal, keys, JournalSettings.defaults(), Clock.systemUTC(), new BackgroundErrors());
        try (writer) {
            for (int i = 0; i < SESSIONS; i += 4) {
                List<dev.retake.privacy.SanitizedExchange> exchanges = new ArrayList<>();
                List<SessionUpdate> updates = new ArrayList<>();
                for (int j = i; j < i + 4; j++) {
                    exchanges.addAll(Exchanges.range("session" + j, 1, EXCHANGES));
                    updates.add(SessionUpdate.closed("session" + j, 0));
                }
                writer.append(new JournalBatch(exchanges, updates, LedgerDelta.NONE));
            }
            writer.recordUpstream("https://shop.example:443");
            if (closed) {
                writer.close();
            }
            writer.forwarded().add(closed ? 0 : SESSIONS * EXCHANGES);
            if (!closed) {
                writer.sync(); // a copy has the count as of the last sync
            }
            copy(home.resolve("original"), home.resolve("template"));
        }
        return home.resolve("template");
    }

    @Test
    void damageToAClosedJournalIsFoundAndCostsNothingElse() throws Exception {
        damageAtRandom(record(true));
    }

    @Test
    void damageToAJournalThatWasNotClosedIsFoundAndCostsNothingElse() throws Exception {
        damageAtRandom(record(false));
    }

    private void damageAtRandom(Path template) throws Exception {
        List<Path> files = files(template);
        for (int trial = 0; trial < TRIALS; trial++) {
            Path place = home.resolve("trial" + trial);
            copy(template, place);
            Path victim = place.resolve(template.relativize(files.get(trial % files.size())));
            boolean cut = random.nextBoolean();
            long size = Files.size(victim);
            long at = (long) (random.nextDouble() * size);
            long mayLose = cut ? recordsFrom(victim, at) + EXCHANGES : EXCHANGES;
            damage(victim, at, cut);
            String what = (cut ? "cut " : "flip ") + template.relativize(files.get(trial % files.size())) + " at " + at
                    + " of " + size;
            boolean sound = isFoundSound(place.resolve("journal"));
            int read = readable(place.resolve("journal"));
            if (sound) {
                // A log that is cut looks like one whose writer was killed: what is gone counts as unknown.
                assertThat(read + unknown(place.resolve("journal")))
                        .as("what verifying passes is all there, or missed: " + what)
                        .isEqualTo(SESSIONS * EXCHANGES);
            }
            JournalSalvage.Saved saved = JournalSalvage.salvage(place.resolve("journal"), place.resolve("saved"), keys);
            assertThat(saved.exchanges())
                    .as("saved after: " + what)
                    .isBetween(SESSIONS * EXCHANGES - mayLose, (long) SESSIONS * EXCHANGES);
            assertThat(JournalVerifier.verify(place.resolve("saved"), keys).damage())
                    .as(what)
                    .isEmpty();
            try (JournalReader reader = JournalReader.open(place.resolve("saved"), keys)) {
                assertThat(sum(reader.stats()))
                        .as(what)
                        .isEqualTo(reader.stats().forwarded());
                assertThat(reader.stats().captured()).isEqualTo(saved.exchanges());
            }
        }
    }

    @Test
    void salvagingASoundJournalLosesNothing() throws Exception {
        Path place = record(true);
        assertThat(JournalVerifier.verify(place.resolve("journal"), keys).damage())
                .isEmpty();
        assertThat(JournalVerifier.verify(place.resolve("journal"), keys).exchanges())
                .isEqualTo(SESSIONS * EXCHANGES);
        JournalSalvage.Saved saved = JournalSalvage.salvage(place.resolve("journal"), place.resolve("saved"), keys);
        assertThat(saved).isEqualTo(new JournalSalvage.Saved(SESSIONS, SESSIONS * EXCHANGES, 0));
        try (JournalReader before = JournalReader.open(place.resolve("journal"), keys);
                JournalReader after = JournalReader.open(place.resolve("saved"), keys);
                Stream<Session> left = before.sessions(SessionQuery.ALL);
                Stream<Session> right = after.sessions(SessionQuery.ALL)) {
            assertThat(right.toList()).isEqualTo(left.toList());
            assertThat(after.upstreams()).containsExactly("https://shop.example:443");
            assertThat(after.stats().forwarded()).isEqualTo(before.stats().forwarded());
        }
    }

    @Test
    void upstreamsAreSavedWhereTheTablesCannotBeOpened() throws Exception {
        Path place = record(true);
        for (Path file : files(place)) {
            if (file.getFileName().toString().startsWith("MANIFEST")) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        assertThat(codeOfReading(place.resolve("journal"))).isEqualTo(ErrorCode.DAMAGED);
        JournalSalvage.salvage(place.resolve("journal"), place.resolve("saved"), keys);
        try (JournalReader reader = JournalReader.open(place.resolve("saved"), keys)) {
            assertThat(reader.upstreams()).containsExactly("https://shop.example:443");
        }
    }

    private ErrorCode codeOfReading(Path journal) {
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            throw new AssertionError("opened, with " + reader.damage());
        } catch (RetakeException e) {
            return e.code();
        }
    }

    private boolean isFoundSound(Path journal) {
        return JournalVerifier.verify(journal, keys).damage().isEmpty();
    }

    /** How many exchanges a reader gets; it must refuse in its own words and not break down. */
    private int readable(Path journal) {
        int read = 0;
        try (JournalReader reader = JournalReader.open(journal, keys);
                Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            for (Session session : sessions.toList()) {
                read += readable(reader, session.id());
            }
        } catch (RetakeException e) {
            assertThat(e.code()).isIn(ErrorCode.DAMAGED, ErrorCode.DISK);
        }
        return read;
    }

    private long unknown(Path journal) {
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            return reader.stats().unknown();
        }
    }

    private static int readable(JournalReader reader, String session) {
        try (Stream<Exchange> exchanges = reader.exchanges(session)) {
            List<Exchange> list = exchanges.toList();
            for (Exchange exchange : list) {
                assertThat(exchange).isEqualTo(Exchanges.exchange(session, exchange.sequence()));
            }
            return list.size();
        } catch (RetakeException e) {
            assertThat(e.code()).as("for the cause: %s", e.getCause()).isEqualTo(ErrorCode.DAMAGED);
            return 0;
        }
    }

    private static long sum(JournalStats stats) {
        return stats.captured()
                + stats.sampledOut()
                + stats.excluded()
                + stats.unknown()
                + stats.dropped().values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many records of the file begin at {@code at} or shortly before: what is cut off there is gone. */
    private static long recordsFrom(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        long count = 0;
        for (int i = (int) Math.max(0, at - 4_096); i + 4 <= bytes.length; i++) {
            if (bytes[i] == 'R' && bytes[i + 1] == 'T' && bytes[i + 2] == 'K' && bytes[i + 3] == 'F') {
                count++;
            }
        }
        boolean isKeys = file.toString().endsWith(".keys");
        return isKeys ? (bytes.length - at) / 64 * EXCHANGES : count;
    }

    private static void damage(Path file, long at, boolean cut) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (cut) {
                channel.truncate(at);
                return;
            }
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 0x5a)).rewind();
            channel.write(one, at);
        }
    }

    private static List<Path> files(Path place) throws IOException {
        try (Stream<Path> walk = Files.walk(place)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> sizeOf(file) > 0)
                    .sorted()
                    .toList();
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Map<Path, Path> copies = new HashMap<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.sorted().forEach(path -> copies.put(path, to.resolve(from.relativize(path))));
        }
        for (Path path : copies.keySet().stream().sorted().toList()) {
            if (Files.isDirectory(path)) {
                Files.createDirectories(copies.get(path));
            } else {
                Files.copy(path, copies.get(path));
            }
        }
    }
}
