package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Outcome;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that speak TLS, with the JDK's sockets on their side and each provider on the sidecar's. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class ListenerTlsIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private Path directory;

    private Pki pki;
    private String certificate;

    @BeforeEach
    void makeCertificate() throws Exception {
        pki = new Pki(directory);
        certificate = pki.write("first", pki.issue("one.test", "*.wild.test"));
    }

    private Sidecar sidecar(TestUpstream upstream, String more) {
        return new Sidecar(
                upstream.url(), "proxy: {tls: {certificates: [" + certificate + "], reload: 20ms" + more + "}}");
    }

    private Wire client(Sidecar sidecar, String... protocols) throws Exception {
        return new Wire(pki.connect(sidecar.server.address(), "one.test", null, protocols));
    }

    /** Answers with what it was asked, so that a test sees what the upstream saw. */
    private static TestUpstream echo() throws IOException {
        return new TestUpstream((wire, n) -> {
            for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
            }
        });
    }

    private static double failures(Sidecar sidecar, String kind) {
        var counter = sidecar.registry
                .find("retake.connections.failed")
                .tag("kind", kind)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static void awaitFailure(Sidecar sidecar, String kind) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(failures(sidecar, kind)).isEqualTo(1));
    }

    private static X509Certificate shown(SSLSocket socket) throws SSLException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl TLSv1.2", "boringssl TLSv1.3", "jdk TLSv1.2", "jdk TLSv1.3"})
    void relaysAndCapturesAsWithoutTls(String how) throws Exception {
        String body = "y".repeat(300_000);
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        assertThat(wire.read(body.length())).isEqualTo(body);
                        wire.send(
                                "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nSet-Cookie: a=b; Secure\r\n\r\n" + body);
                    }
                });
                Sidecar sidecar = sidecar(upstream, ", provider: " + how.split(" ")[0]);
                Wire client = client(sidecar, how.split(" ")[1])) {
            assertThat(sidecar.server.scheme()).isEqualTo("https");
            for (int i = 0; i < 3; i++) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n" + body);
                assertThat(client.head())
                        .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nSet-Cookie: a=b; Secure\r\n\r\n");
                assertThat(client.read(body.length())).isEqualTo(body);
                RecordingSink.Seen seen = sidecar.sink.next();
                assertThat(seen.dropped()).isNull();
                assertThat(seen.request().body()).isEqualTo(body);
                assertThat(seen.response().body()).isEqualTo(body);
            }
            assertThat(upstream.failures).isEmpty();
            assertThat(sidecar.registry.get("retake.tls.native").gauge().value())
                    .isEqualTo(how.startsWith("jdk") ? 0 : 1);
        }
    }

    @Test
    void theUpstreamIsToldThatItWasHttps() throws Exception {
        try (TestUpstream upstream = echo();
                Sidecar sidecar = sidecar(upstream, "");
                Wire client = client(sidecar)) {
            client.send(GET).head();
            assertThat(client.until("\r\n\r\n"))
                    .contains("\r\nX-Forwarded-Proto: https\r\n")
                    .contains("\r\nForwarded: for=127.0.0.1;proto=https;host=\"h\"\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void eachNameIsShownItsCertificate(String provider) throws Exception {
        certificate += ", " + pki.write("second", pki.issue("two.test"));
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, ", provider: " + provider)) {
            for (String name : new String[] {"one.test", "any.wild.test", "two.test", "TWO.test"}) {
                try (SSLSocket socket = pki.connect(sidecar.server.address(), name, null)) {
                    assertThat(new Wire(socket).send(GET).read(OK.length())).isEqualTo(OK);
                }
            }
            assertThatThrownBy(() -> pki.connect(sidecar.server.address(), "three.test", null))
                    .as("an unknown name is shown the first")
                    .isInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void whatChangesIsTakenUpAndWhatIsBadIsNot(String provider) throws Exception {
        X509Bundle next = pki.issue("one.test", "next.test");
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, ", provider: " + provider);
                Wire open = client(sidecar)) {
            open.send(GET).read(OK.length());
            Files.writeString(pki.chain("first"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            awaitReloads(sidecar, "failed");
            assertThat(open.send(GET).read(OK.length())).isEqualTo(OK);
            client(sidecar).close();

            pki.write("first", next);
            awaitReloads(sidecar, "ok");
            try (SSLSocket socket = pki.connect(sidecar.server.address(), "next.test", null)) {
                assertThat(shown(socket)).isEqualTo(next.getCertificate());
            }
            assertThat(open.send(GET).read(OK.length())).isEqualTo(OK);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    private static void awaitReloads(Sidecar sidecar, String result) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(sidecar.registry
                                .find("retake.tls.reloads")
                                .tag("result", result)
                                .counters())
                        .singleElement()
                        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1)));
    }

    @Test
    void plainHttpIsToldThatItsPortIsWrong() throws Exception {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, "");
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).rest())
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("use https");
            awaitFailure(sidecar, "plain-http");
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void garbageIsClosed() throws Exception {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, "")) {
            try (Wire client = sidecar.connect()) {
                assertThat(client.send("\0\1\2\3").ended()).isTrue();
            }
            awaitFailure(sidecar, "not-tls");
            try (Wire client = sidecar.connect()) {
                client.send("\u0016\3\1\0\5garbagegarbage").rest();
            }
            awaitFailure(sidecar, "handshake");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 60})
    void aHandshakeThatStallsIsClosed(int sent) throws Exception {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(
                        upstream.url(),
                        "proxy: {timeouts: {handshake: 200ms}, tls: {certificates: [" + certificate + "]}}");
                Wire client = sidecar.connect()) {
            client.send("\u0016\3\1\1\0\1\0\0\u00fc\3\3" + "x".repeat(100).substring(0, 89));
            if (sent > 0) {
                client.send("y".repeat(sent));
            }
            client.rest();
            awaitFailure(sidecar, "timeout");
        }
    }

    @Test
    void aHandshakeWithoutEndIsClosed() throws Exception {
        String record = "\u0016\3\1@\0" + "\1\u00ff\u00ff\u00ff" + "x".repeat(16_380);
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, "");
                Wire client = sidecar.connect()) {
            try {
                for (int i = 0; i < 100; i++) {
                    client.send(i == 0 ? record : "\u0016\3\1@\0" + "x".repeat(16_384));
                }
                client.rest();
            } catch (IOException e) {
                assertThat(e).as("it may be cut while it sends").isInstanceOf(java.net.SocketException.class);
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(failures(sidecar, "too-large") + failures(sidecar, "handshake"))
                            .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void aClientMustSpeakTheMinimumVersion(String provider) throws Exception {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, ", minimumVersion: 1.3, provider: " + provider)) {
            assertThatThrownBy(() -> client(sidecar, "TLSv1.2")).isInstanceOf(IOException.class);
            client(sidecar, "TLSv1.3").close();
            awaitFailure(sidecar, "handshake");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void aClientThatEndsInTheMiddleIsGone(String provider) throws Exception {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.ended();
                });
                Sidecar sidecar = sidecar(upstream, ", provider: " + provider)) {
            Socket ending = pki.connect(sidecar.server.address(), "one.test", null);
            new Wire(ending).send(GET);
            Awaitility.await().until(() -> upstream.connections() == 1);
            ending.close();
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.CLIENT_ABORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void drainingSaysGoodbye(String provider) throws Exception {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, ", provider: " + provider);
                Wire shaking = sidecar.connect();
                Wire client = client(sidecar)) {
            shaking.send("\u0016");
            client.send(GET).read(OK.length());
            sidecar.server.stop();
            assertThat(client.ended()).isTrue();
            assertThat(shaking.ended()).isTrue();
        }
    }

    @Test
    void whoIsTooManyIsClosedBeforeTheHandshake() throws Exception {
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = new Sidecar(
                        upstream.url(),
                        "proxy: {limits: {connections: 1}, tls: {certificates: [" + certificate + "]}}");
                Wire client = client(sidecar)) {
            assertThatThrownBy(() -> client(sidecar)).isInstanceOf(IOException.class);
            awaitFailure(sidecar, "limit");
            assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
        }
    }

    @Test
    void allThatEndsGivesItsBuffersBack() throws Exception {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    String head = wire.head();
                    switch (head.isEmpty() ? "" : head.split(" ")[1]) {
                        case "/cut" -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
                        case "/bad" -> wire.send("HTTP/1.1 200 OK\nbad");
                        case "/end" -> wire.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                        case "/up" -> {
                            wire.send("HTTP/1.1 101 S\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nfirst");
                            wire.send(wire.read(5));
                        }
                        default -> wire.ended();
                    }
                });
                Sidecar sidecar = sidecar(upstream, "")) {
            for (int round = 0; round < 5; round++) {
                for (String path : new String[] {"/cut", "/bad", "/end", "/up", "\0"}) {
                    try (Wire client = client(sidecar)) {
                        boolean up = path.equals("/up");
                        client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n"
                                + (up
                                        ? "Connection: upgrade\r\nUpgrade: x\r\n\r\nhello"
                                        : "Connection: close\r\n\r\n"));
                        client.rest();
                    }
                    Wire half = sidecar.connect();
                    half.send("\u0016\3\1\1\0\1").close();
                }
            }
        }
        assertThat(Leaks.flush()).isEmpty();
    }

    @Test
    void anExpiredCertificateIsShownAllTheSame() throws Exception {
        Instant past = Instant.now().minus(Duration.ofDays(2));
        certificate = pki.write(
                "old",
                pki.issue(b -> b.subject("CN=old")
                        .addSanDnsName("one.test")
                        .notBefore(past.minus(Duration.ofDays(1)))
                        .notAfter(past)));
        try (TestUpstream upstream = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(upstream, "")) {
            assertThatThrownBy(() -> client(sidecar)).hasMessageContaining("validity");
            assertThat(sidecar.registry
                            .get("retake.tls.certificate.expiry")
                            .gauge()
                            .value())
                    .isEqualTo((double) past.getEpochSecond());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", ciphers: [TLS_NONE_SUCH]",
                ", clientCertificates: required",
                ", clientSubjectHeader: \"X Y\"",
                ", clientCertificates: required, clientAuthorities: /none"
            })
    void settingsThatCannotBeAreSaid(String more) throws IOException {
        try (TestUpstream upstream = TestUpstream.answering(OK)) {
            assertThatThrownBy(() -> sidecar(upstream, more))
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION));
        }
    }
}
