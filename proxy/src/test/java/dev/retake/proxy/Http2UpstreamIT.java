package dev.retake.proxy;

import static dev.retake.proxy.Http2Wire.DATA;
import static dev.retake.proxy.Http2Wire.GOAWAY;
import static dev.retake.proxy.Http2Wire.HEADERS;
import static dev.retake.proxy.Http2Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Outcome;
import dev.retake.proxy.Http2Wire.Answer;
import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An upstream that speaks HTTP/2, at the level of frames, for clients of either version. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
@Timeout(60)
class Http2UpstreamIT {
    private static final String ON = "proxy: {threads: 1, http2: {upstream: on}}";
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final List<String> OK = List.of(":status", "200", "content-length", "2");

    /** Answers every request by the same frames. */
    private static Http2TestUpstream answering(List<String> head, String body) throws IOException {
        return new Http2TestUpstream((wire, n) -> {
            for (int stream = wire.request(); stream > 0; stream = wire.request()) {
                wire.headers(stream, body.isEmpty(), head);
                if (!body.isEmpty()) {
                    wire.data(stream, true, body);
                }
            }
        });
    }

    @Test
    void aRequestOfHttp1BecomesOneOfHttp2() throws IOException {
        CompletableFuture<Answer> seen = new CompletableFuture<>();
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    int stream = wire.request();
                    seen.complete(wire.soFar(stream));
                    wire.headers(stream, false, List.of(":status", "200", "x-a", "1", "set-cookie", "a", "x-a", "2"));
                    wire.data(stream, false, "he")
                            .data(stream, false, "llo")
                            .headers(stream, true, List.of("x-t", "v"));
                    wire.end();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            client.send("POST http://h/a?b HTTP/1.1\r\nHost: h\r\nX-Upper: Y\r\nConnection: x\r\nTE: trailers\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 3\r\n\r\n");
            assertThat(client.head())
                    .isEqualTo("HTTP/1.1 200 OK\r\nx-a: 1\r\nset-cookie: a\r\nx-a: 2\r\n"
                            + "transfer-encoding: chunked\r\n\r\n");
            assertThat(client.until("0\r\nx-t: v\r\n\r\n")).isEqualTo("2\r\nhe\r\n3\r\nllo\r\n0\r\nx-t: v\r\n\r\n");
            Answer request = seen.join();
            assertThat(request.heads.get(0))
                    .startsWith(
                            ":method: POST",
                            ":scheme: http",
                            ":authority: h",
                            ":path: /a?b",
                            "x-upper: Y",
                            "te: trailers")
                    .noneMatch(field -> field.startsWith("host") || field.startsWith("connection"))
                    .noneMatch(field -> field.startsWith("transfer-encoding"));
            assertThat(request.body).hasToString("abc");
            assertThat(request.heads.get(1)).containsExactly("x-sum: 3");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void aClientOfHttp2SeesWhatTheUpstreamSent() throws IOException {
        List<String> head = List.of(":status", "200", "content-type", "application/grpc", "x", "1", "y", "2", "x", "3");
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    for (int stream = wire.request(); stream > 0; stream = wire.request()) {
                        String path = wire.soFar(stream).heads.get(0).get(3);
                        boolean only = path.equals(":path: /only");
                        wire.headers(stream, only, head);
                        if (!only) {
                            wire.data(stream, false, "a").headers(stream, true, List.of("grpc-status", "0"));
                        }
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            List<String> lines = List.of(":status: 200", "content-type: application/grpc", "x: 1", "y: 2", "x: 3");
            Answer only = client.get(1, "/only").answer(1);
            assertThat(only.heads).containsExactly(lines);
            assertThat(only.frames).as("trailers alone are one frame").containsExactly(HEADERS);
            Answer stream = client.get(3, "/stream").answer(3);
            assertThat(stream.heads).containsExactly(lines, List.of("grpc-status: 0"));
            assertThat(stream.frames).containsExactly(HEADERS, DATA, HEADERS);
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void aClientOfHttp10GetsABodyThatEndsWithItsConnection() throws IOException {
        try (Http2TestUpstream upstream = answering(List.of(":status", "200"), "hello");
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").rest()).endsWith("\r\nconnection: close\r\n\r\nhello");
        }
    }

    @Test
    void whatTheUpstreamDidNotLookAtIsSentOnceMore() throws IOException {
        for (String how : List.of("refused", "goaway")) {
            BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
            try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                        int stream = wire.request();
                        bodies.add(wire.soFar(stream).body.toString());
                        if (bodies.size() == 1 && how.equals("refused")) {
                            wire.reset(stream, Http2Error.REFUSED_STREAM);
                            stream = wire.request();
                            bodies.add(wire.soFar(stream).body.toString());
                        } else if (bodies.size() == 1) {
                            wire.frame(GOAWAY, 0, 0, new byte[8]);
                            return;
                        }
                        wire.headers(stream, false, OK).data(stream, true, "ok");
                        wire.end();
                    });
                    Sidecar sidecar = new Sidecar(upstream.url(), ON);
                    Wire client = sidecar.connect()) {
                client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.head()).as(how).startsWith("HTTP/1.1 200");
                assertThat(bodies).as(how).containsExactly("abc", "abc");
            }
        }
    }

    @Test
    void whatTheUpstreamMayHaveDoneIsNotSentAgain() throws IOException {
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    wire.reset(wire.request(), Http2Error.INTERNAL_ERROR);
                    wire.end();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.head()).startsWith("HTTP/1.1 502");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void aResetInABodyIsOneForTheClient() throws IOException {
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    for (int stream = wire.request(); stream > 0; stream = wire.request()) {
                        wire.headers(stream, false, List.of(":status", "200")).data(stream, false, "half");
                        wire.reset(stream, Http2Error.INTERNAL_ERROR);
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Http2Wire client = Http2Wire.connect(sidecar.server.address());
                Wire old = sidecar.connect()) {
            Answer answer = client.get(1, "/a").answer(1);
            assertThat(answer.end).isEqualTo("reset INTERNAL_ERROR");
            assertThat(answer.body.toString()).isIn("", "half");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
            old.send(GET);
            assertThat(old.head()).startsWith("HTTP/1.1 200");
            sidecar.sink.next();
        }
    }

    @Test
    void aClientThatLeavesResetsItsStreamAlone() throws IOException {
        CompletableFuture<String> end = new CompletableFuture<>();
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    int first = wire.request();
                    wire.headers(first, false, List.of(":status", "200")).data(first, false, "begun");
                    int second = wire.request();
                    wire.soFar(first).end = null;
                    end.complete(wire.answer(first).end);
                    wire.headers(second, false, OK).data(second, true, "ok");
                    wire.end();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire leaving = sidecar.connect();
                Wire staying = sidecar.connect()) {
            leaving.send(GET).until("begun");
            staying.send(GET);
            leaving.reset();
            assertThat(end.join()).isEqualTo("reset CANCEL");
            assertThat(staying.until("ok")).endsWith("ok");
            assertThat(upstream.connections()).isOne();
        }
    }

    @Test
    void noMoreStreamsAreOpenedThanTheUpstreamTakes() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        byte[] one = {0, 3, 0, 0, 0, 1};
        try (Http2TestUpstream upstream = new Http2TestUpstream(one, (wire, n) -> {
                    int stream = wire.request();
                    both.countDown();
                    await(both);
                    wire.headers(stream, false, OK).data(stream, true, "ok");
                    wire.end();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire first = sidecar.connect();
                Wire second = sidecar.connect()) {
            first.send(GET);
            second.send(GET);
            assertThat(first.until("ok")).endsWith("ok");
            assertThat(second.until("ok")).endsWith("ok");
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void aClientThatDoesNotReadStopsNobodyElse() throws IOException {
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    for (int stream = wire.request(); stream > 0; stream = wire.request()) {
                        if (wire.soFar(stream).heads.get(0).contains(":path: /endless")) {
                            wire.headers(stream, false, List.of(":status", "200"));
                            for (int i = 0; i < 4; i++) {
                                wire.data(stream, false, "x".repeat(16_000)); // as much as its window takes
                            }
                        } else {
                            wire.headers(stream, false, OK).data(stream, true, "ok");
                        }
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON)) {
            try (Http2Wire greedy = Http2Wire.connect(sidecar.server.address());
                    Wire honest = sidecar.connect()) {
                greedy.granting = false;
                for (int i = 0; i < 40; i++) {
                    greedy.get(1 + 2 * i, "/endless");
                }
                for (int i = 0; i < 40; i++) {
                    while (greedy.soFar(1 + 2 * i).heads.isEmpty()) {
                        greedy.read();
                    }
                }
                assertThat(honest.send(GET).until("ok")).endsWith("ok");
            }
        }
    }

    @Test
    void anUpstreamThatSpeaksNoHttp2IsNamed() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            client.send(GET);
            assertThat(client.head()).startsWith("HTTP/1.1 502");
            assertThat(client.until("\n")).contains("does not speak HTTP/2", "proxy.http2.upstream");
        }
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("no :status", List.of("x", "y"), ""),
                Arguments.of(":status that is none", List.of(":status", "2x0"), ""),
                Arguments.of(":status of four digits", List.of(":status", "2000"), ""),
                Arguments.of("two :status", List.of(":status", "200", ":status", "204"), ""),
                Arguments.of("switching protocols", List.of(":status", "101"), ""),
                Arguments.of("a request's pseudo-header", List.of(":status", "200", ":path", "/"), ""),
                Arguments.of("an interim response that ends", List.of(":status", "103"), ""),
                Arguments.of("a line end in a value", List.of(":status", "200", "x", "y\r\nSet-Cookie: z"), ""),
                Arguments.of(
                        "an empty line in a value", List.of(":status", "200", "x", "y\r\n\r\nHTTP/1.1 200 OK"), ""),
                Arguments.of("a line end in a name", List.of(":status", "200", "x\r\ny", "z"), ""),
                Arguments.of("a colon in a name", List.of(":status", "200", "x:y", "z"), ""),
                Arguments.of("a name in capitals", List.of(":status", "200", "X", "z"), ""),
                Arguments.of("NUL in a value", List.of(":status", "200", "x", "a\u0000b"), ""),
                Arguments.of(
                        "transfer-encoding", List.of(":status", "200", "transfer-encoding", "chunked"), "0\r\n\r\n"),
                Arguments.of("connection", List.of(":status", "200", "connection", "close"), ""),
                Arguments.of("upgrade", List.of(":status", "200", "upgrade", "h2c"), ""),
                Arguments.of("a length that is none", List.of(":status", "200", "content-length", "x"), "ab"),
                Arguments.of("a signed length", List.of(":status", "200", "content-length", "+2"), "ab"),
                Arguments.of(
                        "two lengths", List.of(":status", "200", "content-length", "2", "content-length", "3"), "ab"),
                Arguments.of("a length and no body", List.of(":status", "200", "content-length", "2"), ""),
                Arguments.of("more than the length", List.of(":status", "200", "content-length", "1"), "ab"),
                Arguments.of("less than the length", List.of(":status", "200", "content-length", "3"), "ab"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void aMalformedResponseIsNone(String name, List<String> head, String body) throws IOException {
        try (Http2TestUpstream upstream = new Http2TestUpstream((wire, n) -> {
                    for (int stream = wire.request(); stream > 0; stream = wire.request()) {
                        if (wire.soFar(stream).heads.get(0).contains(":path: /good")) {
                            wire.headers(stream, false, OK).data(stream, true, "ok");
                        } else {
                            ByteArrayOutputStream frames = new ByteArrayOutputStream();
                            int flags = Http2Wire.END_HEADERS | (body.isEmpty() ? Http2Wire.END_STREAM : 0);
                            frames.writeBytes(Http2Wire.bytes(HEADERS, flags, stream, Http2Wire.block(head)));
                            if (!body.isEmpty()) {
                                frames.writeBytes(Http2Wire.bytes(
                                        DATA, Http2Wire.END_STREAM, stream, body.getBytes(StandardCharsets.US_ASCII)));
                            }
                            wire.raw(frames.toByteArray());
                        }
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Http2Wire client = Http2Wire.connect(sidecar.server.address());
                Wire old = sidecar.connect()) {
            Answer answer = client.get(1, "/bad").answer(1);
            assertThat(answer.outcome().equals("502") || answer.end.equals("reset INTERNAL_ERROR"))
                    .as("%s: %s %s", name, answer.heads, answer.end)
                    .isTrue();
            assertThat(client.get(3, "/good").answer(3).outcome()).as(name).isEqualTo("200");
            String response = "";
            try {
                response = old.send("GET /bad HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                        .rest();
            } catch (SocketException e) {
                response = "cut"; // by a reset, so that it does not look whole
            }
            assertThat(response.equals("cut") || response.startsWith("HTTP/1.1 502"))
                    .as("%s: %s", name, response)
                    .isTrue();
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.UPSTREAM_FAILED);
        }
    }

    @Test
    void tlsAgreesOnWhatTheClientSpeaks(@TempDir Path directory) throws Exception {
        Pki pki = new Pki(directory);
        byte[] loopback = InetAddress.getLoopbackAddress().getAddress();
        byte[] names = {0x30, 0x06, (byte) 0x87, 0x04, loopback[0], loopback[1], loopback[2], loopback[3]};
        String certificate = pki.write(
                "first",
                pki.issue(builder -> builder.subject("CN=here").addExtensionOctetString("2.5.29.17", false, names)));
        String trust = "upstream: {trustedCertificates: \"" + pki.authorityFile() + "\"}";
        try (TestUpstream echo = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        String said = head.toLowerCase(Locale.ROOT)
                                .replaceAll("(?s).*?via: ([0-9.]+) .*\r\nvia: ([0-9.]+).*", "$1 $2");
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + said.length() + "\r\n\r\n" + said);
                    }
                });
                Sidecar tls = new Sidecar(echo.url(), "proxy: {tls: {certificates: [" + certificate + "]}}");
                Sidecar auto = new Sidecar(tls.url(), "proxy: {" + trust + "}");
                Sidecar on = new Sidecar(tls.url(), "proxy: {http2: {upstream: on}, " + trust + "}");
                Sidecar off = new Sidecar(tls.url(), "proxy: {http2: {upstream: off}, " + trust + "}")) {
            assertThat(versions(auto)).containsExactly("1.1 1.1", "2.0 2.0");
            assertThat(versions(on)).containsExactly("1.1 2.0", "2.0 2.0");
            assertThat(versions(off)).containsExactly("1.1 1.1", "2.0 1.1");
        }
    }

    /** What a client of each version came by: to the sidecar, and on from there. */
    private static List<String> versions(Sidecar sidecar) throws IOException {
        try (Wire old = sidecar.connect();
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            old.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            old.head();
            return List.of(
                    old.rest(),
                    client.headers(1, true, request("GET", "/")).answer(1).body.toString());
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
