package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 that TLS agrees on, with the JDK's own client, and each provider on the sidecar's side. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class Http2TlsIT {
    @TempDir
    private Path directory;

    private Pki pki;
    private String certificate;

    @BeforeEach
    void makeCertificate() throws Exception {
        pki = new Pki(directory);
        byte[] loopback = InetAddress.getLoopbackAddress().getAddress();
        byte[] names = {0x30, 0x06, (byte) 0x87, 0x04, loopback[0], loopback[1], loopback[2], loopback[3]};
        certificate = pki.write(
                "first",
                pki.issue(builder -> builder.subject("CN=here").addExtensionOctetString("2.5.29.17", false, names)));
    }

    private Sidecar sidecar(URI upstream, String provider) {
        return new Sidecar(upstream, "proxy: {tls: {provider: " + provider + ", certificates: [" + certificate + "]}}");
    }

    private HttpClient client(Version version) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(pki.context(null))
                .version(version)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "boringssl"})
    void eachClientGetsItsProtocolOnTheSamePort(String provider) throws Exception {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Sidecar sidecar = sidecar(upstream.url(), provider)) {
            for (Version version : Version.values()) {
                HttpResponse<String> response = client(version)
                        .send(HttpRequest.newBuilder(sidecar.url()).build(), BodyHandlers.ofString());
                assertThat(response.version()).isEqualTo(version);
                assertThat(response.body()).isEqualTo("ok");
                assertThat(response.headers().map())
                        .containsOnlyKeys(
                                version == Version.HTTP_2
                                        ? List.of(":status", "content-length")
                                        : List.of("content-length"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "boringssl"})
    void manyBodiesComeBackAsTheyWent(String provider) throws Exception {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + wire.read(length));
                    }
                });
                Sidecar sidecar = sidecar(upstream.url(), provider)) {
            HttpClient client = client(Version.HTTP_2);
            List<byte[]> bodies = new ArrayList<>();
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            client.send(
                    HttpRequest.newBuilder(sidecar.url())
                            .POST(BodyPublishers.ofString("first"))
                            .build(),
                    BodyHandlers.discarding());
            for (int i = 0; i < 40; i++) {
                byte[] body = new byte[1 + ThreadLocalRandom.current().nextInt(300_000)];
                ThreadLocalRandom.current().nextBytes(body);
                bodies.add(body);
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(sidecar.url())
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofByteArray()));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(answers.get(i).join().body()).isEqualTo(bodies.get(i));
            }
            assertThat(sidecar.registry.get("retake.connections").gauge().value())
                    .as("one connection carries them all")
                    .isOne();
        }
    }

    /** What the two have agreed on holds for a refusal too. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "boringssl"})
    void oneConnectionTooManyIsToldSoInItsProtocol(String provider) throws Exception {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Sidecar sidecar = new Sidecar(
                        upstream.url(),
                        "proxy: {limits: {clientConnections: 1}, tls: {provider: " + provider + ", certificates: ["
                                + certificate + "]}}");
                Http2Wire first = connect(sidecar, "h2");
                Http2Wire second = new Http2Wire(socket(sidecar, "h2"));
                Wire third = new Wire(socket(sidecar, "http/1.1"))) {
            second.acknowledging = false; // the sidecar speaks first, and is gone by then
            assertThat(second.end()).isEqualTo("goaway ENHANCE_YOUR_CALM");
            assertThat(second.seen).containsExactly("4:0:0", "7:0:0");
            assertThat(third.head()).startsWith("HTTP/1.1 503 ");
            assertThat(first.get(1, "/").answer(1).outcome()).isEqualTo("200");
            assertThat(sidecar.registry
                            .get("retake.requests.refused")
                            .tag("status", "503")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    private Http2Wire connect(Sidecar sidecar, String protocol) throws Exception {
        return new Http2Wire(socket(sidecar, protocol))
                .raw(Http2Wire.PREFACE.getBytes(StandardCharsets.US_ASCII))
                .frame(Http2Wire.SETTINGS, 0, 0, new byte[0]);
    }

    private SSLSocket socket(Sidecar sidecar, String protocol) throws Exception {
        SSLSocket socket = (SSLSocket) pki.context(null)
                .getSocketFactory()
                .createSocket(
                        sidecar.server.address().getAddress(),
                        sidecar.server.address().getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
        return socket;
    }
}
