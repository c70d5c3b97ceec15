package dev.retake.cli.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code retake proxy} in a process of its own, and what an operator sees of it. */
final class LiveSidecar implements AutoCloseable {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(\\{[^}]*})? (\\S+)$");

    private final Process process;
    private final Path log;
    private final URI address;
    private final URI admin;
    private final HttpClient client = HttpClient.newHttpClient();

    private LiveSidecar(Process process, Path log, URI address, URI admin) {
        this.process = process;
        this.log = log;
        this.address = address;
        this.admin = admin;
    }

    /**
     * Starts one, and waits until it is ready to forward.
     *
     * @param jvm options of the virtual machine
     * @param environment added to this process's
     */
    static LiveSidecar start(
            Path directory,
            URI upstream,
            Path journal,
            List<String> jvm,
            Map<String, String> environment,
            String configuration)
            throws IOException {
        Path log = Files.createTempFile(directory, "sidecar", ".log");
        Path config = Files.createTempFile(directory, "retake", ".yml");
        Files.writeString(config, configuration);
        int adminPort = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.retake.cli.RetakeCommand"));
        command.addAll(List.of("proxy", "--listen", "127.0.0.1:0", "--upstream", upstream.toString()));
        command.addAll(List.of("--journal", journal.toString(), "--admin", "127.0.0.1:" + adminPort));
        command.addAll(
                List.of("--config", config.toString(), "--keys", keys(directory).toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null || !line.startsWith("retake proxy ready: ")) {
            process.destroyForcibly();
            throw new IOException("not ready but: " + line + Files.readString(log));
        }
        return new LiveSidecar(
                process,
                log,
                URI.create(line.substring("retake proxy ready: ".length()).split(" ")[0]),
                URI.create("http://127.0.0.1:" + adminPort));
    }

    /** The key set of the sidecars in {@code directory}. */
    static Path keys(Path directory) {
        return directory.resolve("sidecar.keys");
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket any = new java.net.ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    long pid() {
        return process.pid();
    }

    URI address() {
        return address;
    }

    /** The system's number of the thread {@code name}; its own names are cut, and inherited by RocksDB's threads. */
    long thread(String name) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process.pid()),
                        "Thread.print")
                .start();
        String threads = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher thread = Pattern.compile("(?m)^\"" + name + "\".* nid=(\\w+)").matcher(threads);
        if (!thread.find()) {
            throw new IOException("the sidecar has no thread " + name);
        }
        return Long.decode(thread.group(1));
    }

    /** What it wrote to standard error. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** What {@code /readyz} says. */
    String readiness() throws IOException, InterruptedException {
        return get("/readyz");
    }

    /** The sum of all samples of the meter {@code name}. */
    long meter(String name) throws IOException, InterruptedException {
        return sum(get("/metrics"), name);
    }

    /** Forwarded exchanges less those that are accounted for, at one moment: they are on their way. */
    long underWay() throws IOException, InterruptedException {
        String metrics = get("/metrics");
        return sum(metrics, "retake_exchanges_forwarded_total")
                - sum(metrics, "retake_exchanges_captured_total")
                - sum(metrics, "retake_exchanges_dropped_total")
                - sum(metrics, "retake_exchanges_excluded_total")
                - sum(metrics, "retake_exchanges_sampled_out_total");
    }

    private static long sum(String metrics, String name) {
        double sum = 0;
        Matcher sample = SAMPLE.matcher(metrics);
        while (sample.find()) {
            if (sample.group(1).equals(name)) {
                sum += Double.parseDouble(sample.group(3));
            }
        }
        return (long) sum;
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(admin.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** SIGTERM; gives the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
