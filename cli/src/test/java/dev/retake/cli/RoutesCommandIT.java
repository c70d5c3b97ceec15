package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One sidecar in front of several services: what it records of each, what it does when one dies, and where a replay may go. */
class RoutesCommandIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LONG = "every word of a long story ".repeat(200);

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private int admin;

    @Test
    void eachRouteIsRecordedAsItsPolicySays() throws Exception {
        Path journal = directory.resolve("journal");
        try (TestService orders = TestService.answering(RoutesCommandIT::answer);
                TestService account = TestService.answering(RoutesCommandIT::answer);
                TestService files = TestService.answering(RoutesCommandIT::answer)) {
            Path config = configuration(
                    "orders: {urls: [\"" + orders.url() + "\"]}",
                    "account: {urls: [\"" + account.url() + "\"]}",
                    "files: {urls: [\"" + files.url() + "\"]}");
            try (RetakeProcess sidecar = sidecar(config, journal)) {
                URI address = sidecar.ready();
                assertThat(bodies(address, "/orders/7", "/account/me", "/files/story", "/internal/secrets"))
                        .containsExactly("{\"order\":7}", "{\"balance\":12.5}", LONG, LONG);
                assertThat(get(address, "/ordersX").statusCode()).isEqualTo(404);
                assertThat(metric("retake_requests_refused_total{status=\"404\"}"))
                        .isEqualTo("1.0");
                assertThat(sidecar.terminate()).isZero();
            }
            JsonNode stats = JSON.readTree(run("journal", "stats", "--journal", journal.toString(), "--json"));
            assertThat(stats.get("forwarded").asInt()).isEqualTo(4);
            assertThat(stats.get("captured").asInt()).isEqualTo(3);
            assertThat(stats.get("excluded").asInt()).isEqualTo(1);
            assertThat(stats.get("truncated").asInt()).isEqualTo(1);
            assertThat(stats.get("withheld").asInt()).isEqualTo(1);

            List<JsonNode> steps = steps(journal);
            assertThat(steps)
                    .extracting(step -> step.get("path").asString())
                    .containsExactly("/orders/7", "/account/me", "/files/story");
            assertThat(steps.get(0).get("response").get("body").asString()).isEqualTo("{\"order\":7}");
            JsonNode withheld = steps.get(1).get("response");
            assertThat(withheld.get("withheld").asString()).isEqualTo("policy");
            assertThat(withheld.get("size").asInt()).isEqualTo(16);
            assertThat(withheld.get("body").asString()).isEmpty();
            JsonNode cut = steps.get(2).get("response");
            assertThat(cut.get("truncated").asBoolean()).isTrue();
            assertThat(cut.get("size").asInt()).isEqualTo(LONG.length());
            assertThat(cut.get("body").asString()).hasSize(1_020); // a KiB, less the word that it ends in
            assertThat(shown(journal)).contains("[16 bytes, withheld: policy]", "[truncated; 5400 bytes in all]");
        }
        comparesWhatWasKept(journal);
    }

    /** A body that the policy leaves out cannot be compared, which is said; the rest of its exchange is. */
    private void comparesWhatWasKept(Path journal) throws Exception {
        try (TestService poorer =
                TestService.answering(target -> target.startsWith("/account") ? "{\"balance\":12}" : answer(target))) {
            RetakeProcess.Result clean = replay(journal, poorer.url().toString());
            assertThat(clean.exitCode()).as(clean.out() + clean.err()).isZero();
            String note = "The body of 1 exchange was not compared, because the recording does not hold it whole.";
            assertThat(clean.out().replaceAll("\\s+", " ")).contains(note);
            JsonNode notes = JSON.readTree(
                            directory.resolve("report/report.json").toFile())
                    .get("notes");
            assertThat(notes.get(0).asString()).isEqualTo(note);
        }
        try (TestService gone = TestService.answering(target -> target.startsWith("/account") ? "" : answer(target))) {
            RetakeProcess.Result changed = replay(journal, gone.url().toString(), "--json");
            assertThat(changed.exitCode()).as(changed.out() + changed.err()).isEqualTo(1);
            JsonNode findings = JSON.readTree(changed.out()).get("findings");
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).get("operation").asString()).isEqualTo("GET /account/me");
            assertThat(findings.get(0).get("kind").asString()).isEqualTo("body");
        }
    }

    private static String answer(String target) {
        return switch (target.split("/", 3)[1]) {
            case "orders" -> "{\"order\":7}";
            case "account" -> "{\"balance\":12.5}";
            default -> LONG;
        };
    }

    @Test
    void trafficGoesOnWhereOneOfTwoAddressesDies() throws Exception {
        Path journal = directory.resolve("journal");
        int port = freePort();
        try (TestService steady = TestService.answering("{\"order\":7}");
                TestService files = TestService.answering("a file")) {
            Path config = configuration(
                    "orders:\n      urls: [\"http://127.0.0.1:" + port + "\", \"" + steady.url() + "\"]\n"
                            + "      health: {path: /healthz, interval: 200ms, timeout: 5s, healthyAfter: 1, unhealthyAfter: 1}",
                    "account: {urls: [\"" + files.url() + "\"]}",
                    "files: {urls: [\"" + files.url() + "\"]}");
            TestService dying = TestService.on(port, "{\"order\":7}");
            try (RetakeProcess sidecar = sidecar(config, journal)) {
                URI address = sidecar.ready();
                awaitHealthy("2.0");
                assertAnswered(address, 40);
                assertThat(dying.asked("/orders/1")).isPositive();

                dying.close();
                assertAnswered(address, 40);
                awaitHealthy("1.0");
                assertThat(metric("retake_upstream_addresses{state=\"unhealthy\",upstream=\"orders\"}"))
                        .isEqualTo("1.0");
                assertThat(metric("retake_upstream_addresses{state=\"healthy\",upstream=\"files\"}"))
                        .isEqualTo("1.0");
                assertThat(Double.parseDouble(
                                metric("retake_upstream_health_checks_total{result=\"failed\",upstream=\"orders\"}")))
                        .isPositive();

                try (TestService back = TestService.on(port, "{\"order\":7}")) {
                    awaitHealthy("2.0");
                    assertAnswered(address, 40);
                    assertThat(back.asked("/orders/1")).isPositive();
                }
                steady.close();
                HttpResponse<String> refused = get(address, "/orders/lost");
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(502);
                awaitHealthy("0.0");
                assertThat(get(address, "/files/1").body()).isEqualTo("a file");
                assertThat(sidecar.terminate()).isZero();
            } finally {
                dying.close();
            }
            JsonNode stats = JSON.readTree(run("journal", "stats", "--journal", journal.toString(), "--json"));
            assertThat(stats.get("captured").asInt()).isEqualTo(122);
            List<JsonNode> steps = steps(journal);
            assertThat(steps).hasSize(122);
            assertThat(steps.subList(0, 120))
                    .allSatisfy(
                            step -> assertThat(step.get("outcome").asString()).isEqualTo("complete"));
            assertThat(steps.get(120).get("path").asString()).isEqualTo("/orders/lost");
            assertThat(steps.get(120).get("outcome").asString()).isEqualTo("upstream-failed");
        }
    }

    @Test
    void noUrlOfAnyUpstreamIsATarget() throws Exception {
        Path journal = directory.resolve("journal");
        try (TestService orders = TestService.answering("{\"order\":7}")) {
            Path config = configuration(
                    "orders: {urls: [\"" + orders.url() + "\"]}",
                    "account: {urls: [\"http://192.0.2.9:8080\", \"http://second.shop.invalid\"]}",
                    "files: {urls: [\"https://archive.shop.invalid\"]}");
            try (RetakeProcess sidecar = sidecar(config, journal)) {
                assertThat(get(sidecar.ready(), "/orders/7").statusCode()).isEqualTo(200);
                assertThat(sidecar.terminate()).isZero();
            }
            for (String target : List.of(
                    "http://192.0.2.9:8080",
                    "https://192.0.2.9:9999/other",
                    "http://ARCHIVE.shop.invalid:81",
                    "http://second.shop.invalid")) {
                String host = URI.create(target).getHost();
                RetakeProcess.Result refused = replay(journal, target, "--allow-target", host);
                assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(2);
                assertThat(refused.err()).containsIgnoringCase(host + " is production");
            }
        }
    }

    private Path configuration(String... upstreams) throws IOException {
        return Files.writeString(
                directory.resolve("retake.yml"),
                "proxy:\n  capture: {lag: 1m}\n  upstreams:\n    " + String.join("\n    ", upstreams) + """

                          routes:
                            - {path: /orders, upstream: orders}
                            - {path: /account, upstream: account, capture: {bodies: false}}
                            - {path: /files, upstream: files, capture: {bodyCap: 1KiB}}
                            - {path: /internal, upstream: files, capture: {enabled: false}}
                        """);
    }

    private RetakeProcess sidecar(Path config, Path journal) throws IOException {
        admin = freePort();
        return RetakeProcess.start(
                directory,
                "proxy",
                "--listen",
                "127.0.0.1:0",
                "--journal",
                journal.toString(),
                "--config",
                config.toString(),
                "--admin",
                "127.0.0.1:" + admin);
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private void assertAnswered(URI address, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            HttpResponse<String> answer = get(address, "/orders/1");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"order\":7}");
        }
    }

    private void awaitHealthy(String count) {
        await().untilAsserted(
                        () -> assertThat(metric("retake_upstream_addresses{state=\"healthy\",upstream=\"orders\"}"))
                                .isEqualTo(count));
    }

    /** The value of the sample that is written {@code name}, "absent" where there is none. */
    private String metric(String name) throws IOException, InterruptedException {
        return get(URI.create("http://127.0.0.1:" + admin), "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("absent");
    }

    private List<String> bodies(URI address, String... paths) throws IOException, InterruptedException {
        List<String> bodies = new ArrayList<>();
        for (String path : paths) {
            bodies.add(get(address, path).body());
        }
        return bodies;
    }

    private HttpResponse<String> get(URI address, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Cookie", "sid=one")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private RetakeProcess.Result replay(Path journal, String target, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("replay", "--journal", journal.toString(), "--target", target));
        arguments.addAll(List.of("--out", directory.resolve("report").toString()));
        arguments.addAll(List.of(more));
        return RetakeProcess.run(directory, arguments.toArray(String[]::new));
    }

    private List<JsonNode> steps(Path journal) throws IOException, InterruptedException {
        List<JsonNode> steps = new ArrayList<>();
        for (String id : sessions(journal).toList()) {
            run("sessions", "show", id, "--journal", journal.toString(), "--json")
                    .lines()
                    .map(JSON::readTree)
                    .forEach(steps::add);
        }
        return steps;
    }

    private String shown(Path journal) throws IOException, InterruptedException {
        StringBuilder shown = new StringBuilder();
        for (String id : sessions(journal).toList()) {
            shown.append(run("sessions", "show", id, "--journal", journal.toString()));
        }
        return shown.toString();
    }

    private Stream<String> sessions(Path journal) throws IOException, InterruptedException {
        return run("sessions", "--journal", journal.toString(), "--json")
                .lines()
                .map(line -> JSON.readTree(line).get("id").asString());
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode())
                .as(Arrays.toString(arguments) + result.err())
                .isZero();
        return result.out();
    }
}
