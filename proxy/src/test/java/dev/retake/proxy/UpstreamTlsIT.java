package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An https upstream with a certificate of its own, made by the JDK's keytool. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class UpstreamTlsIT {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir
    private static Path directory;

    private static KeyStore keys;
    private static Path pem;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-storetype",
                        "PKCS12")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        pem = directory.resolve("ca.pem");
        String encoded =
                Base64.getMimeEncoder().encodeToString(keys.getCertificate("k").getEncoded());
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    }

    private static TestUpstream upstream() throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TestUpstream(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                (wire, n) -> {
                    for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                        if (head.startsWith("POST")) {
                            wire.read(100_000);
                        }
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
                    }
                });
    }

    private static String trusting() {
        return "proxy: {threads: 1, upstream: {trustedCertificates: \"" + pem + "\"}}";
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
}
