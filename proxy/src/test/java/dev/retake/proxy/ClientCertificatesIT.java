package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are known by their certificates, and those who only say so. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class ClientCertificatesIT {
    private static final String FORGED =
            "GET / HTTP/1.1\r\nHost: h\r\nX-Client: CN=forged\r\nx_client: CN=forged\r\nX-Other: 1\r\n\r\n";

    @TempDir
    private Path directory;

    private Pki pki;
    private Pki strangers;
    private String settings;

    @BeforeEach
    void makeCertificates() throws Exception {
        pki = new Pki(directory);
        strangers = new Pki(Files.createDirectory(directory.resolve("strangers")));
        settings = "certificates: [" + pki.write("server", pki.issue("one.test")) + "], clientAuthorities: \""
                + pki.authorityFile() + "\", clientSubjectHeader: X-Client";
    }

    private static TestUpstream echo() throws IOException {
        return new TestUpstream((wire, n) -> {
            for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
                wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
            }
        });
    }

    private String seenByUpstream(Sidecar sidecar, X509Bundle own, String protocol) throws Exception {
        try (Wire client = new Wire(pki.connect(sidecar.server.address(), "one.test", own, protocol))) {
            assertThat(client.send(FORGED).head()).startsWith("HTTP/1.1 200");
            return client.until("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl TLSv1.2", "boringssl TLSv1.3", "jdk TLSv1.2", "jdk TLSv1.3"})
    void whoHasOneIsNamedAndNobodyElseGetsIn(String how) throws Exception {
        String provider = how.split(" ")[0];
        String protocol = how.split(" ")[1];
        X509Bundle known = pki.issue(b -> b.subject("CN=J\u00f6rg \\, 1,O=Acme"));
        X509Bundle stranger = strangers.issue("known.test");
        try (TestUpstream upstream = echo();
                Sidecar sidecar = new Sidecar(
                        upstream.url(),
                        "proxy: {tls: {clientCertificates: required, provider: " + provider + ", " + settings + "}}")) {
            assertThat(seenByUpstream(sidecar, known, protocol))
                    .contains("\r\nX-Client: CN=J\\C3\\B6rg \\, 1,O=Acme\r\n")
                    .contains("\r\nX-Other: 1\r\n")
                    .doesNotContain("forged");
            assertThatThrownBy(() -> seenByUpstream(sidecar, null, protocol)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> seenByUpstream(sidecar, stranger, protocol))
                    .isInstanceOfAny(IOException.class, AssertionError.class);
            assertThat(upstream.connections()).isEqualTo(1);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(sidecar.registry.find("retake.connections.failed").counters().stream()
                                            .mapToDouble(c -> c.count())
                                            .sum())
                                    .isEqualTo(2));
        }
    }

    @Test
    void whoNeedsNoneIsNotNamed() throws Exception {
        try (TestUpstream upstream = echo();
                Sidecar sidecar =
                        new Sidecar(upstream.url(), "proxy: {tls: {clientCertificates: optional, " + settings + "}}")) {
            assertThat(seenByUpstream(sidecar, null, "TLSv1.3"))
                    .contains("X-Other")
                    .doesNotContainIgnoringCase("client");
            assertThat(seenByUpstream(sidecar, pki.issue("me.test"), "TLSv1.3")).contains("X-Client: CN=me.test\r\n");
        }
    }

    @Test
    void withoutTlsTheFieldIsTakenOutToo() throws Exception {
        try (TestUpstream upstream = echo();
                Sidecar sidecar = new Sidecar(upstream.url(), "proxy: {tls: {clientSubjectHeader: X-Client}}");
                Wire client = sidecar.connect()) {
            client.send(FORGED).head();
            assertThat(client.until("\r\n\r\n")).contains("X-Other").doesNotContain("forged");
        }
    }
}
