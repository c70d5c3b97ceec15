package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.cli.leak.CaseMatrix;
import dev.retake.cli.leak.LeakCase;
import dev.retake.cli.leak.PlantingService;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.scan.ByteScanner;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.RecordListener;
import dev.retake.privacy.scan.RecordScanner;
import dev.retake.privacy.scan.ScanListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of every class are planted in every place, under every encoding, split in every way, and sent through a running
 * sidecar, which is then killed. Nothing that it leaves behind may hold one: no file, no record. {@code
 * -Dretake.canaries=30000} meets all triples of class, place and encoding; {@code -Dretake.generate=true} writes the table
 * in {@code docs/privacy.md}.
 */
class LeakMatrixIT {
    private static final int LEAST = Integer.getInteger("retake.canaries", 3_000);
    private static final long SEED = Long.getLong("retake.seed", 1);

    /** How many are planted between two kills; the forms of each take some 10 KB in the search. */
    private static final int ROUND = 4_000;

    private static final int MOST_SHOWN = 60;
    private static final String BEGIN = "<!-- leaks: begin -->\n";
    private static final String END = "<!-- leaks: end -->\n";

    private final LeakTable table = new LeakTable();
    private final Map<String, String> leaks = new TreeMap<>();

    @TempDir
    private Path directory;

    @Test
    void nothingPlantedIsLeftBehind() throws IOException, InterruptedException {
        int planted = 0;
        int places = 0;
        try (PlantingService service = new PlantingService()) {
            for (List<LeakCase> round : CaseMatrix.rounds(LEAST, ROUND, SEED)) {
                Path place = Files.createDirectory(directory.resolve("round-" + places++));
                plant(service, round, place);
                table.planted(round);
                table.leaked(new Search(round, place).leaking());
                planted += round.size();
            }
        }
        String text = "%,d values planted, %,d leaked.\n\n%s".formatted(planted, leaks.size(), table.markdown());
        write(text);
        assertThat(planted).isGreaterThanOrEqualTo(LEAST);
        assertThat(leaks.values().stream().limit(MOST_SHOWN))
                .as("%d of %d values leaked", leaks.size(), planted)
                .isEmpty();
    }

    private static void plant(PlantingService service, List<LeakCase> round, Path place)
            throws IOException, InterruptedException {
        // A busy machine must not make the recorder give way: what is not recorded cannot leak.
        Path config = Files.writeString(
                place.resolve("retake.yml"), "proxy:\n  capture:\n    lag: 1m\n    webSocket: true\n");
        Path journal = place.resolve("journal");
        try (RetakeProcess sidecar =
                RetakeProcess.proxy(place, service.address(), journal, "--config", config.toString(), "--verbose")) {
            URI address = sidecar.ready();
            service.plant(round, address);
            awaitRecorded(journal, round.size());
            sidecar.kill();
        }
    }

    private static void awaitRecorded(Path journal, int exchanges) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long captured = 0;
        while (System.nanoTime() < deadline) {
            try (JournalReader reader = open(journal)) {
                captured = reader.stats().captured();
                if (captured == exchanges) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("only " + captured + " of " + exchanges + " exchanges were recorded");
    }

    private static JournalReader open(Path journal) {
        return JournalReader.open(journal, KeySetFile.loadForReading(KeySetFile.defaultFor(journal)));
    }

    private static void write(String text) throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("leaks.md"), text);
        if (Boolean.getBoolean("retake.generate")) {
            Path page = Path.of("../docs/privacy.md");
            String old = Files.readString(page);
            int from = old.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(page, old.substring(0, from) + text + old.substring(old.indexOf(END)));
        }
    }

    /** Looks for the values of one round in all that it left. */
    private final class Search {
        private final List<LeakCase> round;
        private final Path place;
        private final List<LeakCase> ofLine = new ArrayList<>();
        private final Canaries canaries;
        private final Set<Integer> leaking = new TreeSet<>();
        private int marked;

        Search(List<LeakCase> round, Path place) {
            this.round = round;
            this.place = place;
            List<String> lines = new ArrayList<>();
            for (LeakCase planted : round) {
                for (String needle : planted.needles()) {
                    lines.add(needle);
                    ofLine.add(planted);
                }
            }
            this.canaries = Canaries.of(lines);
        }

        List<LeakCase> leaking() throws IOException {
            records();
            assertThat(marked).as("exchanges that say which case they are").isEqualTo(round.size());
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes(file);
                }
            }
            return leaking.stream().map(round::get).toList();
        }

        private void records() {
            RecordScanner scanner = RecordScanner.of(canaries, DetectedClasses.NONE, PrivacySettings.DEFAULTS);
            Path journal = place.resolve("journal");
            try (JournalReader reader = open(journal)) {
                List<Session> sessions;
                try (Stream<Session> all = reader.sessions(SessionQuery.ALL)) {
                    sessions = all.toList();
                }
                for (Session session : sessions) {
                    session.operations().forEach(operation -> scanner.scan("operation", operation, listener("")));
                    try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
                        exchanges.forEach(exchange -> {
                            String mark = exchange.request().headers().first("x-case");
                            marked += mark == null ? 0 : 1;
                            scanner.scan(exchange, listener(mark == null ? "" : mark));
                        });
                    }
                }
                assertThat(reader.damage()).isEmpty();
            }
        }

        private RecordListener listener(String mark) {
            return new RecordListener() {
                @Override
                public void leaked(String field, Leak leak) {
                    LeakCase planted = ofLine.get(leak.canary() - 1);
                    if (mark.equals(planted.mark())) {
                        found(planted, leak, field);
                    } else if (!planted.mayCoincide()) {
                        found(planted, leak, field + " of another exchange");
                    }
                }

                @Override
                public void unread(String field, String reason) {
                    throw new AssertionError(field + ": " + reason);
                }
            };
        }

        private void bytes(Path file) throws IOException {
            ScanListener listener = new ScanListener() {
                @Override
                public void leaked(Leak leak) {
                    found(
                            ofLine.get(leak.canary() - 1),
                            leak,
                            file.getFileName().toString());
                }

                @Override
                public void unread(String reason) {
                    throw new AssertionError(file + ": " + reason);
                }
            };
            try (ByteScanner scanner = ByteScanner.of(canaries, DetectedClasses.NONE, listener)) {
                byte[] bytes = Files.readAllBytes(file);
                scanner.feed(bytes, 0, bytes.length);
                scanner.end();
            }
        }

        private void found(LeakCase planted, Leak leak, String where) {
            leaking.add(planted.number());
            leaks.putIfAbsent(
                    planted + " " + place.getFileName() + " " + planted.number(),
                    planted + ": as " + leak.encoding() + " in " + where);
        }
    }
}
