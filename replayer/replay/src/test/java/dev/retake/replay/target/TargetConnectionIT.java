package dev.retake.replay.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.TransportError;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client makes of targets that behave, and of those that do not. */
class TargetConnectionIT {
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void theRequestGoesOutByteForByte() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            Headers headers =
                    Headers.of("hOsT", "x", "X-B", "2", "x-a", "1", "X-B", "\u00e9 \u00ff", "Content-Length", "3");
            send(
                    server.uri(),
                    new Request("pOST", "/a%2fb/../c?x=1&&y=%zz", "HTTP/1.1", headers, body("abc"), Headers.EMPTY));

            assertThat(server.requests)
                    .containsExactly("pOST /a%2fb/../c?x=1&&y=%zz HTTP/1.1\r\nhOsT: x\r\nX-B: 2\r\nx-a: 1\r\n"
                            + "X-B: \u00e9 \u00ff\r\nContent-Length: 3\r\n\r\nabc");
        }
    }

    @Test
    void chunkedContentGoesWithItsTrailers() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            Headers headers = Headers.of("Host", "x", "Transfer-Encoding", "chunked");
            send(server.uri(), new Request("PUT", "/", "HTTP/1.1", headers, body("hello"), Headers.of("X-Sum", "9")));

            assertThat(server.requests.get(0)).endsWith("\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 9\r\n\r\n");
        }
    }

    static Stream<Arguments> goodAnswers() {
        return Stream.of(
                Arguments.of("GET", OK, 200, "ok"),
                Arguments.of(
                        "GET",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
                        200,
                        "ok"),
                Arguments.of("GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK, 200, "ok"),
                Arguments.of("GET", "HTTP/1.1 100 Continue\r\n\r\n" + OK, 200, "ok"),
                Arguments.of("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n", 200, ""),
                Arguments.of("DELETE", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
                Arguments.of("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, ""),
                Arguments.of("GET", "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n", 302, ""),
                Arguments.of("GET", "HTTP/1.1 599 Odd Status\r\nContent-Length: 0\r\n\r\n", 599, ""));
    }

    @ParameterizedTest
    @MethodSource("goodAnswers")
    void anAnswerIsTakenAsItCame(String method, String answer, int status, String content) throws Exception {
        try (RawServer server = RawServer.answering(answer)) {
            Response response = answer(send(server.uri(), request(method)));

            assertThat(response.status()).isEqualTo(status);
            assertThat(text(response)).isEqualTo(content);
            assertThat(response.body().truncated()).isFalse();
        }
    }

    static Stream<Arguments> badAnswers() {
        RawServer.Behaviour reset = RawServer.Peer::reset;
        RawServer.Behaviour resetAfterRequest = peer -> {
            peer.read();
            peer.reset();
        };
        RawServer.Behaviour stall = RawServer.Peer::stall;
        return Stream.of(
                Arguments.of("reset", reset, TransportError.Kind.RESET),
                Arguments.of("reset after the request", resetAfterRequest, TransportError.Kind.RESET),
                Arguments.of("stall", stall, TransportError.Kind.TIMEOUT),
                Arguments.of(
                        "stall in the head",
                        after("HTTP/1.1 200 OK\r\nContent-", RawServer.Peer::stall),
                        TransportError.Kind.TIMEOUT),
                Arguments.of(
                        "stall in the content",
                        after("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", RawServer.Peer::stall),
                        TransportError.Kind.TIMEOUT),
                Arguments.of("close at once", after("", peer -> {}), TransportError.Kind.CLOSED_EARLY),
                Arguments.of(
                        "close in the head",
                        after("HTTP/1.1 200 OK\r\nConte", peer -> {}),
                        TransportError.Kind.CLOSED_EARLY),
                Arguments.of(
                        "close in the content",
                        after("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", peer -> {}),
                        TransportError.Kind.CLOSED_EARLY),
                Arguments.of(
                        "close in a chunk",
                        after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", peer -> {}),
                        TransportError.Kind.CLOSED_EARLY),
                Arguments.of(
                        "another protocol",
                        after("SSH-2.0-OpenSSH_9.2p1 Debian\r\n", RawServer.Peer::stall),
                        TransportError.Kind.GARBAGE),
                Arguments.of(
                        "noise",
                        after("\u0001\u0002\u0003 \u0004\r\n\r\n\u0005\r\n\r\n", RawServer.Peer::stall),
                        TransportError.Kind.GARBAGE),
                Arguments.of(
                        "a chunk of no size",
                        after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab", RawServer.Peer::stall),
                        TransportError.Kind.GARBAGE),
                Arguments.of(
                        "too much",
                        after(
                                "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + "x".repeat(3000),
                                RawServer.Peer::stall),
                        TransportError.Kind.TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    void whatIsNoAnswerIsATransportError(String name, RawServer.Behaviour behaviour, TransportError.Kind kind)
            throws Exception {
        try (RawServer server = new RawServer(behaviour)) {
            Reply reply = send(server.uri(), request("POST"));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Failed.class,
                            failed -> assertThat(failed.error().kind()).isEqualTo(kind));
        }
    }

    /** A reset may be met when connecting is over, by the write, or by a read: it is always called one. */
    @RepeatedTest(200)
    void aResetIsToldWheneverItComes() throws Exception {
        try (RawServer server = new RawServer(RawServer.Peer::reset)) {
            Reply reply = send(server.uri(), request("POST"));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Failed.class,
                            failed -> assertThat(failed.error().kind()).isEqualTo(TransportError.Kind.RESET));
        }
    }

    @Test
    void nobodyListening() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        Reply reply = send(URI.create("http://127.0.0.1:" + port), request("GET"));

        assertThat(((Reply.Failed) reply).error().kind()).isEqualTo(TransportError.Kind.REFUSED);
    }

    @Test
    void theNextAddressOfANameIsTriedAndKept() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            InetAddress silent = InetAddress.getByAddress(new byte[] {127, 0, 0, 99});
            PinnedTarget target = PinnedTarget.of(server.uri(), silent, InetAddress.getLoopbackAddress());
            TargetLimits limits = new TargetLimits(Duration.ofSeconds(2), SILENCE, 2_000);
            try (TargetClient client = new TargetClient(target, limits, new TargetTls(true, ""));
                    TargetConnection one = client.connection();
                    TargetConnection two = client.connection()) {
                assertThat(text(answer(one.send(request("GET"), patience())))).isEqualTo("ok");
                assertThat(text(answer(two.send(request("GET"), patience())))).isEqualTo("ok");
            }
        }
    }

    @Test
    void plainTextWhereTlsIsWanted() throws Exception {
        try (RawServer server = new RawServer(peer -> peer.write(OK).stall())) {
            Reply reply = send(URI.create(server.uri().toString().replace("http:", "https:")), request("GET"));

            assertThat(((Reply.Failed) reply).error().kind()).isEqualTo(TransportError.Kind.TLS);
        }
    }

    @Test
    void contentUntilTheConnectionCloses() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.0 200 OK\r\n\r\nall of it");
        })) {
            assertThat(text(answer(send(server.uri(), request("GET"))))).isEqualTo("all of it");
        }
    }

    @Test
    void compressedContentIsDecoded() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = zipped.toByteArray();
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bytes.length + "\r\n\r\n");
            peer.write(bytes);
        })) {
            Body body = answer(send(server.uri(), request("GET"))).body();

            assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
            assertThat(body.coding()).isEqualTo("gzip");
            assertThat(body.wireSize()).isEqualTo(bytes.length);
        }
    }

    @Test
    void aConnectionIsKeptForTheNextRequest() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (RawServer server = new RawServer(peer -> {
                    connections.incrementAndGet();
                    while (peer.read()) {
                        peer.write(OK);
                    }
                });
                TargetClient client = client(server.uri());
                TargetConnection connection = client.connection()) {
            for (int i = 0; i < 3; i++) {
                assertThat(text(answer(connection.send(request("POST"), patience()))))
                        .isEqualTo("ok");
            }
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void aKeptConnectionThatTheTargetClosesIsReplacedOnlyForWhatMayBeSentTwice() throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.read();
                    peer.write(OK);
                    peer.read();
                });
                TargetClient client = client(server.uri());
                TargetConnection connection = client.connection()) {
            assertThat(connection.send(request("GET"), patience())).isInstanceOf(Reply.Answered.class);
            assertThat(connection.send(request("PUT"), patience())).isInstanceOf(Reply.Answered.class);
            assertThat(connection.send(request("POST"), patience())).isInstanceOf(Reply.Failed.class);
            assertThat(server.requests.stream().map(request -> request.split(" ")[0]))
                    .containsExactly("GET", "PUT", "PUT", "POST");
        }
    }

    @Test
    void whatComesUnaskedNeverAnswersTheNextRequest() throws Exception {
        try (RawServer server = new RawServer(peer -> {
                    peer.read();
                    peer.write(OK + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsmuggle");
                    while (peer.read()) {
                        peer.write(OK);
                    }
                });
                TargetClient client = client(server.uri());
                TargetConnection connection = client.connection()) {
            for (int i = 0; i < 4; i++) {
                Reply reply = connection.send(request("GET"), patience());
                assertThat(reply).isInstanceOf(Reply.Answered.class);
                assertThat(text(answer(reply))).isEqualTo("ok");
            }
        }
    }

    @Test
    void aStreamThatTheRecordedClientLeftIsReadAsFarAsItWas() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.write("8\r\ndata: 1\n\r\n").stall();
        })) {
            Reply byTime = send(
                    server.uri(), request("GET"), Patience.forPart(Duration.ofSeconds(20), Duration.ofMillis(50), 999));
            Reply byBytes = send(
                    server.uri(), request("GET"), Patience.forPart(Duration.ofSeconds(20), Duration.ofSeconds(9), 8));

            for (Reply reply : List.of(byTime, byBytes)) {
                assertThat(text(answer(reply))).isEqualTo("data: 1\n");
                assertThat(answer(reply).body().truncated()).isTrue();
            }
        }
    }

    @Test
    void aTargetThatDripsForeverIsLeftAlone() throws Exception {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 1_000_000; i++) {
                peer.write("1\r\nx\r\n");
            }
        })) {
            Patience patience = new Patience(SILENCE, Duration.ofMillis(100), Patience.WHOLE, Duration.ZERO);
            Reply reply = send(server.uri(), request("GET"), patience);

            assertThat(((Reply.Failed) reply).error().kind())
                    .isIn(TransportError.Kind.TIMEOUT, TransportError.Kind.TOO_LARGE);
        }
    }

    private static RawServer.Behaviour after(String bytes, RawServer.Behaviour then) {
        return peer -> {
            peer.read();
            peer.write(bytes);
            then.serve(peer);
        };
    }

    private static Reply send(URI uri, Request request) throws InterruptedException {
        return send(uri, request, patience());
    }

    private static Reply send(URI uri, Request request, Patience patience) throws InterruptedException {
        try (TargetClient client = client(uri);
                TargetConnection connection = client.connection()) {
            return connection.send(request, patience);
        }
    }

    private static TargetClient client(URI uri) {
        TargetLimits limits = new TargetLimits(Duration.ofSeconds(2), SILENCE, 2_000);
        return new TargetClient(
                PinnedTarget.of(uri, InetAddress.getLoopbackAddress()), limits, new TargetTls(true, ""));
    }

    private static Patience patience() {
        return Patience.forWhole(SILENCE, Duration.ZERO);
    }

    private static Request request(String method) {
        return new Request(method, "/", "HTTP/1.1", Headers.of("Host", "x"), Body.EMPTY, Headers.EMPTY);
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Response answer(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        return ((Reply.Answered) reply).response();
    }

    private static String text(Response response) {
        return new String(response.body().bytes(), StandardCharsets.ISO_8859_1);
    }
}
