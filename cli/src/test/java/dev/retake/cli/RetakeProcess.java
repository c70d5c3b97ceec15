package dev.retake.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a virtual machine of its own, with the memory that the launcher gives a sidecar. */
final class RetakeProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;

    private RetakeProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** What a command that ended left. */
    record Result(int exitCode, String out, String err) {}

    /** Runs {@code arguments} to the end. */
    static Result run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        Process process = builder(directory, arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + String.join(" ", arguments));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts a server. */
    static RetakeProcess start(Path directory, String... arguments) throws IOException {
        Path err = Files.createTempFile(directory, "err", ".txt");
        return new RetakeProcess(
                builder(directory, arguments).redirectError(err.toFile()).start(), err);
    }

    /** Starts a sidecar and waits until it is ready. */
    static RetakeProcess proxy(Path directory, URI upstream, Path journal, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "proxy",
                "--listen",
                "127.0.0.1:0",
                "--upstream",
                upstream.toString(),
                "--journal",
                journal.toString()));
        arguments.addAll(List.of(more));
        return start(directory, arguments.toArray(String[]::new));
    }

    /** The address in the ready line, which this waits for. */
    URI ready() throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("retake proxy ready: ")) {
            throw new IOException("not ready but: " + line + Files.readString(errors));
        }
        return URI.create(line.substring("retake proxy ready: ".length()).split(" ")[0]);
    }

    /** Writes to its standard input. */
    void write(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** The next line of its standard output, which this waits for. */
    String line() throws IOException {
        return String.valueOf(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return process.exitValue();
    }

    /** What it wrote to standard error so far. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static ProcessBuilder builder(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx160m",
                "-Xmn20m",
                "-XX:SurvivorRatio=2",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=30",
                "-XX:MaxDirectMemorySize=224m",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty("java.class.path"),
                RetakeCommand.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder;
    }
}
