package dev.retake.bench.system;

import dev.retake.bench.system.Rival.Kind;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the sidecar with everything on at its fixed rate for as long as asked, and says what memory it holds: after
 * each tenth of the time, and how much it grew in the second half. Run by {@code bench/run soak}.
 */
final class SoakBench {
    private static final int PARTS = 10;
    private static final int SIZE = 1_024;
    private static final int CONNECTIONS = 64;

    private SoakBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchOptions options = BenchOptions.parse(arguments);
        Path workspace = Files.createTempDirectory("retake-bench");
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Payloads payloads = new Payloads(SIZE);
        Path journal;
        try (Backend backend = Backend.start(loops, payloads);
                Rival sidecar = Rival.start(
                                Kind.FULL,
                                Wire.HTTP1,
                                Certificate.make(workspace),
                                backend.port(),
                                options.proxyCore(),
                                workspace,
                                options.launcher())
                        .orElseThrow()) {
            List<Double> resident = new ArrayList<>();
            long session = 0;
            for (int part = 1; part <= PARTS; part++) {
                Load load = Load.connect(loops.next(), sidecar.port(), CONNECTIONS, session, payloads.bodyBytes());
                Load.Result result = load.run(options.seconds() / PARTS, options.rate(SIZE, CONNECTIONS));
                load.close();
                session += result.requests() / Payloads.EXCHANGES_PER_SESSION + CONNECTIONS + 1;
                resident.add(sidecar.residentMebibytes());
                System.out.printf(
                        "%4.0f s: %.0f MiB resident, p99 %.1f ms, %d errors%n",
                        part * options.seconds() / PARTS,
                        resident.get(part - 1),
                        result.latencies().getValueAtPercentile(99) / 1e6,
                        result.errors());
            }
            System.out.printf(
                    "grown in the second half: %.1f MiB%n", resident.get(PARTS - 1) - resident.get(PARTS / 2 - 1));
            journal = sidecar.journal();
        } finally {
            loops.shutdownGracefully().syncUninterruptibly();
        }
        LedgerCheck ledger = LedgerCheck.of(journal);
        System.out.printf(
                "%,d forwarded, %,d captured, %,d not captured%n",
                ledger.forwarded(), ledger.captured(), ledger.dropped());
    }
}
