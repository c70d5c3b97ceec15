package dev.retake.proxy;

import static dev.retake.proxy.Http2Wire.CONTINUATION;
import static dev.retake.proxy.Http2Wire.DATA;
import static dev.retake.proxy.Http2Wire.HEADERS;
import static dev.retake.proxy.Http2Wire.PING;
import static dev.retake.proxy.Http2Wire.PRIORITY;
import static dev.retake.proxy.Http2Wire.RST_STREAM;
import static dev.retake.proxy.Http2Wire.SETTINGS;
import static dev.retake.proxy.Http2Wire.WINDOW_UPDATE;
import static dev.retake.proxy.Http2Wire.block;
import static dev.retake.proxy.Http2Wire.bytes;
import static dev.retake.proxy.Http2Wire.number;
import static dev.retake.proxy.Http2Wire.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients of HTTP/2 that make work and bring none: each ends by ENHANCE_YOUR_CALM and is counted, holds no memory to speak
 * of, and a client beside it is served meanwhile, on the same event loop.
 */
class Http2FloodIT {
    private static final int FRAMES = 20_000;
    private static final long MEMORY = 16 << 20;

    private static TestUpstream upstream;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws IOException {
        upstream = TestUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
        sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, http2: {controlFrames: 500, resets: 50}}");
    }

    @AfterAll
    static void stop() throws IOException {
        sidecar.close();
        upstream.close();
    }

    /** What is sent first, and then again and again. */
    static Stream<Arguments> floods() {
        byte[] post = bytes(HEADERS, Http2Wire.END_HEADERS, 1, block(request("POST", "/a")));
        byte[] begun = bytes(HEADERS, 0, 1, block(request("GET", "/a")));
        byte[] none = {};
        return Stream.of(
                flood("PING", none, n -> bytes(PING, 0, 0, new byte[8])),
                flood("PING acknowledged unasked", none, n -> bytes(PING, Http2Wire.ACK, 0, new byte[8])),
                flood("SETTINGS", none, n -> bytes(SETTINGS, 0, 0, new byte[0])),
                flood("SETTINGS that change the table", none, n -> bytes(SETTINGS, 0, 0, setting(1, n % 4096))),
                flood("SETTINGS that change windows", none, n -> bytes(SETTINGS, 0, 0, setting(4, 65_535 + n % 2))),
                flood("PRIORITY", none, n -> bytes(PRIORITY, 0, 1 + 2 * n, new byte[] {0, 0, 0, 0, 1})),
                flood("WINDOW_UPDATE", none, n -> bytes(WINDOW_UPDATE, 0, 0, number(1))),
                flood("WINDOW_UPDATE of a stream", post, n -> bytes(WINDOW_UPDATE, 0, 1, number(1))),
                flood("empty DATA", post, n -> bytes(DATA, 0, 1, new byte[0])),
                flood("unknown frames", none, n -> bytes(200, 0, 0, new byte[1])),
                flood("CONTINUATION", begun, n -> bytes(CONTINUATION, 0, 1, new byte[0])),
                flood("CONTINUATION with fields", begun, n -> bytes(CONTINUATION, 0, 1, block(List.of("x", "y")))),
                flood(
                        "rapid reset",
                        none,
                        n -> join(
                                bytes(
                                        HEADERS,
                                        Http2Wire.END_HEADERS | Http2Wire.END_STREAM,
                                        1 + 2 * n,
                                        block(request("GET", "/r"))),
                                bytes(RST_STREAM, 0, 1 + 2 * n, number((int) Http2Error.CANCEL.code())))),
                flood(
                        "requests that have themselves reset",
                        none,
                        n -> join(
                                bytes(HEADERS, Http2Wire.END_HEADERS, 1 + 2 * n, block(request("POST", "/r"))),
                                bytes(WINDOW_UPDATE, 0, 1 + 2 * n, number(0)))),
                flood(
                        "malformed requests",
                        none,
                        n -> bytes(
                                HEADERS,
                                Http2Wire.END_HEADERS | Http2Wire.END_STREAM,
                                1 + 2 * n,
                                block(request("GET", "/r", "X", "y")))),
                flood(
                        "streams beyond the limit",
                        none,
                        n -> bytes(HEADERS, Http2Wire.END_HEADERS, 1 + 2 * n, block(request("POST", "/r")))));
    }

    private static Arguments flood(String name, byte[] first, IntFunction<byte[]> next) {
        return Arguments.of(name, first, next);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aFloodIsEnded(String name, byte[] first, IntFunction<byte[]> next) throws IOException {
        double before = calmed();
        double memory = memory();
        try (Http2Wire client = Http2Wire.connect(sidecar.server.address());
                Http2Wire honest = Http2Wire.connect(sidecar.server.address())) {
            assertThat(honest.get(1, "/h").answer(1).outcome()).isEqualTo("204");
            boolean refused = false;
            try {
                client.raw(first);
                for (int n = 0; n < FRAMES; n += 50) {
                    ByteArrayOutputStream frames = new ByteArrayOutputStream();
                    for (int i = n; i < n + 50; i++) {
                        frames.writeBytes(next.apply(i));
                    }
                    client.raw(frames.toByteArray());
                }
            } catch (IOException e) {
                refused = true; // the connection was closed while the flood came
            }
            String end = null;
            try {
                end = client.end();
            } catch (IOException e) {
                refused = true;
            }
            if (!refused) {
                assertThat(end).as(name).isIn("goaway ENHANCE_YOUR_CALM", "closed");
            }
            Awaitility.await().untilAsserted(() -> assertThat(calmed()).as(name).isEqualTo(before + 1));
            assertThat(memory() - memory).as(name).isLessThan(MEMORY);
            assertThat(honest.get(3, "/h").answer(3).outcome()).isEqualTo("204");
        }
    }

    @Test
    void whatContentExplainsIsNoFlood() throws IOException {
        String body = "x".repeat(1_000);
        try (TestUpstream echo = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 5_000; i++) {
                        wire.send("3e8\r\n" + body + "\r\n");
                    }
                    wire.send("0\r\n\r\n");
                });
                Sidecar strict = new Sidecar(echo.url(), "proxy: {http2: {controlFrames: 100}}");
                Http2Wire client = Http2Wire.connect(strict.server.address())) {
            // The client grants each frame anew, for its stream and for the connection: two frames for one.
            assertThat(client.get(1, "/a").answer(1).body).hasSize(5_000_000);
        }
    }

    private static double calmed() {
        var counter = sidecar.registry
                .find("retake.http2.errors")
                .tag("error", "enhance-your-calm")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static double memory() {
        return sidecar.registry.get("retake.relay.memory").gauge().value();
    }

    private static byte[] setting(int id, int value) {
        return new byte[] {0, (byte) id, (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    private static byte[] join(byte[] a, byte[] b) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(a);
        both.writeBytes(b);
        return both.toByteArray();
    }
}
