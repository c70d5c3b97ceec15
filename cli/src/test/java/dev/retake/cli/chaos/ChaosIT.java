package dev.retake.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.retake.cli.chaos.Root.Injection;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalVerifier;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One sidecar with traffic all the time, while what its capture depends on breaks and heals: no client notices, the operator
 * is told, capture goes on by itself, and in the end every exchange is accounted for. {@code -Dretake.chaos=long} has each
 * fault last as long as it may in life.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT {
    private static final boolean LONG = "long".equals(System.getProperty("retake.chaos"));
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration HEALED = Duration.ofSeconds(10);

    @TempDir
    private static Path home;

    private Path disk;
    private Path journal;
    private Path clock;
    private Upstream upstream;
    private LiveSidecar sidecar;
    private Traffic traffic;
    private Traffic direct;
    private long others;

    @BeforeAll
    void start() throws Exception {
        Root.require("strace", "fsfreeze", "chattr", "mkfs.ext4", "faketime");
        disk = home.resolve("disk");
        journal = disk.resolve("journal");
        clock = home.resolve("clock");
        Root.mountImage(home.resolve("disk.img"), disk, "96M");
        setClock("+0");
        upstream = new Upstream();
        Root.run("fsfreeze", "-f", disk.toString());
        sidecar = LiveSidecar.start(
                home,
                upstream.url(),
                journal,
                List.of("-Xmx160m"),
                Map.of(
                        "LD_PRELOAD", faketime().toString(),
                        "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        "NO_FAKE_STAT", "1"),
                "journal: {retention: 1d}\n");
        traffic = new Traffic(sidecar.address(), 4, 200);
        direct = new Traffic(upstream.url(), 1, 50);
    }

    @AfterAll
    void end() throws Exception {
        for (AutoCloseable open : new AutoCloseable[] {traffic, direct, sidecar, upstream}) {
            if (open != null) {
                open.close();
            }
        }
        if (disk != null && Files.exists(disk)) {
            Root.tried("fsfreeze", "-u", disk.toString());
            Root.tried("chattr", "-R", "-i", disk.toString());
            Root.tried("umount", "-l", disk.toString());
        }
    }

    /** A fault while it is there. */
    private interface Fault {
        void happen() throws Exception;
    }

    /** Has {@code fault} happen, and holds that clients had their answers as if it had not, and that capture goes on then. */
    private void endure(Fault fault) throws Exception {
        long before = captured();
        until("captured again", HEALED, () -> captured() > before);
        long behind = traffic.begin();
        long beside = direct.begin();
        fault.happen();
        long healed = captured();
        until("capture goes on after the fault", HEALED, () -> isOn() && captured() > healed + 20);
        Traffic.Latency through = traffic.since(behind);
        Traffic.Latency past = direct.since(beside);
        assertThat(traffic.failures()).isEmpty();
        assertThat(through.max())
                .as("the slowest of %s, beside %s without a sidecar", through, past)
                .isLessThan(past.max() + 1_000);
        assertThat(through.p99())
                .as("all but the slowest of %s, beside %s", through, past)
                .isLessThan(10 * past.p99() + 100);
        assertThat(sidecar.underWay()).isBetween(0L, 5_000L);
    }

    private long captured() throws IOException, InterruptedException {
        return sidecar.meter("retake_exchanges_captured_total");
    }

    private boolean isOn() throws IOException, InterruptedException {
        return sidecar.meter("retake_capture_on") == 1 && sidecar.readiness().equals("ready\n");
    }

    private void awaitOff(Duration within, String why) throws Exception {
        until("/readyz says that " + why, within, () -> sidecar.readiness().contains(why));
        assertThat(sidecar.meter("retake_capture_on")).isZero();
    }

    private static void until(String what, Duration within, Callable<Boolean> condition) {
        await(what)
                .atMost(within)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    /** Lets it last. */
    private static void last(int seconds, int inLife) {
        Duration time = Duration.ofSeconds(LONG ? inLife : seconds);
        await().atMost(time.plusSeconds(10)).pollDelay(time).until(() -> true);
    }

    @Test
    @Order(0)
    void forwardingBeginsBeforeTheJournalIsOpen() throws Exception {
        until("clients are answered", HEALED, () -> traffic.answered() > 200);
        awaitOff(HEALED, "The journal is not open after");
        assertThat(captured()).isZero();
        Root.run("fsfreeze", "-u", disk.toString());
        until("capture begins", HEALED, () -> isOn() && captured() > 100);
        assertThat(traffic.failures()).isEmpty();
    }

    @Test
    @Order(1)
    void theDirectoryIsMovedAwayAndBack() throws Exception {
        endure(() -> {
            Path elsewhere = disk.resolve("elsewhere");
            Files.move(journal, elsewhere);
            awaitOff(AT_ONCE, "moved or removed");
            last(1, 3);
            Files.move(elsewhere, journal);
        });
        assertThat(sidecar.log()).contains("capture is off: The journal", "capture is on again after");
    }

    @Test
    @Order(2)
    void theDirectoryBecomesReadOnly() throws Exception {
        endure(() -> {
            Root.run("chattr", "-R", "+i", journal.toString());
            awaitOff(AT_ONCE, "cannot be written");
            last(1, 20);
            Root.run("chattr", "-R", "-i", journal.toString());
        });
    }

    @Test
    @Order(3)
    void aSyncTakesSeconds() throws Exception {
        endure(() -> {
            String wait = "fdatasync:delay_enter=" + (LONG ? 5_000_000 : 3_000_000) + ":when=1";
            try (Injection slow = inject("retake-journal-sync", wait)) {
                last(3, 6);
            }
        });
    }

    @Test
    @Order(4)
    void everyThirdSyncFails() throws Exception {
        long failures = failuresSaid();
        endure(() -> {
            try (Injection failing = inject("retake-journal-sync", "fdatasync:error=EIO:when=2+3")) {
                until("said", HEALED, () -> failuresSaid() > failures);
                last(2, 30);
            }
        });
    }

    /** Said by the sync, or by the batch that met what it left: which comes first is the scheduler's to decide. */
    private long failuresSaid() throws IOException {
        return sidecar.log()
                .lines()
                .filter(line -> line.contains("sync the journal") || line.contains("capture is off"))
                .count();
    }

    @Test
    @Order(5)
    void theDiskStandsStill() throws Exception {
        endure(() -> {
            Root.run("fsfreeze", "-f", disk.toString());
            awaitOff(Duration.ofSeconds(4), "look at its disk");
            last(1, 30);
            Root.run("fsfreeze", "-u", disk.toString());
        });
    }

    @Test
    @Order(7)
    void theKeySetIsRemoved() throws Exception {
        Path keys = LiveSidecar.keys(home);
        Path backup = home.resolve("backup.keys");
        endure(() -> {
            Files.move(keys, backup);
            until("said", Duration.ofSeconds(3), () -> sidecar.readiness().contains("is gone; capture goes on"));
            long before = captured();
            until("captured with the keys in memory", HEALED, () -> captured() > before + 20);
            assertThatThrownBy(() -> LiveSidecar.start(home, upstream.url(), journal, List.of(), Map.of(), ""))
                    .hasMessageContaining("restore that from its backup");
            assertThat(keys).doesNotExist();
            Files.move(backup, keys);
            until("said", Duration.ofSeconds(3), () -> sidecar.readiness().equals("ready\n"));
        });
    }

    @Test
    @Order(8)
    void theClockIsSteppedByAnHourAndByDays() throws Exception {
        for (String step : List.of("+3600", "+0", "-3600", "+172800", "-86400", "+0")) {
            endure(() -> {
                setClock(step);
                last(0, 5);
            });
        }
    }

    private static Path faketime() throws IOException {
        try (DirectoryStream<Path> triplets = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path triplet : triplets) {
                Path library = triplet.resolve("faketime/libfaketime.so.1");
                if (Files.exists(library)) {
                    return library;
                }
            }
        }
        throw new IOException("faketime is installed without its library");
    }

    /** libfaketime looks at the file with each call; so it must be whole at any time. */
    private void setClock(String offset) throws IOException {
        Path draft = home.resolve("clock.new");
        Files.writeString(draft, offset + "\n");
        Files.move(draft, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @Order(9)
    void theDiskIsFull() throws Exception {
        endure(() -> {
            Path ballast = disk.resolve("ballast");
            Root.tried("dd", "if=/dev/zero", "of=" + ballast, "bs=64k", "conv=fsync");
            // The log has room of its own, set aside while there was some; large answers fill it.
            try (Traffic large = new Traffic(sidecar.address(), "/" + Upstream.LARGE, 2, 80)) {
                awaitOff(HEALED, "There is no room for the journal");
                last(1, 20);
                assertThat(large.failures()).isEmpty();
                large.stop();
                others += large.answered();
            }
            Files.delete(ballast);
        });
    }

    @Test
    @Order(10)
    void whatWasRecordedSoFarIsThereOnceAndSealed() throws Exception {
        KeySet keys = KeySetFile.loadForReading(LiveSidecar.keys(home));
        JournalStats stats;
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            stats = reader.stats();
        }
        assertThat(stats.expired()).as("removed because the clock was stepped").isZero();
        assertThat(targets(keys))
                .as("each request at most once")
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1_000);
        assertNothingUnsealed();
    }

    @Test
    @Order(11)
    void theDirectoryIsRemoved() throws Exception {
        endure(() -> {
            Root.run("rm", "-rf", journal.toString());
            awaitOff(AT_ONCE, "moved or removed");
        });
        assertThat(journal).isDirectory();
    }

    @Test
    @Order(12)
    void inTheEndAllIsAccountedFor() throws Exception {
        traffic.stop();
        assertThat(traffic.failures()).isEmpty();
        until("nothing is under way", HEALED, () -> sidecar.underWay() == 0);
        assertThat(sidecar.meter("retake_exchanges_forwarded_total")).isEqualTo(traffic.answered() + others);
        assertThat(sidecar.terminate()).as(sidecar.log()).isZero();

        KeySet keys = KeySetFile.loadForReading(LiveSidecar.keys(home));
        assertThat(JournalVerifier.verify(journal, keys).damage()).isEmpty();
        try (JournalReader reader = JournalReader.open(journal, keys)) {
            JournalStats stats = reader.stats();
            long dropped =
                    stats.dropped().values().stream().mapToLong(Long::longValue).sum();
            assertThat(stats.captured() + dropped + stats.excluded() + stats.sampledOut() + stats.unknown())
                    .isEqualTo(stats.forwarded());
            assertThat(stats.unknown()).isZero();
            assertThat(targets(keys)).doesNotHaveDuplicates().hasSize((int) stats.captured());
        }
        assertNothingUnsealed();
    }

    private List<String> targets(KeySet keys) {
        List<String> targets = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(journal, keys);
                Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
            for (Session session : sessions.toList()) {
                Set<Integer> sequences = new HashSet<>();
                try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
                    exchanges.forEach(exchange -> {
                        assertThat(sequences.add(exchange.sequence())).isTrue();
                        targets.add(exchange.request().target());
                    });
                }
            }
        }
        return targets;
    }

    private Injection inject(String thread, String fault) throws Exception {
        return Injection.of(sidecar.thread(thread), fault, home.resolve("strace.log"));
    }

    private void assertNothingUnsealed() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".img")) {
                    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(bytes).as(file.toString()).doesNotContain(Upstream.MARK, "zabrowski.net");
                }
            }
        }
    }
}
