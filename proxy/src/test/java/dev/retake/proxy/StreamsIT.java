package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.exchange.Messages.Cut;
import dev.retake.common.exchange.Outcome;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through a tunnel is copied where that is wanted, within bounds, and never touched. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class StreamsIT {
    private static final String ON = "proxy: {capture: {webSocket: true}}";
    private static final String ASK =
            "GET /ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n";
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n";

    /** Answers the handshake and the first frame with {@code answer}, and then all with itself. */
    private static TestUpstream echo(String answer) throws IOException {
        return new TestUpstream((wire, n) -> {
            wire.head();
            wire.send(SWITCH + answer);
            for (String some = wire.some(); !some.isEmpty(); some = wire.some()) {
                wire.send(some);
            }
        });
    }

    private static String open(Wire client) throws IOException {
        return client.send(ASK).head();
    }

    @Test
    void bothSidesAreCopiedWithTheirTimesAndTheExchangeEndsWithTheConnection() throws IOException {
        try (TestUpstream upstream = echo("first");
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            assertThat(open(client)).isEqualTo(SWITCH);
            assertThat(client.read(5)).isEqualTo("first");
            for (int i = 0; i < 10; i++) {
                assertThat(client.send("piece " + i).read(7)).isEqualTo("piece " + i);
            }
            assertThat(sidecar.sink.left()).isZero();
            assertThat(sidecar.sink.budget().used()).isBetween(200L, 4_000L);
            assertThat(client.shutdownOutput().rest()).isEmpty();

            RecordingSink.Seen seen = sidecar.sink.next();
            assertThat(seen.outcome()).isEqualTo(Outcome.UPGRADED);
            assertThat(seen.dropped()).isNull();
            String all = "piece 0piece 1piece 2piece 3piece 4piece 5piece 6piece 7piece 8piece 9";
            assertThat(seen.stream().client()).isEqualTo(all);
            assertThat(seen.stream().server()).isEqualTo("first" + all);
            assertThat(seen.stream().times()).hasSize(21).isSorted();
            assertThat(seen.stream().cut()).isNull();
            assertThat(seen.stream().clientBytes()).isEqualTo(70);
            assertThat(seen.stream().serverBytes()).isEqualTo(75);
        }
    }

    @Test
    void whatAClientSendsBeforeTheAnswerIsCopiedToo() throws IOException {
        try (TestUpstream upstream = echo("");
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            client.send(ASK + "early");
            assertThat(client.head()).isEqualTo(SWITCH);
            assertThat(client.read(5)).isEqualTo("early");
            client.reset();
            assertThat(sidecar.sink.next().stream().client()).isEqualTo("early");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy: {capture: {webSocket: false}}"})
    void unlessItIsWantedNothingIsCopiedAndTheExchangeEndsAtOnce(String yaml) throws IOException {
        try (TestUpstream upstream = echo("");
                Sidecar sidecar = new Sidecar(upstream.url(), yaml);
                Wire client = sidecar.connect()) {
            open(client);
            RecordingSink.Seen seen = sidecar.sink.next();
            assertThat(seen.outcome()).isEqualTo(Outcome.UPGRADED);
            assertThat(seen.stream()).isNull();
            assertThat(client.send("more").read(4)).isEqualTo("more");
        }
    }

    @Test
    void onARouteWithoutBodiesNothingIsCopied() throws IOException {
        String yaml =
                "proxy: {capture: {webSocket: true}, routes: [{path: /ws, upstream: default, capture: {bodies: false}}]}";
        try (TestUpstream upstream = echo("");
                Sidecar sidecar = new Sidecar(upstream.url(), yaml);
                Wire client = sidecar.connect()) {
            open(client);
            assertThat(sidecar.sink.next().stream()).isNull();
        }
    }

    @Test
    void anotherProtocolIsNotCopied() throws IOException {
        String other = SWITCH.replace("WebSocket", "other");
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(other + "x");
                    wire.ended();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            client.send(ASK.replace("websocket", "other"));
            assertThat(client.head()).isEqualTo(other);
            assertThat(sidecar.sink.next().stream()).isNull();
        }
    }

    @Test
    void beyondTheCapBytesAreCountedAndPassOn() throws IOException {
        String large = "0123456789".repeat(30_000);
        try (TestUpstream upstream = echo("");
                Sidecar sidecar =
                        new Sidecar(upstream.url(), "proxy: {capture: {webSocket: true, webSocketCap: 100000B}}");
                Wire client = sidecar.connect()) {
            open(client);
            for (int i = 0; i < large.length(); i += 10_000) {
                String part = large.substring(i, i + 10_000);
                assertThat(client.send(part).read(10_000)).isEqualTo(part);
            }
            assertThat(sidecar.sink.budget().used()).isLessThan(200_000);
            client.close();

            RecordingSink.Stream stream = sidecar.sink.next().stream();
            assertThat(stream.cut()).isEqualTo(Cut.BYTES);
            assertThat(stream.client().length() + stream.server().length()).isEqualTo(100_000);
            assertThat(stream.clientBytes()).isEqualTo(300_000);
            assertThat(stream.serverBytes()).isEqualTo(300_000);
            assertThat(large).startsWith(stream.client()).startsWith(stream.server());
        }
    }

    @Test
    void manyConnectionsShareAQuarterOfTheBudgetAndCostNoOtherExchange() throws IOException {
        String large = "x".repeat(20_000);
        RecordingSink sink = new RecordingSink(400_000);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        if (head.startsWith("GET /ws")) {
                            wire.send(SWITCH + large);
                            wire.ended();
                            return;
                        }
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + large);
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON, sink)) {
            Wire[] clients = new Wire[20];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = sidecar.connect();
                open(clients[i]);
                assertThat(clients[i].read(large.length())).isEqualTo(large);
            }
            assertThat(sink.budget().used()).isBetween(50_000L, 120_000L);
            try (Wire other = sidecar.connect()) {
                other.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").head();
                other.read(large.length());
                assertThat(sink.next().dropped()).isNull();
            }
            int cut = 0;
            for (Wire client : clients) {
                client.close();
                RecordingSink.Seen seen = sink.next();
                assertThat(seen.dropped()).isNull();
                assertThat(seen.stream().serverBytes()).isEqualTo(20_000);
                cut += seen.stream().cut() == Cut.BUDGET ? 1 : 0;
            }
            assertThat(cut).isBetween(10, 19);
        }
    }

    /** A peer that does not read is felt by the other, and by nothing in between. */
    @Test
    void aSlowReaderCostsNoMemory() throws IOException {
        int size = 64 << 20;
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(SWITCH);
                    byte[] part = new byte[1 << 16];
                    for (int sent = 0; sent < size; sent += part.length) {
                        wire.send(part);
                    }
                    wire.ended();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), ON);
                Wire client = sidecar.connect()) {
            Gauge memory = sidecar.registry.get("retake.relay.memory").gauge();
            double before = memory.value(); // what tests before this one have left to the process
            open(client);
            await().during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        assertThat(sidecar.sink.budget().used()).isLessThan(3 << 20);
                        assertThat(memory.value() - before).isLessThan(24 << 20);
                    });
            assertThat(client.read(size)).hasSize(size);
            client.close();
            RecordingSink.Stream stream = sidecar.sink.next().stream();
            assertThat(stream.cut()).isEqualTo(Cut.BYTES);
            assertThat(stream.serverBytes()).isEqualTo(size);
        }
    }

    @Test
    void whatIsOpenWhenTheSidecarEndsIsHandedOver() throws IOException {
        try (TestUpstream upstream = echo("first")) {
            RecordingSink sink = new RecordingSink();
            Wire client;
            try (Sidecar sidecar = new Sidecar(upstream.url(), ON + "\n", sink)) {
                client = sidecar.connect();
                open(client);
                client.read(5);
                sidecar.server.close();
                assertThat(sink.next().stream().server()).isEqualTo("first");
            }
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventStreamsAreCapturedUnlessThatIsNotWanted(boolean wanted) throws IOException {
        String head =
                "HTTP/1.1 200 OK\r\ncontent-type: Text/Event-Stream;charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";
        String event = "9\r\ndata: x\n\n\r\n";
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(head);
                    for (int i = 0; i < 3; i++) {
                        wire.send(event);
                        assertThat(wire.read(0)).isEmpty();
                    }
                    wire.send("0\r\n\r\n");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {capture: {eventStreams: " + wanted + "}}");
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.head() + client.until("0\r\n\r\n")).isEqualTo(head + event.repeat(3) + "0\r\n\r\n");
            RecordingSink.Message body = sidecar.sink.next().response();
            assertThat(body.body()).isEqualTo(wanted ? "data: x\n\n".repeat(3) : "");
            assertThat(body.truncated()).isFalse();
            assertThat(body.size()).isEqualTo(27);
        }
    }

    @Test
    void anEventStreamBeyondItsShareIsTruncatedAndNotDropped() throws IOException {
        String chunk = "2710\r\n" + "y".repeat(10_000) + "\r\n";
        RecordingSink sink = new RecordingSink(200_000);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 20; i++) {
                        wire.send(chunk);
                    }
                    wire.send("0\r\n\r\n");
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "", sink);
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            client.until("0\r\n\r\n");
            RecordingSink.Seen seen = sink.next();
            assertThat(seen.dropped()).isNull();
            assertThat(seen.response().truncated()).isTrue();
            assertThat(seen.response().size()).isEqualTo(200_000);
            assertThat(seen.response().body()).matches("y*").hasSizeLessThan(50_001);
        }
    }
}
