package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with what it finds in an unpacked distribution. */
@EnabledOnOs(OS.LINUX)
class DistributionIT {
    private static final Path BUILT = Path.of("target", "dist").toAbsolutePath();
    private static final String NO_TEMPORARY_FILES = "-Djava.io.tmpdir=/nonexistent";

    @TempDir
    Path home;

    @BeforeEach
    void unpack() throws IOException {
        Files.copy(Path.of("..", "retake"), home.resolve("retake"));
        assertThat(home.resolve("retake").toFile().setExecutable(true)).isTrue();
        try (Stream<Path> built = Files.walk(BUILT)) {
            for (Path file :
                    built.filter(path -> !path.toString().endsWith(".jsa")).toList()) {
                Path copy = home.resolve(BUILT.relativize(file));
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** Natives are used where they lie: nothing is unpacked at a start. */
    @Test
    void recordsWithoutATemporaryDirectory() throws Exception {
        Path journal = home.resolve("journal");

        recordOne(NO_TEMPORARY_FILES, journal);

        Process stats = launch("", "journal", "stats", "--journal", journal.toString(), "--json");
        assertThat(new String(stats.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"forwarded\":1,");
        assertThat(stats.waitFor()).isZero();
    }

    /** With {@code -Xshare:on} a start fails where the archive does not fit. */
    @Test
    void startsFromTheClassesThatItArchived() throws Exception {
        assertThat(launch("", "prepare").waitFor()).isZero();

        try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
            assertThat(lib.filter(file -> file.toString().endsWith(".jsa"))).hasSize(1);
        }
        recordOne("-Xshare:on", home.resolve("journal"));
    }

    private void recordOne(String option, Path journal) throws IOException, InterruptedException {
        Process proxy = launch(
                option,
                "proxy",
                "--listen",
                "127.0.0.1:0",
                "--upstream",
                "http://127.0.0.1:1",
                "--journal",
                journal.toString());
        try {
            String ready = proxy.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(ready).startsWith("retake proxy ready: http://");
            URI address = URI.create(ready.split(" ")[3] + "/orders?page=1");
            HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
            assertThat(request.getResponseCode()).as("nothing listens upstream").isEqualTo(502);
            proxy.destroy();
            assertThat(proxy.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.exitValue()).isZero();
        } finally {
            proxy.destroyForcibly();
        }
    }

    private Process launch(String option, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("retake").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("RETAKE_JAVA_OPTS", option);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }
}
