package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Outcome;
import dev.retake.proxy.admin.AdminServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, draining, stopping, and what operators see. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class LifecycleIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** On one loop, which drains all of its connections at once: that one is closed says that the other knows. */
    @Test
    void whatIsInFlightEndsBeforeItStops() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> stopping = new CompletableFuture<>();
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    asked.complete(null);
                    stopping.join();
                    wire.send(OK);
                    wire.head();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {threads: 1}");
                Wire idle = sidecar.connect();
                Wire client = sidecar.connect()) {
            client.send(GET);
            asked.get(30, TimeUnit.SECONDS);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
                try {
                    sidecar.server.stop();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(idle.ended()).isTrue();
            assertThatThrownBy(sidecar::connect).isInstanceOf(ConnectException.class);
            assertThat(stopped).isNotDone();
            stopping.complete(null);
            assertThat(client.rest()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
            assertThat(stopped).succeedsWithin(30, TimeUnit.SECONDS);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void whatDoesNotEndIsCutAtTheDeadline() throws Exception {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\nstream");
                    wire.ended();
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {timeouts: {drain: 200ms}}");
                Wire client = sidecar.connect()) {
            client.send(GET).head();
            client.read(6);
            sidecar.server.stop();
            assertThat(client.ended()).isTrue();
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @Test
    void aPortInUseIsSaidInOneSentence() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK)) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), upstream.port());
            assertThatThrownBy(() -> ProxyServer.start(
                            taken,
                            upstream.url(),
                            ProxySettings.from(Config.defaults()),
                            null,
                            new BackgroundErrors(),
                            new SimpleMeterRegistry()))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT))
                    .hasMessageContaining("Cannot listen on localhost:" + upstream.port());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://h", "h:80", "http:///x", "http://h/path", "http://h?q", "http://u:p@h", "http://h:0"})
    void anUpstreamThatIsNoOriginIsRefused(String url) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        assertThatThrownBy(() -> ProxyServer.start(
                        any,
                        URI.create(url),
                        ProxySettings.from(Config.defaults()),
                        null,
                        new BackgroundErrors(),
                        new SimpleMeterRegistry()))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyTransportRelays(Transport transport) throws IOException {
        String name = transport.name().toLowerCase(Locale.ROOT);
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {transport: " + name + "}");
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aClientThatEndedItsSideGetsALongResponse(Transport transport) throws Exception {
        String name = transport.name().toLowerCase(Locale.ROOT);
        String body = "x".repeat(8 << 20);
        for (String rest : List.of(
                "Connection: close\r\n\r\n" + body,
                "Content-Length: " + body.length() + "\r\n\r\n" + body,
                "Transfer-Encoding: chunked\r\n\r\n800000\r\n" + body + "\r\n0\r\n\r\n")) {
            try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                        wire.head();
                        assertThat(wire.ended()).isTrue(); // the client's end has come, and was passed on
                        wire.send("HTTP/1.1 200 OK\r\n" + rest);
                    });
                    Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {transport: " + name + "}");
                    Wire client = sidecar.connect()) {
                client.send(GET).shutdownOutput().head();
                assertThat(client.slowRest()).isEqualTo(rest.substring(rest.indexOf("\r\n\r\n") + 4));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void anUpstreamThatEndedItsSideGetsALongStream(Transport transport) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        String name = transport.name().toLowerCase(Locale.ROOT);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
                            .shutdownOutput();
                    received.complete(wire.slowRest());
                });
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {transport: " + name + "}");
                Wire client = sidecar.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 101");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    client.send("x".repeat(16 << 20)).shutdownOutput();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(received.get(10, TimeUnit.SECONDS)).hasSize(16 << 20);
            sent.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anUpstreamNameWithSeveralAddressesIsTriedThrough() throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(URI.create("http://localhost:" + upstream.port()));
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
        }
    }

    @Test
    void withoutASinkItCountsWhatItForwards() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TestUpstream upstream = TestUpstream.answering(OK);
                ProxyServer server = ProxyServer.start(
                        any,
                        upstream.url(),
                        ProxySettings.from(Config.defaults()),
                        null,
                        new BackgroundErrors(),
                        registry);
                Wire client = Wire.connect(server.address())) {
            for (int i = 0; i < 3; i++) {
                client.send(GET).read(OK.length());
            }
            assertThat(registry.get("retake.exchanges.forwarded")
                            .functionCounter()
                            .count())
                    .isEqualTo(3);
            assertThat(registry.get("retake.connections").gauge().value()).isEqualTo(1);
            assertThat(registry.get("retake.upstream.connections").gauge().value())
                    .isEqualTo(1);
        }
    }

    @Test
    void operatorsSeeHealthReadinessAndMetrics() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.counter("retake.requests.refused", "status", "400").increment();
        AtomicBoolean ready = new AtomicBoolean();
        List<String> notices = new CopyOnWriteArrayList<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (AdminServer admin = AdminServer.start(any, registry, ready::get, () -> notices)) {
            assertThat(ask(admin, "GET", "/healthz")).startsWith("HTTP/1.1 200").endsWith("alive\n");
            assertThat(ask(admin, "GET", "/readyz")).startsWith("HTTP/1.1 503").endsWith("not ready\n");
            ready.set(true);
            assertThat(ask(admin, "GET", "/readyz")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nready\n");
            notices.add("The disk is full.");
            assertThat(ask(admin, "GET", "/readyz")).startsWith("HTTP/1.1 200").endsWith("ready\nThe disk is full.\n");
            assertThat(ask(admin, "GET", "/metrics")).contains("retake_requests_refused_total{status=\"400\"} 1.0");
            assertThat(ask(admin, "HEAD", "/metrics"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\n");
            assertThat(ask(admin, "POST", "/metrics")).startsWith("HTTP/1.1 405");
            assertThat(ask(admin, "GET", "/else")).startsWith("HTTP/1.1 404");
            assertThatThrownBy(() -> AdminServer.start(admin.address(), registry, ready::get, () -> notices))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT));
        }
    }

    private static String ask(AdminServer admin, String method, String path) throws IOException {
        try (Wire wire = Wire.connect(admin.address())) {
            return wire.send(method + " " + path
                            + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                    .rest();
        }
    }
}
