package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.exchange.Outcome;
import dev.retake.pipeline.DropReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a peer is absent, slow, wrong or gone. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class FailureIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void anUpstreamThatIsDownGets502UntilItIsUp() throws IOException {
        ServerSocket reserved = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        int port = reserved.getLocalPort();
        reserved.close();
        try (Sidecar sidecar = new Sidecar(URI.create("http://127.0.0.1:" + port));
                Wire client = sidecar.connect()) {
            String head = client.send(GET).head();
            assertThat(head).startsWith("HTTP/1.1 502 Bad Gateway\r\n").doesNotContain("close");
            assertThat(client.until("\n")).contains("does not accept connections");
            RecordingSink.Seen seen = sidecar.sink.next();
            assertThat(seen.outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
            assertThat(seen.response().head()).isNull();
            ServerSocket late = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
            try (TestUpstream upstream = new TestUpstream(late, (wire, n) -> {
                wire.head();
                wire.send(OK);
            })) {
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void anUnknownNameGets502() throws IOException {
        try (Sidecar sidecar = new Sidecar(URI.create("http://no-such-host.invalid:80"));
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(client.until("\n")).contains("does not resolve");
        }
    }

    @Test
    void anUpstreamThatDoesNotAcceptGets504() throws IOException {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sidecar sidecar = new Sidecar(
                        URI.create("http://127.0.0.1:" + full.getLocalPort()),
                        "proxy: {upstream: {connectTimeout: 200ms}}");
                Wire client = sidecar.connect()) {
            boolean room = true;
            while (room) {
                Socket socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (SocketTimeoutException e) {
                    room = false;
                }
            }
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 504");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.TIMED_OUT);
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    void anUpstreamThatDoesNotAnswerGets504() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.ended();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {response: 200ms}}");
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 504");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.TIMED_OUT);
        }
    }

    @Test
    void aStreamThatStallsIsCut() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                    wire.ended();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {stream: 200ms}}");
                Wire client = sidecar.connect()) {
            client.send(GET).head();
            assertThat(client.rest()).isEqualTo("he");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.TIMED_OUT);
        }
    }

    @Test
    void aHeadThatStallsGets408() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {head: 200ms}}");
                Wire client = sidecar.connect()) {
            assertThat(client.send("GET / HTTP/1.1\r\n").rest())
                    .startsWith("HTTP/1.1 408")
                    .contains("Connection: close");
            assertThat(sidecar.sink.left()).isZero();
        }
    }

    @Test
    void aBodyThatStallsGets408() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> wire.rest());
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {requestBody: 200ms}}");
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
            assertThat(client.rest()).startsWith("HTTP/1.1 408");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @Test
    void aClientMayBeSilentForLongerOnceItsAnswerHasBegun() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
                    wire.rest();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {requestBody: 200ms, stream: 1s}}");
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200").endsWith("hi\r\n");
            assertThat(sidecar.sink.next().outcome())
                    .as("ended by proxy.timeouts.stream")
                    .isEqualTo(Outcome.TIMED_OUT);
        }
    }

    @Test
    void anIdleConnectionIsClosedWithoutAWord() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {keepAlive: 200ms}}");
                Wire client = sidecar.connect()) {
            client.send(GET);
            assertThat(client.rest()).isEqualTo(OK);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                Arguments.of(
                        400,
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\nHost: a\n\n"),
                Arguments.of(400, "\u0016\u0003\u0001\u0000\u00a5\u0001"),
                Arguments.of(413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"),
                Arguments.of(414, "GET /" + "a".repeat(300) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(2_000) + "\r\n\r\n"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(20) + "\r\n"),
                Arguments.of(501, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRequestThatIsRefusedNeverReachesTheUpstream(int status, String request) throws IOException {
        String limits = "proxy: {limits: {requestLine: 256, head: 1024, fields: 16, requestBody: 1000B}}";
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), limits);
                Wire client = sidecar.connect()) {
            String response = client.send(request).rest();
            assertThat(response).startsWith("HTTP/1.1 " + status + " ").contains("\r\nConnection: close\r\n");
            assertThat(response.substring(response.indexOf("\r\n\r\n"))).startsWith("\r\n\r\nretake: " + status);
            assertThat(upstream.connections()).isZero();
            assertThat(sidecar.sink.left()).isZero();
            assertThat(sidecar.registry
                            .get("retake.requests.refused")
                            .tag("status", "" + status)
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aBodyThatIsWronglyFramedGoesNoFurther() throws IOException {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.read(3);
                    wire.send("");
                    seen.complete(wire.rest());
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("1\r\nx\r\n0\r\n\nGET /smuggled HTTP/1.1\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 400");
            assertThat(seen).succeedsWithin(30, TimeUnit.SECONDS).asString().doesNotContain("smuggled");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @Test
    void aChunkedBodyOverTheLimitGets413() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> wire.rest());
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {limits: {requestBody: 1000B}}");
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2_000));
            assertThat(client.rest()).startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
            })
    void aResponseThatIsWronglyFramedGets502(String response) throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(response);
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            client.until("\n");
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void aChunkedResponseThatGoesWrongIsCut() throws IOException {
        String good = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n";
        try (TestUpstream upstream = TestUpstream.answering(good + "+1\r\nx\r\n0\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).rest()).isEqualTo(good);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        }
    }

    @Test
    void bytesAfterAResponseAreNobodys() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
            assertThat(upstream.connections()).isEqualTo(3);
        }
    }

    @Test
    void aResponseThatEndsTooEarlyEndsTooEarlyForTheClient() throws IOException {
        String cut = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(cut);
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).rest()).isEqualTo(cut);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        }
    }

    @Test
    void aResetInAnUndelimitedBodyIsPassedOn() throws IOException {
        CompletableFuture<Void> read = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\nhello");
                    read.join();
                    wire.reset();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send(GET).head();
            assertThat(client.read(5)).isEqualTo("hello");
            read.complete(null);
            assertThatThrownBy(client::ended).isInstanceOf(SocketException.class);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody"
            })
    void aRequestThatMayBeRepeatedSurvivesAStaleConnection(String request) throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.read(request.endsWith("body") ? 4 : 0);
                    wire.send(OK);
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            assertThat(client.send(request).read(OK.length())).isEqualTo(OK);
            assertThat(client.send(request).read(OK.length())).isEqualTo(OK);
            assertThat(upstream.connections()).isEqualTo(2);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
            RecordingSink.Seen second = sidecar.sink.next();
            assertThat(second.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(second.request().head() + second.request().body()).isEqualTo(request);
        }
    }

    @Test
    void aRequestThatMustNotBeRepeatedIsNot() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(OK);
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            client.send(GET).read(OK.length());
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 502");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatLeavesFreesTheUpstream() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    ended.complete(wire.ended());
                });
                Sidecar sidecar = new Sidecar(upstream.url())) {
            try (Wire client = sidecar.connect()) {
                client.send(GET);
            }
            assertThat(ended).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(true);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @Test
    void aClientThatSendsNoMoreIsStillAnswered() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    assertThat(wire.ended()).isTrue();
                    wire.send(OK);
                });
                Sidecar sidecar = new Sidecar(upstream.url());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).shutdownOutput().rest())
                    .isEqualTo(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        }
    }

    @Test
    void aThousandConnectionsDroppedAtOnceLeaveNothingBehind() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url())) {
            List<Wire> storm = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                Wire client = sidecar.connect();
                storm.add(client);
                client.send(i % 3 == 0 ? "GET / HT" : GET);
            }
            for (Wire client : storm) {
                client.reset();
            }
            try (Wire client = sidecar.connect()) {
                for (int i = 0; i < 10; i++) {
                    assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
                }
            }
        }
    }

    @Test
    void connectionsBeyondTheLimitGet503() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {limits: {connections: 1}}");
                Wire first = sidecar.connect()) {
            first.send(GET).read(OK.length());
            try (Wire second = sidecar.connect()) {
                assertThat(second.send(GET).rest()).startsWith("HTTP/1.1 503");
            }
            assertThat(first.send(GET).read(OK.length())).isEqualTo(OK);
        }
    }

    @Test
    void upstreamConnectionsBeyondTheLimitGet503() throws IOException {
        CompletableFuture<Void> accepted = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    accepted.complete(null);
                    wire.head();
                    wire.ended();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {upstream: {connections: 1}}");
                Wire first = sidecar.connect();
                Wire second = sidecar.connect()) {
            first.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n");
            accepted.join();
            assertThat(second.send(GET).head()).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void captureOverItsBudgetIsDroppedAndTrafficIsNot() throws IOException {
        String large = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
        RecordingSink sink = new RecordingSink(50_000);
        try (TestUpstream upstream = TestUpstream.answering(large);
                Sidecar sidecar = new Sidecar(upstream.url(), "", sink);
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).read(large.length())).isEqualTo(large);
            RecordingSink.Seen seen = sink.next();
            assertThat(seen.dropped()).isEqualTo(DropReason.BUDGET);
            assertThat(seen.outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(seen.request().head()).isEqualTo(GET);
        }
    }

    @Test
    void aTrustedReplayerKeepsItsMarkAndIsNotCaptured() throws IOException {
        CompletableFuture<String> head = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    head.complete(wire.head());
                    wire.send(OK);
                    wire.head();
                    wire.send(OK);
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {trustedReplayers: [127.0.0.0/8]}");
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Retake-Run: r1\r\n\r\n").read(OK.length());
            assertThat(head.join()).contains("\r\nX-Retake-Run: r1\r\n");
            client.send(GET).read(OK.length());
            assertThat(sidecar.sink.next().request().head()).isEqualTo(GET);
            assertThat(sidecar.sink.excluded).hasValue(1);
            assertThat(sidecar.sink.left()).isZero();
        }
    }
}
