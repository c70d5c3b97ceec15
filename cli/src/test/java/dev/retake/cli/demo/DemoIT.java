package dev.retake.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.cli.demo.shop.ShopData;
import dev.retake.report.ReportFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the whole demo, sockets, journal, replay and all. The seeds are {@code -Ddemo.seeds=FROM-TO}; three of them
 * without it.
 */
class DemoIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    static LongStream seeds() {
        String[] range = System.getProperty("demo.seeds", "1-3").split("-");
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsExactlyWhatWasPlanted(long seed) throws Exception {
        Path out = directory.resolve("demo");
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        int exitCode = new Demo(
                        new DemoSettings(out, seed, false), new PrintStream(told, false, StandardCharsets.UTF_8))
                .run();

        assertThat(exitCode).as(told.toString(StandardCharsets.UTF_8)).isEqualTo(Demo.FOUND_ALL);
        JsonNode findings = JSON.readTree(out.resolve("report.json")).path("findings");
        assertThat(findings).hasSize(5);
        assertThat(places(findings)).isEqualTo(places(JSON.readTree(out.resolve("planted.json"))));
        assertThat(out.resolve(ReportFiles.HTML)).isNotEmptyFile();
        assertThat(leaked(seed, out)).isEmpty();
    }

    private static Set<String> places(JsonNode findings) {
        Set<String> places = new HashSet<>();
        for (JsonNode finding : findings) {
            places.add(finding.path("kind").asString() + " "
                    + finding.path("operation").asString() + " "
                    + finding.path("location").asString());
        }
        return places;
    }

    /** Personal values of customers that stand in a file of the demo. */
    private static Set<String> leaked(long seed, Path out) throws IOException {
        Set<String> leaked = new HashSet<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                ShopData.generate(seed)
                        .customers()
                        .forEach(customer -> Stream.of(customer.email(), customer.password(), customer.phone())
                                .filter(content::contains)
                                .forEach(value -> leaked.add(file.getFileName() + " has " + value)));
            }
        }
        return leaked;
    }
}
