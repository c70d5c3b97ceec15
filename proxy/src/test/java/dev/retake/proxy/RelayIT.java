package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Outcome;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What client and upstream see of each other through the sidecar, byte for byte, over real sockets. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class RelayIT {
    private static final String ADDED =
            "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: h\r\n"
                    + "Forwarded: for=127.0.0.1;proto=http;host=\"h\"\r\nVia: 1.1 retake\r\n\r\n";
    private static final String NOTHING_ADDED = """
            proxy:
              forwarded: {xForwardedFor: false, xForwardedProto: false, xForwardedHost: false, forwarded: false, via: false}
            """;

    static Stream<Arguments> responses() {
        return Stream.of(
                response("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
                response(
                        "HTTP/1.1 200 \r\ncontent-LENGTH:5\r\nX:\r\nx: a\r\nX:  a \t\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nhello"),
                response("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"),
                response(
                        "HTTP/1.1 299 Na\u00efve \u00ff reason\r\nX: \u0001\u0080\u00ff\r\nContent-Length: 1\r\n\r\n\0"),
                response("HTTP/1.1 204 No Content\r\nX: y\r\n\r\n"),
                response("HTTP/1.1 304 Not Modified\r\nContent-Length: 12\r\nETag: \"x\"\r\n\r\n"),
                response(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=\"1\"\r\nhello\r\n0005\r\nthere\r\n0;e\r\nT: u\r\nV:\r\n\r\n"),
                response("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1 \r\nx\r\n0\r\n\r\n"),
                response("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\u0008\0"),
                response(
                        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"),
                response(
                        "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nProxy-Authenticate: x\r\nTrailer: T\r\nContent-Length: 0\r\n\r\n"),
                response("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + "0123456789".repeat(30_000)));
    }

    private static Arguments response(String bytes) {
        return Arguments.of(bytes);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void theClientSeesWhatTheUpstreamSent(String response) throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(response);
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            for (int round = 0; round < 3; round++) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.read(response.length())).isEqualTo(response);
                assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    static Stream<Arguments> closingResponses() {
        return Stream.of(
                response("HTTP/1.1 200 OK\r\nX: y\r\n\r\nuntil the end"),
                response("HTTP/1.0 200 OK\r\n\r\n"),
                response("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
                response("HTTP/1.1 200 OK\r\nCONNECTION: Close\r\nContent-Length: 5\r\n\r\nhello"),
                response("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + "x".repeat(200_000)));
    }

    @ParameterizedTest
    @MethodSource("closingResponses")
    void theConnectionEndsWhereTheUpstreamEndsIt(String response) throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(response);
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.rest()).isEqualTo(response);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void fieldsForOneHopAreTakenOut() throws IOException {
        String sent =
                "HTTP/1.1 200 OK\r\nServer: s\r\nConnection: keep-alive, x-hop\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\n"
                        + "Proxy-Connection: x\r\nUpgrade: h2\r\nContent-Length: 2\r\nLast: z\r\n\r\nok";
        try (TestUpstream upstream = TestUpstream.answering(sent);
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            String expected = "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 2\r\nLast: z\r\n\r\nok";
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.read(expected.length())).isEqualTo(expected);
            assertThat(sidecar.sink.next().response().head() + "ok").isEqualTo(sent);
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("GET / HTTP/1.1\r\nhost:h\r\n\r\n", null, ""),
                Arguments.of("GET http://h/x?y HTTP/1.1\r\nHost: h\r\n\r\n", null, ""),
                Arguments.of("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", null, ""),
                Arguments.of(
                        "ODD /%zz/\u00fc\"<> HTTP/1.1\r\nHost: h\r\nX: \r\nX:\u00ff \r\nx!y: \u0001\r\n\r\n", null, ""),
                Arguments.of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n", null, "a\0b\u00ff"),
                Arguments.of(
                        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n",
                        null,
                        "1;x=y\r\na\r\n02\r\nbc\r\n0\r\nT: u\r\n\r\n"),
                Arguments.of(
                        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n",
                        null,
                        "0123456789".repeat(20_000)),
                Arguments.of(
                        "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, X-Hop\r\nKeep-Alive: 1\r\nX-Hop: 2\r\nTE: gzip\r\n"
                                + "Proxy-Connection: x\r\nUpgrade: h2c\r\nHTTP2-Settings: z\r\nZ: z\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: h\r\nZ: z\r\n\r\n",
                        ""),
                Arguments.of(
                        "GET / HTTP/1.1\r\nConnection: TE, Host, Content-Length\r\nTE: trailers\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
                        "GET / HTTP/1.1\r\nConnection: TE\r\nTE: trailers\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
                        ""),
                Arguments.of(
                        "GET / HTTP/1.1\r\nHost: h\r\nX-Retake-Run: r\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theUpstreamSeesWhatTheClientSent(String head, String passed, String body) throws IOException {
        String expected = passed == null ? head : passed;
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    seen.complete(wire.read(expected.length() + body.length()));
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), NOTHING_ADDED);
                Wire client = sidecar.connect()) {
            client.send(head + body);
            client.head();
            assertThat(seen).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(expected + body);
            RecordingSink.Seen captured = sidecar.sink.next();
            assertThat(captured.request().head()).isEqualTo(head);
            if (!head.contains("chunked")) {
                assertThat(captured.request().body()).isEqualTo(body);
            } else {
                assertThat(captured.request().body()).isEqualTo("abc");
                assertThat(captured.request().trailers()).isEqualTo("T: u\r\n");
            }
        }
    }

    @Test
    void saysWhereTheRequestCameFrom() throws IOException {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    first.complete(wire.head());
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    second.complete(wire.head());
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").head();
            assertThat(first).isCompletedWithValue("GET / HTTP/1.1\r\nHost: h\r\n" + ADDED);
            client.send(
                            "GET / HTTP/1.1\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: x\r\nVia: 1.0 y\r\nHost: a\u00e9b\r\n\r\n")
                    .head();
            assertThat(second)
                    .isCompletedWithValue(
                            "GET / HTTP/1.1\r\nX-Forwarded-For: 9.9.9.9, 127.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: x\r\n"
                                    + "Via: 1.0 y\r\nHost: a\u00e9b\r\nForwarded: for=127.0.0.1;proto=http\r\nVia: 1.1 retake\r\n\r\n");
        }
    }

    @Test
    void aHeadRequestHasNoBody() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nHEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        if (head.startsWith("POST")) {
                            wire.read(3);
                        }
                        String path = head.split(" ")[1];
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            StringBuilder sent = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                String path = "/" + i;
                sent.append(i % 3 == 0 ? "POST " : "GET ").append(path).append(" HTTP/1.1\r\nHost: h\r\n");
                sent.append(i % 3 == 0 ? "Content-Length: 3\r\n\r\nabc" : "\r\n")
                        .append(i % 7 == 0 ? "\r\n" : "");
                expected.append("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
            }
            client.send(sent.toString());
            assertThat(client.read(expected.length())).isEqualTo(expected.toString());
            for (int i = 0; i < 200; i++) {
                assertThat(sidecar.sink.next().request().head()).contains(" /" + i + " HTTP/1.1");
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredThoughTheClientEnded() throws IOException {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        try (TestUpstream upstream = TestUpstream.answering(ok);
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(3) + "GET / HT")
                    .shutdownOutput();
            assertThat(client.rest()).isEqualTo(ok.repeat(3));
        }
    }

    @Test
    void aSlowReaderThatEndedItsSideGetsAll() throws IOException {
        String body = "x".repeat(8 << 20);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 413 No\r\nConnection: close\r\n\r\n" + body);
                    wire.read(2);
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n")
                    .head();
            assertThat(client.read(1 << 20)).hasSize(1 << 20);
            client.send("ok").shutdownOutput();
            assertThat(client.rest()).hasSize(7 << 20);
        }
    }

    @Test
    void aRequestThatComesByteByByteIsRelayed() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            String request = "GET /x HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n";
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void waitsForContinueAsTheUpstreamSays() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    assertThat(wire.head()).contains("Expect: 100-continue");
                    wire.send("HTTP/1.1 100 Continue\r\nX: y\r\n\r\n");
                    assertThat(wire.read(4)).isEqualTo("body");
                    wire.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\nX: y\r\n\r\n");
            client.send("body");
            assertThat(client.head()).startsWith("HTTP/1.1 201 Created");
            RecordingSink.Seen captured = sidecar.sink.next();
            assertThat(captured.interim()).isEqualTo(1);
            assertThat(captured.request().body()).isEqualTo("body");
            assertThat(upstream.failures).isEmpty();
        }
    }

    @Test
    void aRefusalInsteadOfContinueEndsTheConnection() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.rest()).isEqualTo("HTTP/1.1 417 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void anEarlyResponseArrivesWhileTheClientStillSends() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.read(100);
                    wire.send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig");
                    wire.shutdownOutput();
                    wire.rest();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n" + "x".repeat(1_000));
            assertThat(client.head())
                    .isEqualTo("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\n");
            client.send("x".repeat(500_000));
            assertThat(client.rest()).isEqualTo("big");
        }
    }

    @Test
    void aResponseBeforeTheWholeRequestLeavesTheConnectionUsable() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    wire.read(10);
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345");
            assertThat(client.head() + client.read(2)).endsWith("ok");
            client.send("67890GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head() + client.read(4)).endsWith("next");
            assertThat(sidecar.sink.next().request().body()).isEqualTo("1234567890");
        }
    }

    @Test
    void anUpgradedConnectionPassesBytesBothWays() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    assertThat(wire.head()).contains("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
                    assertThat(wire.read(5)).isEqualTo("early");
                    wire.send(
                            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0001first");
                    for (String frame = wire.read(4); !frame.isEmpty(); frame = wire.read(4)) {
                        wire.send("<" + frame + ">");
                    }
                    wire.send("bye");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send(
                    "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nearly");
            assertThat(client.head())
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.read(7)).isEqualTo("\u0081\u0001first");
            assertThat(client.send("ping").read(6)).isEqualTo("<ping>");
            assertThat(client.send("\r\n\r\n").read(6)).isEqualTo("<\r\n\r\n>");
            assertThat(client.shutdownOutput().rest()).isEqualTo("bye");
            RecordingSink.Seen captured = sidecar.sink.next();
            assertThat(captured.outcome()).isEqualTo(Outcome.UPGRADED);
            assertThat(captured.response().head()).startsWith("HTTP/1.1 101");
            assertThat(sidecar.sink.left()).isZero();
            assertThat(upstream.failures).isEmpty();
        }
    }

    @Test
    void aClientOfHttp10StaysOnlyWhereBothSayKeepAlive() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); head.contains("keep-alive"); head = wire.head()) {
                        wire.send("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
                    }
                    wire.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nlast");
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
                assertThat(client.head() + client.read(2))
                        .isEqualTo("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
            }
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.rest()).isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nlast");
        }
    }

    @Test
    void aClientThatAsksToCloseIsClosedAndTheUpstreamKept() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1}")) {
            for (int i = 0; i < 3; i++) {
                try (Wire client = sidecar.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
                    assertThat(client.rest())
                            .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                }
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aStreamArrivesPieceByPiece() throws IOException {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                    for (String event = take(events); !event.isEmpty(); event = take(events)) {
                        wire.send(event);
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
            client.head();
            for (int i = 0; i < 5; i++) {
                String event = "data: " + i + "\n\n";
                events.add(event);
                assertThat(client.until("\n\n")).isEqualTo(event);
            }
            events.add("");
            assertThat(client.ended()).isTrue();
            assertThat(sidecar.sink.next().chunkTimes()).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    private static String take(BlockingQueue<String> queue) throws IOException {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aSlowReaderHoldsTheUpstreamBack() throws Exception {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        int chunk = 1 << 20;
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + 64L * chunk + "\r\n\r\n");
                    byte[] bytes = new byte[chunk];
                    for (int i = 0; i < 64; i++) {
                        wire.send(bytes);
                    }
                    written.complete(64);
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.head();
            assertThat(written).isNotDone();
            for (int i = 0; i < 63; i++) {
                assertThat(client.read(chunk)).hasSize(chunk);
            }
            assertThat(client.read(chunk)).hasSize(chunk);
            assertThat(written).succeedsWithin(30, TimeUnit.SECONDS);
            RecordingSink.Seen captured = sidecar.sink.next();
            assertThat(captured.response().size()).isEqualTo(64L * chunk);
            assertThat(captured.response().truncated()).isTrue();
            assertThat(captured.response().body()).hasSize(1 << 20);
        }
    }
}
