package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.retake.privacy.scan.ByteScanner;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.ScanListener;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The vault as its user sees it: recorded by a sidecar, an import and an anonymized table, asked by the command. */
class VaultCommandIT {
    private static final String REASON = "ticket 4711: which customer";
    private static final String BODY = """
            {"user":{"email":"zoe@quarx-mail.net","firstName":"Zoelinde","password":"Tr0ub4dor-zq"},\
            "card":"4539148803436467"}""";
    private static final String CONFIG = "privacy:\n  vault:\n    enabled: true\n";
    private static final String HAR = """
            {"log":{"version":"1.2","entries":[{"startedDateTime":"2026-01-15T10:00:00.000Z","time":5,
             "request":{"method":"GET","url":"https://api.test/me","httpVersion":"HTTP/1.1","headers":[],"cookies":[],
              "queryString":[],"headersSize":-1,"bodySize":0},
             "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headersSize":-1,
              "headers":[{"name":"Content-Type","value":"application/json"}],"redirectURL":"","bodySize":-1,
              "content":{"size":10,"mimeType":"application/json","text":"%s"}},
             "cache":{},"timings":{"send":1,"wait":3,"receive":1}}]}}""";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer service;

    @BeforeEach
    void startService() throws IOException {
        Files.writeString(directory.resolve("vault.yml"), CONFIG);
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void aSidecarsOriginalsAreToldForAReasonAndOnRecord() throws IOException, InterruptedException {
        record("vault.yml");
        JsonNode user = recordedUser();
        String surrogate = user.path("email").asString();

        RetakeProcess.Result revealed = vault("reveal", surrogate, "--reason", REASON, "--json");
        assertThat(revealed.exitCode()).as(revealed.err()).isZero();
        JsonNode answer = Json.MAPPER.readTree(revealed.out());
        assertThat(answer.path("original").asString()).isEqualTo("zoe@quarx-mail.net");
        assertThat(answer.path("class").asString()).isEqualTo("email");
        assertThat(vault("reveal", user.path("firstName").asString(), "--reason", REASON)
                        .out())
                .contains("given-name  Zoelinde");

        assertThat(vault("reveal", surrogate).exitCode()).isEqualTo(2);
        assertThat(vault("reveal", surrogate, "--reason", "because").exitCode()).isEqualTo(2);
        for (String secret : List.of(user.path("password").asString(), "4000 0000 0000 0000", "zoe@quarx-mail.net")) {
            RetakeProcess.Result unknown = vault("reveal", secret, "--reason", REASON);
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.out()).isEmpty();
        }

        RetakeProcess.Result audit = vault("audit");
        assertThat(audit.exitCode()).isZero();
        assertThat(audit.out().lines()).hasSize(6).last().asString().isEqualTo("the log is whole: 5 records");
        assertThat(audit.out()).contains(surrogate + "  revealed  (" + REASON + ")", "  unknown  (");
        assertThat(leaks("zoe@quarx-mail.net", "Zoelinde", "Tr0ub4dor-zq", "4539148803436467"))
                .isEmpty();
    }

    @Test
    void isOffUnlessItIsAskedFor() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("plain.yml"), "privacy:\n  tenant: \"default\"\n");
        record("plain.yml");

        assertThat(directory.resolve("journal.vault")).doesNotExist();
        assertThat(directory.resolve("journal.vault.key")).doesNotExist();
        assertThat(vault("reveal", "x", "--reason", REASON).exitCode()).isEqualTo(3);
        assertThat(vault("audit").out()).contains("failed: key");
    }

    @Test
    void whereTheAuditCannotBeWrittenNothingIsTold() throws IOException, InterruptedException {
        record("vault.yml");
        String surrogate = recordedUser().path("email").asString();
        Files.createDirectory(directory.resolve("journal.audit"));

        RetakeProcess.Result refused = vault("reveal", surrogate, "--reason", REASON);

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("audit log").doesNotContain("zoe@");
    }

    @Test
    void aChangedAuditLogIsTold() throws IOException, InterruptedException {
        record("vault.yml");
        String surrogate = recordedUser().path("email").asString();
        vault("reveal", surrogate, "--reason", REASON);
        vault("reveal", surrogate, "--reason", "ticket 4712: the same");
        Path log = directory.resolve("journal.audit");
        List<String> lines = Files.readAllLines(log);

        Files.write(log, lines.subList(1, 2));
        assertThat(vault("audit").exitCode()).isEqualTo(1);
        RetakeProcess.Result refused = vault("reveal", surrogate, "--reason", REASON);
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out()).isEmpty();
        Files.write(log, lines);
        assertThat(vault("audit", "--json").out()).contains("\"whole\":true");
    }

    @Test
    void aKeyMadeElsewhereLeavesTheSidecarWithoutTheReadingHalf() throws IOException, InterruptedException {
        RetakeProcess.Result made = RetakeProcess.run(directory, "vault", "key", "office/vault.key");
        assertThat(made.exitCode()).as(made.err()).isZero();
        Files.writeString(directory.resolve("apart.yml"), CONFIG + "    publicKey: \"office/vault.key.public\"\n");
        record("apart.yml");
        String surrogate = recordedUser().path("email").asString();

        assertThat(directory.resolve("journal.vault.key")).doesNotExist();
        RetakeProcess.Result half =
                vault("reveal", surrogate, "--reason", REASON, "--vault-key", "office/vault.key.public");
        assertThat(half.exitCode()).isEqualTo(3);
        assertThat(half.err()).contains("private half");
        assertThat(vault("reveal", surrogate, "--reason", REASON, "--vault-key", "office/vault.key")
                        .out())
                .contains("zoe@quarx-mail.net");
    }

    @Test
    void importsAndTablesFillItAndForgetEmptiesIt() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("one.har"), HAR.formatted(BODY.replace("\"", "\\\"")));
        run("import", "--format", "har", "one.har", "--journal", "journal", "--config", "vault.yml");
        Files.writeString(directory.resolve("users.csv"), "id,email\n1,zoe@quarx-mail.net\n2,max@quarx-mail.net\n");
        Files.writeString(directory.resolve("table.yml"), CONFIG + "    path: \"journal.vault\"\n");
        run("anonymize", "users.csv", "out.csv", "--keys", "journal.keys", "--config", "table.yml");
        List<String> rows = Files.readAllLines(directory.resolve("out.csv"));
        String zoe = rows.get(1).substring(2);
        String max = rows.get(2).substring(2);
        assertThat(vault("reveal", zoe, max, "--reason", REASON).out().lines()).hasSize(2);
        assertThat(vault("stats", "--json").out()).contains("\"writers\":2");

        assertThat(vault("forget", zoe).exitCode()).isEqualTo(2);
        assertThat(vault("forget", zoe, "--reason", "erasure request 12").exitCode())
                .isZero();

        RetakeProcess.Result after = vault("reveal", zoe, max, "--reason", REASON);
        assertThat(after.exitCode()).isEqualTo(2);
        assertThat(after.out()).contains("max@quarx-mail.net").doesNotContain("zoe@");
        assertThat(vault("forget", "--before", "2999-01-01", "--reason", "end of test")
                        .exitCode())
                .isZero();
        assertThat(vault("stats", "--json").out()).contains("\"mappings\":0");
        assertThat(vault("audit").exitCode()).isZero();
    }

    @Test
    void anonymizeWithoutAVaultsPathIsRefused() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("users.csv"), "id,email\n1,zoe@quarx-mail.net\n");
        Files.writeString(directory.resolve("one.har"), HAR.formatted("{}"));
        run("import", "--format", "har", "one.har", "--journal", "journal");
        RetakeProcess.Result refused = RetakeProcess.run(
                directory, "anonymize", "users.csv", "out.csv", "--keys", "journal.keys", "--config", "vault.yml");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("privacy.vault.path");
    }

    private void record(String config) throws IOException, InterruptedException {
        URI upstream = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        try (RetakeProcess sidecar =
                RetakeProcess.proxy(directory, upstream, directory.resolve("journal"), "--config", config)) {
            URI address = sidecar.ready();
            for (int i = 0; i < 3; i++) {
                HttpRequest request =
                        HttpRequest.newBuilder(address.resolve("/profile")).build();
                try {
                    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                            .isEqualTo(200);
                } catch (IOException e) {
                    throw new AssertionError(sidecar.errors(), e);
                }
            }
            assertThat(sidecar.terminate()).as(sidecar.errors()).isZero();
        }
    }

    private JsonNode recordedUser() throws IOException, InterruptedException {
        String sessions = run("sessions", "--journal", "journal", "--json");
        String id = Json.MAPPER
                .readTree(sessions.lines().findFirst().orElseThrow())
                .path("id")
                .asString();
        String shown = run("sessions", "show", id, "--journal", "journal", "--json");
        JsonNode last = Json.MAPPER.readTree(shown.lines().reduce((a, b) -> b).orElseThrow());
        return Json.MAPPER
                .readTree(last.path("response").path("body").asString())
                .path("user");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private RetakeProcess.Result vault(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("vault", verb, "--journal", "journal"));
        all.addAll(List.of(arguments));
        return RetakeProcess.run(directory, all.toArray(String[]::new));
    }

    /** Where one of {@code originals} stands in what the sidecar and the vault left; what was printed lies there too. */
    private List<Leak> leaks(String... originals) throws IOException {
        List<Leak> leaks = new ArrayList<>();
        ScanListener listener = new ScanListener() {
            @Override
            public void leaked(Leak leak) {
                leaks.add(leak);
            }

            @Override
            public void unread(String reason) {
                throw new AssertionError(reason);
            }
        };
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().startsWith("out")) {
                    continue;
                }
                byte[] bytes = Files.readAllBytes(file);
                try (ByteScanner scanner =
                        ByteScanner.of(Canaries.of(List.of(originals)), DetectedClasses.NONE, listener)) {
                    scanner.feed(bytes, 0, bytes.length);
                    scanner.end();
                }
            }
        }
        return leaks;
    }
}
