package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What one client, and all of them, may take of the sidecar; who takes more is told so, and counted. */
class LimitsIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void oneAddressHasItsConnectionsAndNoMore() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {limits: {clientConnections: 2}}");
                Wire first = sidecar.connect()) {
            assertThat(first.send(GET).read(OK.length())).isEqualTo(OK);
            try (Wire second = sidecar.connect();
                    Wire third = sidecar.connect()) {
                assertThat(second.send(GET).read(OK.length())).isEqualTo(OK);
                assertThat(third.send(GET).rest()).startsWith("HTTP/1.1 503").contains("clientConnections");
                assertThat(refused(sidecar, 503)).isEqualTo(1);
                assertThat(first.send(GET).read(OK.length())).isEqualTo(OK);
            }
        }
    }

    @Test
    void aWholeRequestHasItsTimeHoweverSteadilyItComes() throws IOException {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> wire.rest());
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {request: 300ms}}");
                Wire client = sidecar.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 408").contains("proxy.timeouts.request");
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
            assertThat(refused(sidecar, 408)).isEqualTo(1);
        }
    }

    @Test
    void atTheCeilingOfMemoryNothingNewIsServed() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1, limits: {memory: 1B}}")) {
            String answer = "";
            while (!answer.startsWith("HTTP/1.1 503")) { // until the loop has looked, ten times a second
                try (Wire client = sidecar.connect()) {
                    answer = client.send(GET).head();
                }
            }
            assertThat(refused(sidecar, 503)).isPositive();
            assertThat(sidecar.registry.get("retake.relay.memory").gauge().value())
                    .isPositive();
        }
    }

    private static double refused(Sidecar sidecar, int status) {
        return sidecar.registry
                .get("retake.requests.refused")
                .tag("status", Integer.toString(status))
                .counter()
                .count();
    }
}
