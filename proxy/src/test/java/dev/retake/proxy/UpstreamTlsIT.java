package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Outcome;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An https upstream with a certificate of its own. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class UpstreamTlsIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir
    private static Path directory;

    private static Pki pki;

    @BeforeAll
    static void makeAuthority() throws Exception {
        pki = new Pki(directory);
    }

    private static TestUpstream upstream() throws Exception {
        return upstream(pki.issue("localhost"), false);
    }

    private static TestUpstream upstream(X509Bundle certificate, boolean clientCertificate) throws Exception {
        return new TestUpstream(pki.listen(certificate, clientCertificate), (wire, n) -> {
            for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                if (head.startsWith("POST")) {
                    wire.read(100_000);
                }
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            }
        });
    }

    private static String trusting() {
        return trusting("");
    }

    private static String trusting(String more) {
        return "proxy: {threads: 1, upstream: {trustedCertificates: \"" + pki.authorityFile() + "\"" + more + "}}";
    }

    @Test
    void relaysOverOneVerifiedConnection() throws Exception {
        try (TestUpstream upstream = upstream();
                Sidecar sidecar = new Sidecar(URI.create("https://localhost:" + upstream.port()), trusting());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + "y".repeat(100_000));
                assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
                assertThat(client.read(100_000)).isEqualTo("x".repeat(100_000));
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void refusesACertificateOfUnknownAuthority() throws Exception {
        try (TestUpstream upstream = upstream();
                Sidecar sidecar = new Sidecar(URI.create("https://localhost:" + upstream.port()));
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(client.until("\n")).contains("TLS handshake");
        }
    }

    @Test
    void refusesACertificateOfAnotherName() throws Exception {
        try (TestUpstream upstream = upstream();
                Sidecar sidecar = new Sidecar(URI.create("https://127.0.0.1:" + upstream.port()), trusting());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void anUpstreamThatSpeaksNoTlsGets502() throws Exception {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.read(1);
                    wire.send("HTTP/1.1 400 Bad Request\r\n\r\n");
                });
                Sidecar sidecar = new Sidecar(URI.create("https://localhost:" + upstream.port()), trusting());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void aFileWithoutCertificatesIsSaid() throws IOException {
        Path none = Files.writeString(directory.resolve("none.pem"), "nothing");
        assertThatThrownBy(() -> new Sidecar(
                        URI.create("https://localhost:1"),
                        "proxy: {upstream: {trustedCertificates: \"" + none + "\"}}"))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        Instant past = Instant.now().minus(Duration.ofDays(2));
        X509Bundle expired = pki.issue(b -> b.subject("CN=localhost")
                .addSanDnsName("localhost")
                .notBefore(past.minus(Duration.ofDays(1)))
                .notAfter(past));
        try (TestUpstream upstream = upstream(expired, false);
                Sidecar sidecar = new Sidecar(URI.create("https://localhost:" + upstream.port()), trusting());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void showsItsOwnCertificateAndAsksForTheNameThatIsSet() throws Exception {
        pki.write("sidecar", pki.issue("sidecar.test"));
        String more = ", serverName: other.test, certificate: \"" + pki.chain("sidecar") + "\", key: \""
                + pki.key("sidecar") + "\"";
        try (TestUpstream upstream = upstream(pki.issue("other.test"), true)) {
            URI url = URI.create("https://127.0.0.1:" + upstream.port());
            try (Sidecar sidecar = new Sidecar(url, trusting(more));
                    Wire client = sidecar.connect()) {
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
            }
            try (Sidecar sidecar = new Sidecar(url, trusting(", serverName: other.test"));
                    Wire client = sidecar.connect()) {
                assertThat(client.send(GET).head()).as("without a certificate").startsWith("HTTP/1.1 502");
            }
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsSaid() throws Exception {
        pki.write("a", pki.issue("a.test"));
        pki.write("b", pki.issue("b.test"));
        for (String more : new String[] {
            ", certificate: \"" + pki.chain("a") + "\"",
            ", certificate: \"" + pki.chain("a") + "\", key: \"" + pki.key("b") + "\""
        }) {
            assertThatThrownBy(() -> new Sidecar(URI.create("https://localhost:1"), trusting(more)))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
        }
    }

    @ParameterizedTest
    @CsvSource({"true, COMPLETE", "false, UPSTREAM_FAILED"})
    void aBodyThatEndsWithTheConnectionIsWholeOnlyIfTlsSaysSo(boolean said, Outcome outcome) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Sidecar sidecar = new Sidecar(URI.create("https://localhost:" + server.getLocalPort()), trusting());
                Wire client = sidecar.connect()) {
            client.send(GET);
            try (Socket socket = server.accept()) {
                SSLSocket tls = (SSLSocket)
                        pki.context(pki.issue("localhost")).getSocketFactory().createSocket(socket, null, false);
                tls.setUseClientMode(false);
                Wire wire = new Wire(tls);
                wire.head();
                wire.send("HTTP/1.1 200 OK\r\n\r\nhalf of it?");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                assertThat(client.read(11)).isEqualTo("half of it?");
                if (said) {
                    tls.close();
                }
            }
            if (said) {
                assertThat(client.ended()).isTrue();
            } else {
                assertThatThrownBy(client::ended).isInstanceOf(SocketException.class);
            }
            assertThat(sidecar.sink.next().outcome()).isEqualTo(outcome);
        }
    }
}
