package dev.retake.replay.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.verdict.TransportError;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target behind TLS whose certificate no public authority gave. */
class TlsTargetIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private static HttpsServer server;
    private static Path certificate;

    @BeforeAll
    static void start() throws Exception {
        Path store = directory.resolve("store.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Certificate own = keys.getCertificate("test");
        certificate = directory.resolve("ca.pem");
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(own.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void anUnknownAuthorityIsRefused() throws Exception {
        assertThat(send("127.0.0.1", new TargetTls(true, "")))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(TransportError.Kind.TLS));
    }

    @Test
    void theTeamsOwnAuthorityIsTaken() throws Exception {
        assertThat(send("127.0.0.1", new TargetTls(true, certificate.toString())))
                .isInstanceOf(Reply.Answered.class);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        assertThat(send("localhost", new TargetTls(true, certificate.toString())))
                .isInstanceOf(Reply.Failed.class);
    }

    @Test
    void nothingIsVerifiedWhereTheTeamSaysSo() throws Exception {
        assertThat(send("localhost", new TargetTls(false, ""))).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void aFileThatHoldsNoCertificatesIsNamed() throws Exception {
        Path other = Files.writeString(directory.resolve("other.pem"), "nothing");
        assertThatThrownBy(() -> send("localhost", new TargetTls(true, other.toString())))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("replay.tls.caFile");
        assertThatThrownBy(() -> send("localhost", new TargetTls(true, "/nowhere.pem")))
                .isInstanceOf(RetakeException.class);
    }

    private static Reply send(String host, TargetTls trust) throws InterruptedException {
        URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort());
        TargetLimits limits = new TargetLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1_000);
        try (TargetClient client =
                        new TargetClient(PinnedTarget.of(uri, InetAddress.getLoopbackAddress()), limits, trust);
                TargetConnection connection = client.connection()) {
            return connection.send(
                    new Request("GET", "/", "HTTP/1.1", Headers.of("Host", "x"), Body.EMPTY, Headers.EMPTY),
                    Patience.forWhole(Duration.ofSeconds(5), Duration.ZERO));
        }
    }
}
