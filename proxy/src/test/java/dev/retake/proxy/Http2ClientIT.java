package dev.retake.proxy;

import static dev.retake.proxy.Http2Wire.DATA;
import static dev.retake.proxy.Http2Wire.HEADERS;
import static dev.retake.proxy.Http2Wire.PREFACE;
import static dev.retake.proxy.Http2Wire.RST_STREAM;
import static dev.retake.proxy.Http2Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Outcome;
import dev.retake.proxy.Http2Wire.Answer;
import dev.retake.proxy.RecordingSink.Seen;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** HTTP/2 clients in front of an HTTP/1.1 upstream, at the level of frames. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class Http2ClientIT {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void anExchangeIsRelayedAndCaptured() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(
                        "HTTP/1.1 200 Fine\r\nX-A: 1\r\nContent-Length: 2\r\nSet-Cookie: a\r\nX-A: 2\r\nSet-Cookie: b\r\n"
                                + "Keep-Alive: timeout=5\r\n\r\nhi");
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            Answer answer = client.get(1, "/a").answer(1);
            assertThat(answer.heads)
                    .containsExactly(List.of(
                            ":status: 200", "x-a: 1", "content-length: 2", "set-cookie: a", "x-a: 2", "set-cookie: b"));
            assertThat(answer.body).hasToString("hi");
            assertThat(answer.frames).containsExactly(HEADERS, DATA);
            Seen seen = sidecar.sink.next();
            assertThat(seen.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(seen.request().head()).isEqualTo("GET /a HTTP/1.1\r\nhost: h\r\n\r\n");
            assertThat(seen.response().body()).isEqualTo("hi");
        }
    }

    @Test
    void theUpstreamIsToldThatItWasHttp2() throws IOException {
        CompletableFuture<String> head = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    head.complete(wire.head());
                    wire.send("HTTP/1.1 204 No Content\r\n\r\n");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            Answer answer = client.get(1, "/a").answer(1);
            assertThat(answer.outcome()).isEqualTo("204");
            assertThat(answer.frames).as("one frame says it all").containsExactly(HEADERS);
            assertThat(head.join()).contains("X-Forwarded-For: 127.0.0.1\r\n", "Via: 2.0 retake\r\n");
        }
    }

    @Test
    void aPrefaceInCrumbsIsOne() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = new Http2Wire(new Socket(
                        InetAddress.getLoopbackAddress(), sidecar.url().getPort()))) {
            for (byte b : PREFACE.getBytes(StandardCharsets.US_ASCII)) {
                client.raw(new byte[] {b});
            }
            client.frame(Http2Wire.SETTINGS, 0, 0, new byte[0]);
            assertThat(client.get(1, "/a").answer(1).outcome()).isEqualTo("204");
        }
    }

    @Test
    void aPrefaceAfterARequestIsNone() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 204");
            assertThat(client.send(PREFACE).head()).startsWith("HTTP/1.1 505");
        }
    }

    @Test
    void theConfigurationTurnsItOff() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {http2: {clients: false}}");
                Wire client = sidecar.connect()) {
            assertThat(client.send(PREFACE).head()).startsWith("HTTP/1.1 505");
        }
    }

    @Test
    void trailersAndInterimResponsesPass() throws IOException {
        CompletableFuture<String> body = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    assertThat(wire.head()).contains("te: trailers\r\n", "Connection: TE\r\n");
                    wire.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    body.complete(wire.until("x-sum: 5\r\n\r\n"));
                    wire.send(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nGrpc-Status: 0\r\n\r\n");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.headers(1, false, request("POST", "/a", "te", "trailers"));
            client.data(1, false, "12345").headers(1, true, List.of("x-sum", "5"));
            Answer answer = client.answer(1);
            assertThat(answer.heads)
                    .containsExactly(
                            List.of(":status: 103", "link: </a>"), List.of(":status: 200"), List.of("grpc-status: 0"));
            assertThat(answer.body).hasToString("hi");
            assertThat(answer.frames).containsExactly(HEADERS, HEADERS, DATA, HEADERS);
            assertThat(body.join()).isEqualTo("5\r\n12345\r\n0\r\nx-sum: 5\r\n\r\n");
            Seen seen = sidecar.sink.next();
            assertThat(seen.interim()).isOne();
            assertThat(seen.request().trailers()).contains("x-sum: 5");
            assertThat(seen.response().trailers()).contains("Grpc-Status: 0");
            assertThat(upstream.failures).isEmpty();
        }
    }

    @Test
    void bodiesStreamInBothDirectionsAtOnce() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(CHUNKED);
                    for (int i = 0; i < 3; i++) {
                        wire.until("\r\n");
                        wire.send("1\r\n" + wire.until("\r\n"));
                    }
                    wire.until("0\r\n\r\n");
                    wire.send("0\r\n\r\n");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.headers(1, false, request("POST", "/a"));
            for (int i = 1; i <= 3; i++) {
                client.data(1, false, "" + i);
                while (client.soFar(1).body.length() < i) {
                    client.read();
                }
            }
            assertThat(client.data(1, true, "").answer(1).body).hasToString("123");
        }
    }

    @Test
    void exchangesOfOneConnectionDoNotWaitForEachOther() throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    if (wire.head().startsWith("GET /slow ")) {
                        await(second);
                    }
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.get(1, "/slow").get(3, "/fast");
            assertThat(client.answer(3).outcome()).isEqualTo("200");
            assertThat(client.soFar(1).heads).isEmpty();
            second.countDown();
            assertThat(client.answer(1).outcome()).isEqualTo("200");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void aResetEndsTheRequestAtTheUpstream() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    begun.countDown();
                    ended.complete(wire.ended());
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.get(1, "/a");
            begun.await();
            client.reset(1, Http2Error.CANCEL);
            assertThat(ended.join()).isTrue();
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @Test
    void aConnectionThatIsGoneEndsEveryRequestAtTheUpstreamThoughNobodyReads() throws Exception {
        CountDownLatch ended = new CountDownLatch(3);
        CountDownLatch begun = new CountDownLatch(3);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    begun.countDown();
                    await(begun);
                    wire.slowRest();
                    ended.countDown();
                });
                Sidecar sidecar = new Sidecar(upstream.url())) {
            Http2Wire client = Http2Wire.connect(sidecar.server.address());
            for (int stream : new int[] {1, 3, 5}) {
                client.headers(stream, false, request("POST", "/a")).data(stream, false, "x".repeat(16_000));
            }
            begun.await();
            client.close();
            ended.await();
            for (int i = 0; i < 3; i++) {
                assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
            }
        }
    }

    @Test
    void whatTheUpstreamCutsIsReset() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    String head = wire.head();
                    if (head.startsWith("GET /length")) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    } else if (head.startsWith("GET /chunks")) {
                        wire.send(CHUNKED + "4\r\nhalf\r\n");
                    } else if (head.startsWith("GET /whole")) {
                        wire.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                    } else if (head.startsWith("GET /malformed")) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            for (String path : List.of("/length", "/chunks")) {
                int stream = path.equals("/length") ? 1 : 3;
                Answer cut = client.get(stream, path).answer(stream);
                assertThat(cut.heads).as(path).hasSize(1);
                assertThat(cut.body).as(path).hasToString("half");
                assertThat(cut.end).as(path).isEqualTo("reset INTERNAL_ERROR");
            }
            Answer whole = client.get(5, "/whole").answer(5);
            assertThat(whole.body).hasToString("until the end");
            assertThat(whole.end).isEqualTo("end");
            assertThat(client.get(7, "/malformed").answer(7).outcome()).isEqualTo("502");
            Answer nothing = client.get(9, "/nothing").answer(9);
            assertThat(nothing.outcome()).isEqualTo("502");
            assertThat(nothing.body.toString()).contains("without a response");
            assertThat(nothing.heads.get(0)).noneMatch(field -> field.startsWith("connection"));
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheRequestStopsTheRest() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            Answer answer = client.headers(1, false, request("POST", "/a")).answer(1);
            assertThat(answer.outcome()).isEqualTo("413");
            while (!client.soFar(1).frames.contains(RST_STREAM)) {
                client.read();
            }
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsLittleAndIsTimedOut() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    if (wire.head().startsWith("GET /ok")) {
                        wire.send("HTTP/1.1 204 No Content\r\n\r\n");
                        return;
                    }
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    byte[] piece = new byte[65_536];
                    while (true) {
                        wire.send(piece);
                        sent.addAndGet(piece.length);
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, timeouts: {stream: 1s}}");
                Http2Wire client = Http2Wire.connect(sidecar.server.address());
                Http2Wire honest = Http2Wire.connect(sidecar.server.address())) {
            client.granting = false;
            for (int i = 0; i < 50; i++) {
                client.get(1 + 2 * i, "/endless");
            }
            while (client.soFar(0).end == null && client.soFar(99).heads.isEmpty()) {
                client.read();
            }
            double held = sidecar.registry.get("retake.relay.memory").gauge().value();
            assertThat(held).isLessThan(64 << 20);
            assertThat(honest.get(1, "/ok").answer(1).outcome()).isEqualTo("204");
            for (int i = 0; i < 50; i++) {
                assertThat(client.answer(1 + 2 * i).end).isEqualTo("reset CANCEL");
            }
        }
    }

    @Test
    void aDrainLetsStreamsEndAndTakesNoNewOnes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    begun.countDown();
                    await(told);
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Http2Wire client = Http2Wire.connect(sidecar.server.address());
                Http2Wire idle = Http2Wire.connect(sidecar.server.address())) {
            client.get(1, "/a");
            begun.await();
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> {
                try {
                    sidecar.server.stop();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            while (client.read() != Http2Wire.GOAWAY) {
                // Settings come before it.
            }
            client.get(3, "/late");
            told.countDown();
            Answer last = client.answer(1);
            assertThat(last.outcome()).isEqualTo("200");
            assertThat(last.end).isEqualTo("end");
            client.end();
            assertThat(client.soFar(3).heads).isEmpty();
            assertThat(upstream.connections()).isOne();
            idle.end();
            assertThat(idle.seen).contains("7:0:0");
            stopping.join();
        }
    }

    @Test
    void anIdleConnectionIsClosedInOrder() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {keepAlive: 300ms}}");
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            assertThat(client.get(1, "/a").answer(1).outcome()).isEqualTo("204");
            assertThat(client.end()).isEqualTo("closed");
            assertThat(client.seen).contains("7:0:0");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(sidecar.registry
                                    .get("retake.connections")
                                    .gauge()
                                    .value())
                            .isZero());
        }
    }

    @Test
    void streamsBeyondTheLimitAreRefusedThoughTheClientDoesNotKnowItYet() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    await(refused);
                    wire.send("HTTP/1.1 204 No Content\r\n\r\n");
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {http2: {streams: 2}}");
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            client.get(1, "/a").get(3, "/b").get(5, "/c");
            assertThat(client.answer(5).end).isEqualTo("reset REFUSED_STREAM");
            refused.countDown();
            assertThat(client.answer(1).outcome()).isEqualTo("204");
            assertThat(client.answer(3).outcome()).isEqualTo("204");
            assertThat(client.get(7, "/d").answer(7).outcome()).isEqualTo("204");
        }
    }

    @Test
    void whatPassesUnreadInHttp1IsRefusedInAStream() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {observe: true}");
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            assertThat(client.get(1, "/a").answer(1).outcome()).isEqualTo("502");
            assertThat(client.headers(3, true, request("GET", "/a#b")).answer(3).outcome())
                    .isEqualTo("400");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
