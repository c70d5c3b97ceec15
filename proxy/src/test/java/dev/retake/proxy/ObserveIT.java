package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.pipeline.DropReason;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the proxy only observes, what it would refuse passes unread, and is counted. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class ObserveIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: h\n\n",
                "GET /a b HTTP/1.1\r\nHost : h\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void aRequestPassesAsItCame(String request) throws IOException {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    seen.complete(wire.read(request.length()));
                    wire.send(OK + "and more");
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {observe: true}");
                Wire client = sidecar.connect()) {
            assertThat(client.send(request).rest()).isEqualTo(OK + "and more");
            assertThat(seen).isCompletedWithValue(request);
            assertThat(counted(sidecar, 400)).isEqualTo(1);
            assertThat(sidecar.sink.left()).isZero();
        }
    }

    @Test
    void aBodyPassesFromWhereItGoesWrong() throws IOException {
        CompletableFuture<String> seen = new CompletableFuture<>();
        String body = "2\r\nok\r\n0x1\r\ny\r\n0\r\n\r\n";
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    seen.complete(wire.read(body.length()));
                    wire.send(OK);
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {observe: true}");
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
            assertThat(client.rest()).isEqualTo(OK);
            assertThat(seen).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo(body);
            assertThat(sidecar.sink.next().dropped()).isEqualTo(DropReason.RECORDER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n+1\r\ny\r\n0\r\n\r\n",
            })
    void aResponsePassesAsItCame(String response) throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(response);
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {observe: true}");
                Wire client = sidecar.connect()) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").rest()).isEqualTo(response);
            assertThat(counted(sidecar, 502)).isEqualTo(1);
            assertThat(sidecar.sink.next().dropped()).isEqualTo(DropReason.RECORDER);
        }
    }

    private static double counted(Sidecar sidecar, int status) {
        return sidecar.registry
                .get("retake.messages.would.refuse")
                .tag("status", Integer.toString(status))
                .counter()
                .count();
    }
}
