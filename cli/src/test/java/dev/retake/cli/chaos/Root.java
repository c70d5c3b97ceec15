package dev.retake.cli.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands that break things under a process; most need root, and a program that not every machine has. */
final class Root {
    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("RETAKE_PEERS_REQUIRED"));

    private Root() {}

    /** Skips the test where {@code programs} are missing or this is not root; fails it where they are required. */
    static void require(String... programs) throws IOException, InterruptedException {
        for (String program : programs) {
            boolean there = tried("sh", "-c", "command -v " + program);
            assumeTrue(there || REQUIRED, program + " is not installed");
        }
        assumeTrue(tried("sh", "-c", "test $(id -u) = 0") || REQUIRED, "this needs root");
    }

    /** Runs {@code command}, which must succeed. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    static boolean tried(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Makes {@code directory} a file system of its own on a loop device. */
    static void mountImage(Path image, Path directory, String size) throws IOException, InterruptedException {
        run("truncate", "-s", size, image.toString());
        run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Files.createDirectories(directory);
        boolean mounted = tried("mount", "-o", "loop", image.toString(), directory.toString());
        assumeTrue(mounted || REQUIRED, "mounting needs root and loop devices");
        if (!mounted) {
            throw new IOException("cannot mount " + image);
        }
    }

    /** Meddles with one thread's system calls until it is closed. */
    static final class Injection implements AutoCloseable {
        private final Process strace;
        private final Path log;

        private Injection(Process strace, Path log) {
            this.strace = strace;
            this.log = log;
        }

        /** {@code fault} is what strace's {@code -e inject=} takes, as {@code fdatasync:error=EIO:when=2+5}. */
        static Injection of(long thread, String fault, Path log) throws IOException, InterruptedException {
            Files.deleteIfExists(log);
            String call = fault.substring(0, fault.indexOf(':'));
            List<String> command = List.of(
                    "strace",
                    "-o",
                    log.toString(),
                    "-p",
                    Long.toString(thread),
                    "-e",
                    "trace=" + call,
                    "-e",
                    "inject=" + fault);
            Process strace =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = strace.inputReader().readLine();
            if (said == null || !said.contains("attached")) {
                strace.destroyForcibly();
                throw new IOException("strace: " + said);
            }
            return new Injection(strace, log);
        }

        @Override
        public void close() throws InterruptedException, IOException {
            strace.destroy();
            strace.waitFor(60, TimeUnit.SECONDS);
            if (!Files.readString(log).matches("(?s).*(INJECTED|DELAYED|detached).*")) {
                throw new AssertionError("strace meddled with nothing: " + Files.readString(log));
            }
        }
    }
}
