package dev.retake.bench.system;

import dev.retake.bench.system.Rival.Kind;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares proxies over TLS and HTTP/2 in one interleaved run, with nghttp2's {@code h2load} as the client. Run by
 * {@code bench/run protocols}.
 */
final class ProtocolBench {
    private static final List<Wire> WIRES = List.of(Wire.HTTP1, Wire.HTTP1_TLS, Wire.HTTP2, Wire.HTTP2_TLS);
    private static final Pattern FINISHED = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
    private static final Pattern REQUESTS =
            Pattern.compile("requests: .* ([0-9]+) done, ([0-9]+) succeeded, ([0-9]+) failed");
    private static final Pattern MEAN = Pattern.compile("time for request: +\\S+ +\\S+ +([0-9.]+)(us|ms|s)");
    private static final int CLIENTS = 64;
    private static final int STREAMS = 4;

    private final BenchOptions options;
    private final Path workspace;
    private final Certificate certificate;

    private ProtocolBench(BenchOptions options, Path workspace) throws IOException {
        this.options = options;
        this.workspace = workspace;
        this.certificate = Certificate.make(workspace);
    }

    /** What one run showed; microseconds, requests a second. */
    private record Sample(double cpuMicros, double perSecond, double meanMicros, long failed) {}

    /** What {@code h2load} says of one run. */
    private record Report(long requests, long failed, double perSecond, double meanMicros) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchOptions options = BenchOptions.parse(arguments);
        ProtocolBench bench = new ProtocolBench(options, Files.createTempDirectory("retake-bench"));
        StringBuilder table = new StringBuilder("""
                | clients speak | proxy | body | CPU µs/req | ratio | req/s | ratio | mean µs | failed |
                |---|---|---:|---:|---:|---:|---:|---:|---:|
                """);
        for (int size : options.sizes()) {
            for (Wire wire : WIRES) {
                table.append(bench.measure(size, wire));
            }
        }
        System.out.println(table);
        Files.createDirectories(options.out());
        Files.writeString(options.out().resolve("protocols.md"), table);
    }

    private String measure(int size, Wire wire) throws IOException, InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        List<Rival> rivals = new ArrayList<>();
        Map<Kind, List<Sample>> samples = new EnumMap<>(Kind.class);
        try (Backend backend = Backend.start(loops, new Payloads(size))) {
            for (Kind kind : List.of(Kind.NGINX, Kind.HAPROXY, Kind.PLAIN, Kind.FULL)) {
                Rival.start(kind, wire, certificate, backend.port(), options.proxyCore(), workspace, options.launcher())
                        .ifPresentOrElse(
                                rivals::add, () -> System.err.println(kind.title() + ": not installed, skipped"));
            }
            int rate = (int) options.rate(size, CLIENTS);
            for (Rival rival : rivals) {
                System.err.printf(
                        "%s, %d bytes: warming up %s%n",
                        wire.title(), size, rival.kind().title());
                load(rival, wire, options.warmUpSeconds(), rate);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                for (Rival rival : rivals) {
                    System.err.printf(
                            "%s, %d bytes, round %d: %s%n",
                            wire.title(), size, round, rival.kind().title());
                    double before = rival.cpuSeconds();
                    Report fixed = load(rival, wire, options.seconds(), rate);
                    double cpu = rival.cpuSeconds() - before;
                    Report full = load(rival, wire, options.seconds(), 0);
                    samples.computeIfAbsent(rival.kind(), kind -> new ArrayList<>())
                            .add(new Sample(
                                    cpu * 1e6 / fixed.requests(),
                                    full.perSecond(),
                                    fixed.meanMicros(),
                                    fixed.failed() + full.failed()));
                }
            }
        } finally {
            rivals.forEach(Rival::close);
            loops.shutdownGracefully().syncUninterruptibly();
        }
        return rows(size, wire, samples);
    }

    /** @param rate requests a second over all clients, 0 for as many as are answered */
    private static Report load(Rival rival, Wire wire, double seconds, int rate)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("h2load", "-c" + CLIENTS, "-t1", "-m" + (wire.http2() ? STREAMS : 1)));
        if (rate > 0) {
            command.add("--rps=" + rate / (double) CLIENTS);
            command.add("-n" + Math.round(rate * seconds));
        } else {
            command.add("-D" + Math.max(1, Math.round(seconds)));
        }
        if (!wire.http2()) {
            command.add("--h1");
        }
        command.add("-HX-User: 7");
        command.add((wire.tls() ? "https" : "http") + "://localhost:" + rival.port() + "/api/orders/100007?page=1");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher finished = FINISHED.matcher(said);
        Matcher requests = REQUESTS.matcher(said);
        Matcher mean = MEAN.matcher(said);
        if (!finished.find() || !requests.find() || !mean.find()) {
            throw new IOException("h2load, of Debian's nghttp2-client, says what is not understood: " + said);
        }
        double unit = switch (mean.group(2)) {
            case "us" -> 1;
            case "ms" -> 1e3;
            default -> 1e6;
        };
        return new Report(
                Long.parseLong(requests.group(1)),
                Long.parseLong(requests.group(1)) - Long.parseLong(requests.group(2)),
                Double.parseDouble(finished.group(1)),
                Double.parseDouble(mean.group(1)) * unit);
    }

    private static String rows(int size, Wire wire, Map<Kind, List<Sample>> samples) {
        StringBuilder rows = new StringBuilder();
        List<Sample> base = samples.getOrDefault(Kind.HAPROXY, List.of());
        samples.forEach((kind, own) -> rows.append("| %s | %s | %d | %.1f | %s | %.0f | %s | %.0f | %d |\n"
                .formatted(
                        wire.title(),
                        kind.title(),
                        size,
                        median(own.stream().mapToDouble(Sample::cpuMicros).toArray()),
                        ratio(own, base, true),
                        median(own.stream().mapToDouble(Sample::perSecond).toArray()),
                        ratio(own, base, false),
                        median(own.stream().mapToDouble(Sample::meanMicros).toArray()),
                        own.stream().mapToLong(Sample::failed).sum())));
        return rows.toString();
    }

    /** The median of the ratios round by round. */
    private static String ratio(List<Sample> own, List<Sample> base, boolean cpu) {
        double[] ratios = new double[Math.min(own.size(), base.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = cpu
                    ? own.get(i).cpuMicros() / base.get(i).cpuMicros()
                    : own.get(i).perSecond() / base.get(i).perSecond();
        }
        return ratios.length == 0 ? "" : "%.2f".formatted(median(ratios));
    }

    private static double median(double[] figures) {
        Arrays.sort(figures);
        return figures[figures.length / 2];
    }
}
