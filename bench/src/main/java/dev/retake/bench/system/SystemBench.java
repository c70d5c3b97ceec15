package dev.retake.bench.system;

import dev.retake.bench.system.Load.Result;
import dev.retake.bench.system.Rival.Kind;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares proxies in one interleaved run: every round measures each of them once, in turn, so that what else the
 * machine does falls on all. The proxy has one core with all its threads; load and backend, this process, the other.
 * Run by {@code bench/run}.
 */
final class SystemBench {
    private static final int WARM_UP_STRETCHES = 6;
    private static final int WARM_UP_CONNECTIONS = 64;

    private final BenchOptions options;
    private final Path workspace;
    private final Certificate certificate;
    private final BenchTable table = new BenchTable();
    private long session;

    private SystemBench(BenchOptions options, Path workspace) throws IOException {
        this.options = options;
        this.workspace = workspace;
        this.certificate = Certificate.make(workspace);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchOptions options = BenchOptions.parse(arguments);
        Path workspace = Files.createTempDirectory("retake-bench");
        SystemBench bench = new SystemBench(options, workspace);
        for (int size : options.sizes()) {
            bench.measure(size);
        }
        System.out.println(bench.table.markdown());
        Files.createDirectories(options.out());
        Files.writeString(options.out().resolve("bench.md"), bench.table.markdown());
        Files.writeString(options.out().resolve("bench.json"), bench.table.json());
        System.err.println("written to " + options.out());
    }

    private void measure(int size) throws IOException, InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Payloads payloads = new Payloads(size);
        List<Rival> rivals = new ArrayList<>();
        try (Backend backend = Backend.start(loops, payloads)) {
            for (Kind kind : options.kinds()) {
                Rival.start(
                                kind,
                                Wire.HTTP1,
                                certificate,
                                backend.port(),
                                options.proxyCore(),
                                workspace,
                                options.launcher())
                        .ifPresentOrElse(
                                rivals::add, () -> System.err.println(kind.title() + ": not installed, skipped"));
            }
            for (Rival rival : rivals) {
                System.err.println("warming up " + rival.kind().title());
                warmUp(loops, rival, payloads, size);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                for (int connections : options.connections()) {
                    for (int idle : options.idle()) {
                        for (Rival rival : rivals) {
                            System.err.printf(
                                    "round %d, %d bytes, %d connections, %d idle: %s%n",
                                    round, size, connections, idle, rival.kind().title());
                            measure(loops, rival, payloads, size, connections, idle);
                        }
                    }
                }
            }
        } finally {
            Map<Kind, LedgerCheck> ledgers = new EnumMap<>(Kind.class);
            for (Rival rival : rivals) {
                rival.close();
                if (rival.kind() == Kind.FULL) {
                    ledgers.put(rival.kind(), LedgerCheck.of(rival.journal()));
                }
            }
            ledgers.forEach((kind, ledger) -> table.ledger(size, ledger));
            loops.shutdownGracefully().syncUninterruptibly();
        }
    }

    /** Connections come and go meanwhile, as they do in production: else their end would be compiled for when it is measured. */
    private void warmUp(EventLoopGroup loops, Rival rival, Payloads payloads, int size) throws InterruptedException {
        double stretch = options.warmUpSeconds() / WARM_UP_STRETCHES;
        for (int i = 0; i < WARM_UP_STRETCHES; i++) {
            run(loops, rival, payloads, WARM_UP_CONNECTIONS, stretch, options.rate(size, WARM_UP_CONNECTIONS));
        }
    }

    private void measure(
            EventLoopGroup loops, Rival rival, Payloads payloads, int size, int connections, int idleConnections)
            throws IOException, InterruptedException {
        Load idle = Load.connect(loops.next(), rival.port(), idleConnections, 0, 0);
        double rate = options.rate(size, connections);
        double before = rival.cpuSeconds();
        Result fixed = run(loops, rival, payloads, connections, options.seconds(), rate);
        double cpu = rival.cpuSeconds() - before;
        double resident = rival.residentMebibytes();
        Result full = run(loops, rival, payloads, connections, options.seconds(), 0);
        Result half = run(loops, rival, payloads, connections, options.seconds(), full.perSecond() / 2);
        idle.close();
        table.add(
                new BenchTable.Row(rival.kind(), size, connections, idleConnections),
                new BenchTable.Sample(
                        cpu * 1e6 / fixed.requests(),
                        full.perSecond(),
                        fixed.latencies().getValueAtPercentile(50) / 1e3,
                        half.latencies().getValueAtPercentile(99) / 1e3,
                        resident,
                        fixed.errors() + full.errors() + half.errors(),
                        fixed.perSecond() / rate));
    }

    private Result run(
            EventLoopGroup loops, Rival rival, Payloads payloads, int connections, double seconds, double rate)
            throws InterruptedException {
        Load load = Load.connect(loops.next(), rival.port(), connections, session, payloads.bodyBytes());
        Result result = load.run(seconds, rate);
        load.close();
        session += result.requests() / Payloads.EXCHANGES_PER_SESSION + connections + 1;
        return result;
    }
}
