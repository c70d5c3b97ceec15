package dev.retake.privacy.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.keys.KeySetFile;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.pseudonym.Pseudonyms;
import dev.retake.privacy.pseudonym.Replacement;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes that share only a key file, each ended and started anew, give every value the same surrogate, and no two
 * values of a {@code distinct} class share one. {@code -Dretake.consistency=10000000} takes ten million values; {@code
 * -Dretake.generate=true} writes the table in {@code docs/privacy.md}.
 */
class ConsistencyTest {
    private static final int VALUES = Integer.getInteger("retake.consistency", 20_000);
    private static final int PROCESSES = 4;
    private static final int LIVES = 3;

    /** From here on a better compiler is worth its time. */
    private static final int LONG_RUN = 1_000_000;

    private static final String BEGIN = "<!-- consistency: begin -->\n";
    private static final String END = "<!-- consistency: end -->\n";

    private final Sample sample = new Sample(VALUES);

    @TempDir
    private Path directory;

    @Test
    void processesAgreeAndDistinctValuesStayDistinct() throws IOException, InterruptedException {
        Path keys = directory.resolve("keys");
        KeySetFile.createIfAbsent(keys);
        for (int life = 0; life < LIVES; life++) {
            live(life, keys);
        }

        List<LongBuffer> noted = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            noted.add(read(fingerprints(process)));
        }
        StringBuilder table =
                new StringBuilder("| class | declared | values | mismatches | surrogates |\n|---|---|---|---|---|\n");
        List<String> faults = new ArrayList<>();
        for (DataClass dataClass : DataClass.values()) {
            int mismatches = mismatches(noted, dataClass);
            int count = sample.to(dataClass) - sample.from(dataClass);
            int surrogates = surrogates(noted.get(0), dataClass);
            if (mismatches > 0) {
                faults.add(dataClass.label() + ": " + mismatches + " mismatches");
            }
            if (!dataClass.reserved() && surrogates < count) {
                faults.add(dataClass.label() + ": " + shared(noted.get(0), dataClass, keys));
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,d | %d | %,d |%n",
                    dataClass.label(),
                    dataClass.reserved() ? "reserved" : "distinct",
                    count,
                    mismatches,
                    surrogates));
        }
        write(table.toString());
        assertThat(faults).isEmpty();
    }

    /** Lets every process live through its next part of the sample, all at once. */
    private void live(int life, Path keys) throws IOException, InterruptedException {
        List<Process> alive = new ArrayList<>();
        Path complaints = directory.resolve("complaints");
        try {
            for (int process = 0; process < PROCESSES; process++) {
                alive.add(start(keys, process, part(life), part(life + 1), complaints));
            }
            for (Process process : alive) {
                assertThat(process.waitFor()).as(Files.readString(complaints)).isZero();
            }
        } finally {
            alive.forEach(Process::destroyForcibly);
        }
    }

    private Process start(Path keys, int process, int from, int to, Path complaints) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(fingerprints(process).toFile(), "rw")) {
            file.setLength(8L * sample.size());
        }
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=" + (VALUES < LONG_RUN ? 1 : 4),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SurrogateProcess.class.getName(),
                        keys.toString(),
                        fingerprints(process).toString(),
                        Integer.toString(VALUES),
                        Integer.toString(process),
                        Integer.toString(from),
                        Integer.toString(to))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(complaints.toFile()))
                .start();
    }

    private int part(int life) {
        return (int) ((long) sample.size() * life / LIVES);
    }

    private Path fingerprints(int process) {
        return directory.resolve("fingerprints-" + process);
    }

    private static LongBuffer read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size()).asLongBuffer();
        }
    }

    /** Values that a process did not meet, or gave another surrogate than the first process. */
    private int mismatches(List<LongBuffer> noted, DataClass dataClass) {
        int mismatches = 0;
        for (int number = sample.from(dataClass); number < sample.to(dataClass); number++) {
            long first = noted.get(0).get(number);
            boolean same = first != 0;
            for (LongBuffer other : noted) {
                same &= other.get(number) == first;
            }
            mismatches += same ? 0 : 1;
        }
        return mismatches;
    }

    private int surrogates(LongBuffer noted, DataClass dataClass) {
        long[] sorted = new long[sample.to(dataClass) - sample.from(dataClass)];
        noted.get(sample.from(dataClass), sorted);
        return (int) Arrays.stream(sorted).sorted().distinct().count();
    }

    /** An example of two made-up values that share a surrogate. */
    private String shared(LongBuffer noted, DataClass dataClass, Path keys) {
        RootKey root = Objects.requireNonNull(KeySetFile.load(keys).root());
        Replacement replacement =
                Pseudonyms.create(root, PseudonymSettings.DEFAULTS).in("", Instant.EPOCH);
        Map<Long, Integer> seen = new HashMap<>();
        List<String> examples = new ArrayList<>();
        for (int number = sample.from(dataClass); number < sample.to(dataClass) && examples.size() < 5; number++) {
            Integer before = seen.put(noted.get(number), number);
            if (before != null) {
                examples.add(sample.value(before) + " and " + sample.value(number) + " become "
                        + replacement.replace(dataClass, sample.value(number)));
            }
        }
        return examples.toString();
    }

    private static void write(String table) throws IOException {
        String text = String.format(
                Locale.ROOT, "%,d values, %d processes, %d restarts each.%n%n%s", VALUES, PROCESSES, LIVES - 1, table);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("consistency.md"), text);
        if (Boolean.getBoolean("retake.generate")) {
            Path page = Path.of("../../docs/privacy.md");
            String old = Files.readString(page);
            int from = old.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(page, old.substring(0, from) + text + old.substring(old.indexOf(END)));
        }
    }
}
