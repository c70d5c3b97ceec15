package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sessions that were recorded over HTTP/2 are replayed like any others; of gRPC it is said that they are not. */
class Http2ReplayIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    /** Sends a request with a method, path, JSON body and cookie; gives the body of the answer. */
    private interface Caller {
        String call(String method, String path, String body, String cookie) throws Exception;
    }

    @Test
    void whatCameByPriorKnowledgeIsReplayed() throws Exception {
        Path journal = directory.resolve("journal");
        try (Desk desk = new Desk("12.5")) {
            try (RetakeProcess sidecar = RetakeProcess.proxy(directory, desk.url(), journal, "--config", lenient());
                    PriorKnowledgeClient client = new PriorKnowledgeClient(sidecar.ready())) {
                order((method, path, body, cookie) -> client.send(method, path, body, "application/json", cookie));
                // A message of no bytes, in its frame.
                client.send("POST", "/desk.v1.Desk/Ping", "\0\0\0\0\0", "application/grpc", "sid=third");
                assertThat(sidecar.terminate()).isZero();
            }
            assertReplays(journal, 1);
        }
    }

    @Test
    void whatCameOverTlsIsReplayed() throws Exception {
        Path journal = directory.resolve("journal");
        byte[] loopback = InetAddress.getLoopbackAddress().getAddress();
        byte[] names = {0x30, 0x06, (byte) 0x87, 0x04, loopback[0], loopback[1], loopback[2], loopback[3]};
        X509Bundle certificate = new CertificateBuilder()
                .ecp256()
                .subject("CN=here")
                .setIsCertificateAuthority(true)
                .addExtensionOctetString("2.5.29.17", false, names)
                .buildSelfSigned();
        Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.getCertificatePathPEM());
        Path key = Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trusting(certificate))
                .build();
        try (Desk desk = new Desk("12.5");
                RetakeProcess sidecar = RetakeProcess.proxy(
                        directory,
                        desk.url(),
                        journal,
                        "--config",
                        lenient(),
                        "--tls-cert",
                        chain.toString(),
                        "--tls-key",
                        key.toString())) {
            URI address = sidecar.ready();
            order((method, path, body, cookie) -> {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(address.resolve(path))
                                .header("Cookie", cookie)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(200);
                return answer.body();
            });
            assertThat(sidecar.terminate()).isZero();
        }
        assertReplays(journal, 0);
    }

    private String lenient() throws IOException {
        return Files.writeString(directory.resolve("retake.yml"), "proxy: {capture: {lag: 1m}}\n")
                .toString();
    }

    private static SSLContext trusting(X509Bundle certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("here", certificate.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Two users who order something, and look at what they ordered. */
    private static void order(Caller caller) throws Exception {
        for (String cookie : List.of("sid=first", "sid=second")) {
            String mail = cookie.substring(4) + "@fastpost-inbox.net";
            JsonNode order = JSON.readTree(
                    caller.call("POST", "/orders", "{\"item\":\"lamp\",\"email\":\"" + mail + "\"}", cookie));
            String id = order.get("id").asString();
            assertThat(order.get("email").asString()).isEqualTo(mail);
            assertThat(caller.call("GET", "/orders/" + id, "", cookie)).contains("\"total\":12.5");
            assertThat(caller.call("GET", "/orders/" + id + "/lines?from=0", "", cookie))
                    .contains(id);
        }
    }

    private void assertReplays(Path journal, int rpcs) throws Exception {
        try (Desk unchanged = new Desk("12.5");
                Desk changed = new Desk("\"12.5\"")) {
            JsonNode clean = replay(journal, unchanged, 0);
            assertThat(clean.get("counts").get("exchanges").asInt()).isEqualTo(6 + rpcs);
            assertThat(clean.get("counts").get("match").asInt()
                            + clean.get("counts").get("equivalent").asInt())
                    .isEqualTo(6);
            assertThat(clean.get("skippedBy").path("grpc").asInt()).isEqualTo(rpcs);
            assertThat(clean.get("bindings")).isNotEmpty();
            assertThat(unchanged.orders()).isEqualTo(2);

            List<String> findings = new ArrayList<>();
            for (JsonNode finding : replay(journal, changed, 1).get("findings")) {
                findings.add(finding.get("kind").asString() + " "
                        + finding.get("location").asString() + " "
                        + finding.get("operation").asString());
            }
            assertThat(findings).containsExactly("type-changed /total GET /orders/{id}");
        }
    }

    private JsonNode replay(Path journal, Desk target, int exitCode) throws Exception {
        RetakeProcess.Result result = RetakeProcess.run(
                directory,
                "replay",
                "--journal",
                journal.toString(),
                "--target",
                target.url().toString(),
                "--allow-unsafe",
                "--out",
                directory.resolve("report").toString(),
                "--json");
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return JSON.readTree(result.out());
    }

    /** Takes orders and gives each an id of its own; it says of all of them that they cost {@code total}. */
    private static final class Desk implements AutoCloseable {
        private final HttpServer server;
        private final String total;
        private final Map<String, String> mails = new ConcurrentHashMap<>();

        Desk(String total) throws IOException {
            this.total = total;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        int orders() {
            return mails.size();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String path = exchange.getRequestURI().getPath();
                String type = path.startsWith("/desk") ? "application/grpc" : "application/json";
                byte[] answer = text(path, body).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", type);
                exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }

        private String text(String path, byte[] body) {
            if (path.startsWith("/desk")) {
                return "\0\0\0\0\0";
            }
            if (path.equals("/orders")) {
                String id = UUID.randomUUID().toString();
                mails.put(id, JSON.readTree(body).get("email").asString());
                return "{\"id\":\"" + id + "\",\"email\":\"" + mails.get(id) + "\"}";
            }
            String id = path.split("/")[2];
            if (!mails.containsKey(id)) {
                return "";
            }
            return path.endsWith("/lines")
                    ? "[{\"order\":\"" + id + "\",\"item\":\"lamp\"}]"
                    : "{\"id\":\"" + id + "\",\"total\":" + total + "}";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
