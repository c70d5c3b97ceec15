package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.retake.cli.Attacker.Then;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients and upstreams that mean harm, one kind after the other against the same sidecar, with everything on: it stays
 * within one and a half times the memory that it has when it is busy, and honest clients have their answers in twice the
 * time at most.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackIT {
    /** Long enough that one pause of the collector is not the slowest hundredth. */
    private static final int SECONDS = Integer.getInteger("retake.attack.seconds", 7);

    /** What else runs on the machine makes some stretches slow; what an attack does to honest clients shows in all. */
    private static final int STRETCHES = 3;

    private static final double MEMORY = 1.5;
    private static final double PATIENCE = 2;

    /** Attacker, service, client and sidecar share two cores here: what is faster than this says nothing of the sidecar. */
    private static final double NOTHING_MS = 25;

    private MultiThreadIoEventLoopGroup loops;
    private AttackUpstream upstream;
    private RetakeProcess sidecar;
    private InetSocketAddress target;
    private long residentBefore;
    private double p99Before;

    /** How a kind of attack goes on the wire. */
    private record Attack(String name, int connections, String first, Then then, String second, int bytesPerSecond) {
        Attack(String name, int connections, String first, Then then, String second) {
            this(name, connections, first, then, second, 8 << 20);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        String post = " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                new Attack(
                        "heads that never end, byte by byte",
                        5_000,
                        "GET /a HTTP/1.1\r\nHost: h\r\nX: ",
                        Then.DRIP,
                        "y"),
                new Attack(
                        "heads without bound",
                        200,
                        "GET /a HTTP/1.1\r\nHost: h\r\n",
                        Then.POUR,
                        "X: " + "y".repeat(4_000) + "\r\n"),
                new Attack(
                        "fields without number",
                        200,
                        "GET /a HTTP/1.1\r\nHost: h\r\n",
                        Then.POUR,
                        "a:b\r\n".repeat(500)),
                new Attack(
                        "bodies that nobody reads",
                        100,
                        "POST /deaf" + post,
                        Then.POUR,
                        "1000\r\n" + "z".repeat(0x1000) + "\r\n"),
                new Attack("bodies in single bytes", 20, "POST /stall" + post, Then.POUR, "1\r\nz\r\n".repeat(500)),
                new Attack(
                        "an upstream that never answers",
                        2_000,
                        "GET /stall HTTP/1.1\r\nHost: h\r\n\r\n",
                        Then.WAIT,
                        ""),
                new Attack("answers without end, taken", 4, "GET /endless HTTP/1.1\r\nHost: h\r\n\r\n", Then.WAIT, ""),
                new Attack(
                        "answers without end, not taken",
                        100,
                        "GET /endless HTTP/1.1\r\nHost: h\r\n\r\n",
                        Then.READ_NOTHING,
                        ""),
                new Attack("answers cut off by a reset", 100, "GET /reset HTTP/1.1\r\nHost: h\r\n\r\n", Then.WAIT, ""),
                new Attack(
                        "clients that end their side",
                        1_000,
                        "GET /stall HTTP/1.1\r\nHost: h\r\n\r\n",
                        Then.HALF_CLOSE,
                        ""),
                new Attack("clients that reset", 500, "GET /stall HTTP/1.1\r\nHost: h\r\n\r\n", Then.RESET, ""),
                new Attack(
                        "answers that inflate to a gigabyte",
                        20,
                        "GET /bomb HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                        Then.WAIT,
                        ""),
                new Attack(
                        "pipelines without end",
                        50,
                        "",
                        Then.POUR,
                        "GET /a HTTP/1.1\r\nHost: h\r\n\r\n".repeat(10),
                        128 << 10));
    }

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        assumeThat(Path.of("/proc/self/status")).exists();
        loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        upstream = new AttackUpstream(loops);
        sidecar = RetakeProcess.proxy(directory, upstream.address(), directory.resolve("journal"));
        URI ready = sidecar.ready();
        target = new InetSocketAddress(ready.getHost(), ready.getPort());
        String page = "GET /page HTTP/1.1\r\nHost: shop\r\nCookie: sid=busy-client\r\n\r\n";
        try (HonestClient client = new HonestClient(target)) {
            try (Attacker busy = new Attacker(loops.next(), target, 64, "", Then.POUR, page, 8 << 20)) {
                client.p99(SECONDS);
                assertThat(busy.connected()).isEqualTo(64);
                residentBefore = residentKibibytes();
            }
            client.p99(1);
            p99Before = client.p99(SECONDS);
        }
    }

    @AfterAll
    void stop() {
        if (sidecar != null) {
            sidecar.close();
            upstream.close();
            loops.shutdownGracefully().awaitUninterruptibly();
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isHarmless(Attack attack) throws IOException {
        EventLoop loop = loops.next();
        double bearable = Math.max(PATIENCE * p99Before, NOTHING_MS);
        double p99;
        int connected;
        long resident;
        try (HonestClient client = new HonestClient(target);
                Attacker attacker = new Attacker(
                        loop,
                        target,
                        attack.connections(),
                        attack.first(),
                        attack.then(),
                        attack.second(),
                        attack.bytesPerSecond())) {
            p99 = client.p99(SECONDS);
            for (int stretch = 1; p99 > bearable && stretch < STRETCHES; stretch++) {
                p99 = client.p99(SECONDS);
            }
            connected = attacker.connected();
            resident = residentKibibytes();
        }
        rest();
        System.out.printf(
                "%s: %d connections, p99 %.1f of %.1f ms, %d of %d MiB%n",
                attack, connected, p99, p99Before, resident >> 10, residentBefore >> 10);
        assertThat(connected).as("connections made").isGreaterThanOrEqualTo(attack.connections());
        assertThat(resident).as("resident, KiB").isLessThanOrEqualTo((long) (MEMORY * residentBefore));
        assertThat(p99).as("p99 of honest clients, ms").isLessThanOrEqualTo(bearable);
    }

    /** Lets the sidecar clear away what the attackers have left, lest the next attack be blamed for it. */
    private void rest() throws IOException {
        try (HonestClient client = new HonestClient(target)) {
            client.p99(1);
        }
    }

    private long residentKibibytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + sidecar.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
