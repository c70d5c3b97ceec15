package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.exchange.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that do not take what they asked for, and upstreams that do not take what they are sent. */
class ClientStallIT {
    private static final String SEND = "proxy: {threads: 1, timeouts: {send: 1s}}";
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String MEGABYTE = "x".repeat(1 << 20);
    private static final int MEGABYTES = 64;

    /** Sends more than all buffers between it and a client hold. */
    private static TestUpstream large() throws IOException {
        return new TestUpstream((wire, n) -> {
            wire.head();
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + ((long) MEGABYTES << 20) + "\r\n\r\n");
            for (int i = 0; i < MEGABYTES; i++) {
                wire.send(MEGABYTE);
            }
        });
    }

    @Test
    void aClientThatDoesNotReadIsReset() throws IOException {
        try (TestUpstream upstream = large();
                Sidecar sidecar = new Sidecar(upstream.url(), SEND);
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
            await().until(() -> connections(sidecar) == 0 && sidecar.upstreamConnections() == 0);
        }
    }

    @Test
    void aStreamWhoseWindowStaysShutIsResetAlone() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        wire.send(
                                head.startsWith("GET /small")
                                        ? "HTTP/1.1 204 No Content\r\n\r\n"
                                        : "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), SEND);
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.granting = false;
            Http2Wire.Answer answer = client.get(1, "/large").answer(1);
            assertThat(answer.outcome()).isEqualTo("200");
            assertThat(answer.body).hasSize(65_535);
            assertThat(answer.end).isEqualTo("reset CANCEL");
            assertThat(client.get(3, "/small").answer(3).outcome()).isEqualTo("204");
            assertThat(client.answer(3).end).isEqualTo("end");
        }
    }

    @Test
    void aResponseThatIsWholeDoesNotWaitForEverEither() throws IOException {
        String response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (TestUpstream upstream = TestUpstream.answering(response);
                Sidecar sidecar = new Sidecar(upstream.url(), SEND);
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.frame(Http2Wire.SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
            assertThat(client.get(1, "/").answer(1).end).isEqualTo("reset CANCEL");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(client.soFar(1).body).isEmpty();
        }
    }

    @Test
    void aClientThatDoesNotReadItsConnectionLosesAllOfIt() throws IOException {
        try (TestUpstream upstream = large();
                Sidecar sidecar = new Sidecar(upstream.url(), SEND);
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            byte[] window = {0, 4, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
            client.frame(Http2Wire.SETTINGS, 0, 0, window);
            client.frame(Http2Wire.WINDOW_UPDATE, 0, 0, Http2Wire.number(Integer.MAX_VALUE - 65_535));
            client.get(1, "/").get(3, "/");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
            await().until(() -> connections(sidecar) == 0 && sidecar.upstreamConnections() == 0);
        }
    }

    @Test
    void aClientThatTakesLittleAtATimeIsServedToTheEnd() throws IOException {
        int length = 1_000_000;
        try (TestUpstream upstream = TestUpstream.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length));
                Sidecar sidecar = new Sidecar(upstream.url(), SEND);
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.granting = false;
            client.get(1, "/");
            AtomicInteger granted = new AtomicInteger(65_535);
            await().pollInSameThread().pollInterval(Duration.ofMillis(100)).until(() -> {
                while (client.soFar(1).end == null && client.soFar(1).body.length() < granted.get()) {
                    client.read();
                }
                granted.addAndGet(60_000);
                client.frame(Http2Wire.WINDOW_UPDATE, 0, 0, Http2Wire.number(60_000));
                if (client.soFar(1).end == null) {
                    client.frame(Http2Wire.WINDOW_UPDATE, 0, 1, Http2Wire.number(60_000));
                }
                return client.soFar(1).end != null;
            });
            assertThat(client.answer(1).end).isEqualTo("end");
            assertThat(client.answer(1).body).hasSize(length);
        }
    }

    /** What it takes is filled up again at once, so that as much waits as before. */
    @Test
    void aClientThatReadsLittleAtATimeIsNotReset() throws IOException {
        try (TestUpstream upstream = large();
                Sidecar sidecar = new Sidecar(upstream.url(), SEND);
                Wire client = sidecar.connect().receiveBuffer(16_384)) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            AtomicInteger reads = new AtomicInteger();
            await().pollInSameThread()
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> client.read(100_000).length() == 100_000 && reads.incrementAndGet() == 60);
        }
    }

    @Test
    void aStreamInWhichNothingWaitsMayBeSilent() throws IOException {
        CountDownLatch more = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
                    waitFor(more);
                    wire.send("b");
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, timeouts: {send: 200ms}}");
                Wire client = sidecar.connect();
                Http2Wire http2 = Http2Wire.connect(sidecar.server.address())) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            assertThat(client.read(1)).isEqualTo("a");
            http2.get(1, "/");
            while (http2.soFar(1).body.isEmpty()) {
                http2.read();
            }
            await().during(Duration.ofMillis(600)).until(() -> sidecar.sink.left() == 0);
            more.countDown();
            assertThat(client.read(1)).isEqualTo("b");
            assertThat(http2.answer(1).body).hasToString("ab");
        }
    }

    @Test
    void aBodyThatNeverComesIsGivenUpOverHttp2Too() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> wire.rest());
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, timeouts: {requestBody: 300ms}}");
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.headers(1, false, Http2Wire.request("POST", "/")).data(1, false, "a");
            assertThat(client.answer(1).outcome()).isEqualTo("408");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @Test
    void anUpstreamThatTakesNoBodyIsGivenUp() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    waitFor(over);
                });
                Sidecar sidecar =
                        new Sidecar(upstream.url(), "proxy: {threads: 1, timeouts: {response: 1s, requestBody: 1h}}");
                Wire client = sidecar.connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> upload(client));
            assertThat(client.head()).startsWith("HTTP/1.1 504");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.TIMED_OUT);
            over.countDown();
            client.reset();
            sent.join();
        }
    }

    private static void upload(Wire client) {
        try {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + (MEGABYTES << 20) + "\r\n\r\n");
            for (int i = 0; i < MEGABYTES; i++) {
                client.send(MEGABYTE);
            }
        } catch (IOException e) {
            // Given up, as it is to be.
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static double connections(Sidecar sidecar) {
        return sidecar.registry.get("retake.connections").gauge().value();
    }
}
