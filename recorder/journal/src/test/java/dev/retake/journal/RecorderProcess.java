package dev.retake.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link CrashingRecorder} and what it says. */
final class RecorderProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final Path complaints;
    private long durable;
    private long appended;

    private RecorderProcess(Process process, Path complaints) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.complaints = complaints;
    }

    static RecorderProcess start(Path journal, Path keys, String name, Durability durability, Path complaints)
            throws IOException {
        return new RecorderProcess(
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashingRecorder.class.getName(),
                                journal.toString(),
                                keys.toString(),
                                name,
                                durability.name())
                        .redirectError(complaints.toFile())
                        .start(),
                complaints);
    }

    /** Waits until it has written so many batches. */
    void awaitBatches(int batches) throws IOException {
        for (int i = 0; i < batches; i++) {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("the recorder ended: " + Files.readString(complaints));
            }
            take(line);
        }
    }

    long pid() {
        return process.pid();
    }

    /** How many exchanges it has reported as durable, as far as was read. */
    long durable() {
        return durable;
    }

    /** How many exchanges it has appended, as far as was read. */
    long appended() {
        return appended;
    }

    /** Takes in what it has said so far without waiting for more; of a process that stands still. */
    void readOn() throws IOException {
        while (lines.ready()) {
            take(lines.readLine());
        }
    }

    private void take(String line) {
        String[] counts = line.split(" ");
        durable = Math.max(durable, Long.parseLong(counts[0]));
        appended = Math.max(appended, Long.parseLong(counts[1]));
    }

    /** Kills it and reads its last words. */
    void kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // the process's own method would close its output as well
        for (String line = lines.readLine(); line != null && line.matches("\\d+ \\d+"); line = lines.readLine()) {
            take(line);
        }
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the recorder does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
