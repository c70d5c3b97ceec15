package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that a proxy in front names, and those that only say so. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class ProxyProtocolIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String V1 = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n";
    private static final String V2 =
            "\r\n\r\n\0\r\nQUIT\n" + "!\u0011\0\f" + "\u00c0\0\2\1" + "\u00c6" + "3d\2" + "\1\2\1\3";
    private static final String TRUSTED = "proxy: {proxyProtocol: %s, trustedProxies: [127.0.0.0/8]%s}";

    @TempDir
    private Path directory;

    private static TestUpstream echo() throws IOException {
        return new TestUpstream((wire, n) -> {
            for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
            }
        });
    }

    private static String seenByUpstream(Wire client) throws IOException {
        assertThat(client.head()).startsWith("HTTP/1.1 200");
        return client.until("\r\n\r\n");
    }

    private static void awaitFailure(Sidecar sidecar, String kind) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(sidecar.registry
                                .find("retake.connections.failed")
                                .tag("kind", kind)
                                .counters())
                        .hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "require"})
    void theClientIsWhoTheHeaderNames(String mode) throws IOException {
        try (TestUpstream upstream = echo();
                Sidecar sidecar = new Sidecar(upstream.url(), TRUSTED.formatted(mode, ""))) {
            for (String header : new String[] {V1, V2}) {
                try (Wire client = sidecar.connect()) {
                    assertThat(seenByUpstream(client.send(header + GET)))
                            .startsWith("GET / HTTP/1.1\r\n")
                            .contains("X-Forwarded-For: 192.0.2.1\r\n");
                    assertThat(seenByUpstream(client.send(GET))).contains("X-Forwarded-For: 192.0.2.1\r\n");
                }
            }
            try (Wire client = sidecar.connect()) {
                for (int i = 0; i < V1.length(); i++) {
                    client.send(V1.substring(i, i + 1));
                }
                assertThat(seenByUpstream(client.send(GET))).contains("X-Forwarded-For: 192.0.2.1\r\n");
            }
            try (Wire client = sidecar.connect()) {
                assertThat(seenByUpstream(client.send("PROXY UNKNOWN\r\n" + GET)))
                        .contains("X-Forwarded-For: 127.0.0.1\r\n");
            }
        }
    }

    @Test
    void whereItMayBeMissingItMayBeMissing() throws IOException {
        try (TestUpstream upstream = echo();
                Sidecar sidecar = new Sidecar(upstream.url(), TRUSTED.formatted("accept", ""));
                Wire client = sidecar.connect()) {
            assertThat(seenByUpstream(client.send("P").send("OST / HTTP/1.1\r\nHost: h\r\n\r\n")))
                    .startsWith("POST / HTTP/1.1\r\n")
                    .contains("X-Forwarded-For: 127.0.0.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, "PROXY TCP4 nonsense\r\n" + GET, "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n" + GET})
    void whatIsNoneOrWrongIsClosed(String first) throws IOException {
        try (TestUpstream upstream = echo();
                Sidecar sidecar = new Sidecar(upstream.url(), TRUSTED.formatted("require", ""));
                Wire client = sidecar.connect()) {
            assertThatThrownByOrEnded(client.send(first));
            awaitFailure(sidecar, "proxy-header");
            assertThat(upstream.connections()).isZero();
        }
    }

    /** Closing with bytes unread is a reset. */
    private static void assertThatThrownByOrEnded(Wire client) throws IOException {
        try {
            assertThat(client.ended()).isTrue();
        } catch (java.net.SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void aHeaderThatDoesNotEndIsClosed() throws IOException {
        try (TestUpstream upstream = echo();
                Sidecar sidecar =
                        new Sidecar(upstream.url(), TRUSTED.formatted("require", ", timeouts: {handshake: 200ms}"));
                Wire silent = sidecar.connect();
                Wire client = sidecar.connect()) {
            assertThatThrownByOrEnded(client.send("PROXY TCP4 "));
            assertThatThrownByOrEnded(silent);
            awaitFailure(sidecar, "proxy-timeout");
            try (Wire half = sidecar.connect()) {
                assertThat(half.send("PROXY TCP4 ").shutdownOutput().ended()).isTrue();
            }
        }
    }

    @Test
    void strangersAreNotBelieved() throws IOException {
        String yaml = "proxy: {proxyProtocol: %s, trustedProxies: [10.0.0.0/8]}";
        try (TestUpstream upstream = echo()) {
            try (Sidecar sidecar = new Sidecar(upstream.url(), yaml.formatted("accept"))) {
                try (Wire client = sidecar.connect()) {
                    assertThat(client.send(V1 + GET).head())
                            .as("a line that is no request")
                            .startsWith("HTTP/1.1 ");
                }
                try (Wire client = sidecar.connect()) {
                    assertThat(seenByUpstream(client.send(GET))).contains("X-Forwarded-For: 127.0.0.1\r\n");
                }
            }
            try (Sidecar sidecar = new Sidecar(upstream.url(), yaml.formatted("require"));
                    Wire client = sidecar.connect()) {
                assertThatThrownByOrEnded(client);
                awaitFailure(sidecar, "proxy-untrusted");
            }
        }
    }

    @Test
    void theHeaderStandsBeforeTls() throws Exception {
        Pki pki = new Pki(directory);
        String tls = ", tls: {certificates: [" + pki.write("server", pki.issue("one.test")) + "]}";
        try (TestUpstream upstream = echo();
                Sidecar sidecar = new Sidecar(upstream.url(), TRUSTED.formatted("require", tls));
                Socket socket = new Socket(
                        sidecar.server.address().getAddress(),
                        sidecar.server.address().getPort())) {
            new Wire(socket).send(V2);
            try (SSLSocket secure =
                    (SSLSocket) pki.context(null).getSocketFactory().createSocket(socket, "one.test", 0, true)) {
                assertThat(seenByUpstream(new Wire(secure).send(GET)))
                        .contains("X-Forwarded-For: 192.0.2.1\r\n")
                        .contains("X-Forwarded-Proto: https\r\n");
            }
        }
        assertThat(Leaks.flush()).isEmpty();
    }

    @Test
    void whoIsBelievedMustBeNamed() {
        assertThatThrownBy(() -> new Sidecar(URI.create("http://127.0.0.1:1"), "proxy: {proxyProtocol: accept}"))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining("proxy.trustedProxies");
    }
}
