package dev.retake.replay;

import static dev.retake.replay.Recording.json;
import static dev.retake.replay.Recording.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.config.Config;
import dev.retake.common.error.RetakeException;
import dev.retake.replay.target.RawServer;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How sessions prove who they are at a target that knows none of the recorded passwords. */
class CredentialsIT {
    private static final String OLD = "tok-3f2504e04f89";

    /** Logs in by JSON, uses the token, and reads something open. */
    private static Recording session(String id) {
        return new Recording(id)
                .identity("user-" + id)
                .add(
                        json("POST", "/login", "{\"email\":\"ann@example.com\",\"password\":\"surrogate\"}"),
                        jsonResponse(200, "{\"token\":\"" + OLD + "\"}"))
                .add(Recording.get("/me", "Authorization", "Bearer " + OLD), jsonResponse(200, "{}"))
                .add(Recording.get("/open"), jsonResponse(200, "{}"));
    }

    /** Takes {@code passwords} at its login, and the token that it gives there as proof. */
    private static RawServer shop(List<String> passwords) throws IOException {
        AtomicReference<RawServer> self = new AtomicReference<>();
        RawServer server = new RawServer(peer -> {
            while (peer.read()) {
                List<String> requests = self.get().requests;
                String request = requests.get(requests.size() - 1);
                boolean login = request.startsWith("POST /login");
                boolean right = passwords.stream().anyMatch(request::contains);
                boolean proven = request.contains("Bearer tok-9a8b7c6d5e4f") || request.startsWith("GET /open");
                String body = login && right ? "{\"token\":\"tok-9a8b7c6d5e4f\"}" : "{}";
                boolean fine = login ? right : proven;
                peer.write("HTTP/1.1 " + (fine ? "200 OK" : "401 Unauthorized")
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }
        });
        self.set(server);
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOREIGN", "SHADOW"})
    void refusedSurrogatesAreSkippedAndSaidLoudly(Comparability comparable) throws Exception {
        try (RawServer server = shop(List.of("nobody knows"))) {
            RunResult result = run(server, comparable, "", session("s1"));

            assertThat(statuses(result)).containsExactly(StepStatus.SKIPPED, StepStatus.BLOCKED, StepStatus.MATCH);
            assertThat(result.skippedBy()).containsEntry("credentials", 1);
            assertThat(result.notes()).anyMatch(note -> note.contains("replay.credentials"));
            assertThat(result.findings()).isEmpty();
        }
    }

    @Test
    void withAnonymizedDataARefusalIsADifference() throws Exception {
        try (RawServer server = shop(List.of("nobody knows"))) {
            RunResult result = run(server, Comparability.ANONYMIZED, "", session("s1"));

            assertThat(statuses(result)).containsExactly(StepStatus.CHANGED, StepStatus.BLOCKED, StepStatus.MATCH);
        }
    }

    @Test
    void onceAnyLoginGotThroughARefusalIsADifference() throws Exception {
        Recording other = new Recording("s2")
                .add(
                        json("POST", "/login", "{\"email\":\"bob@example.com\",\"password\":\"accepted\"}"),
                        jsonResponse(200, "{\"token\":\"tok-77aa88bb99cc\"}"));
        try (RawServer server = shop(List.of("accepted"))) {
            RunResult result = run(server, Comparability.FOREIGN, "", session("s1"), other);

            assertThat(statuses(result)).containsExactly(StepStatus.CHANGED, StepStatus.BLOCKED, StepStatus.MATCH);
            assertThat(result.skippedBy()).isEmpty();
        }
    }

    @Test
    void aTokenFromBeforeTheRecordingIsACredentialToo() throws Exception {
        Recording session = new Recording("s1")
                .add(Recording.get("/me", "Authorization", "Bearer from-before-0815"), jsonResponse(200, "{}"))
                .add(Recording.get("/open"), jsonResponse(200, "{}"));
        try (RawServer server = shop(List.of())) {
            RunResult result = run(server, Comparability.FOREIGN, "", session);

            assertThat(statuses(result)).containsExactly(StepStatus.SKIPPED, StepStatus.MATCH);
        }
    }

    @Test
    void aPageThatSendsToTheLoginRefusesToo() throws Exception {
        Recording session = new Recording("s1")
                .add(Recording.get("/me", "Cookie", "sessionid=from-before-0815"), jsonResponse(200, "{}"));
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 302 Found\r\nLocation: /accounts/login?next=/me\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(run(server, Comparability.FOREIGN, "", session).skippedBy())
                    .containsEntry("credentials", 1);
        }
    }

    @Test
    void aStaticHeaderTakesThePlaceOfTheRecordedOne() throws Exception {
        try (RawServer server = shop(List.of())) {
            String yaml = "{subject: user-s1, headers: {authorization: 'Bearer ${TEST_TOKEN}'}}";
            RunResult result = run(server, Comparability.FOREIGN, yaml, session("s1"));

            assertThat(statuses(result).subList(1, 3)).containsOnly(StepStatus.MATCH);
            assertThat(server.requests.get(1)).contains("Authorization: Bearer tok-9a8b7c6d5e4f\r\n");
            assertThat(server.requests.get(2)).doesNotContain("Authorization");
        }
    }

    @Test
    void theEntryOfAnotherSubjectIsNotTaken() throws Exception {
        try (RawServer server = shop(List.of())) {
            String yaml = "{subject: user-s2, headers: {authorization: 'Bearer ${TEST_TOKEN}'}}";

            assertThat(statuses(run(server, Comparability.FOREIGN, yaml, session("s1")))
                            .get(1))
                    .isEqualTo(StepStatus.BLOCKED);
        }
    }

    @Test
    void aHeaderThatNoRecordedRequestHadGoesWithEach() throws Exception {
        try (RawServer server = shop(List.of())) {
            run(server, Comparability.FOREIGN, "{headers: {X-Gate: open}}", session("s1"));

            assertThat(server.requests).allMatch(request -> request.contains("X-Gate: open\r\n"));
        }
    }

    @Test
    void fieldsReplaceWhatTheLoginSends() throws Exception {
        try (RawServer server = shop(List.of("right"))) {
            String yaml = "{fields: {password: right, email: test@test.example}}";
            RunResult result = run(server, Comparability.FOREIGN, yaml, session("s1"));

            assertThat(statuses(result)).containsOnly(StepStatus.MATCH, StepStatus.EQUIVALENT);
            assertThat(server.requests.get(0)).endsWith("{\"email\":\"test@test.example\",\"password\":\"right\"}");
            assertThat(server.requests.get(1)).contains("Bearer tok-9a8b7c6d5e4f");
        }
    }

    @Test
    void aLoginRequestStandsInForTheRecordedOne() throws Exception {
        try (RawServer server = shop(List.of("right"))) {
            String yaml = "{login: {request: POST /login, headers: {Content-Type: application/json},"
                    + " body: '{\"email\":\"t\",\"password\":\"right\"}', extract: 'body:/token'}}";
            RunResult result = run(server, Comparability.FOREIGN, yaml, session("s1"));

            assertThat(statuses(result)).containsExactly(StepStatus.SKIPPED, StepStatus.MATCH, StepStatus.MATCH);
            assertThat(server.requests).hasSize(3);
            assertThat(server.requests.get(0)).contains("Content-Length: 32").contains("X-Retake-Run");
            assertThat(server.requests.get(1)).contains("Authorization: Bearer tok-9a8b7c6d5e4f");
        }
    }

    @Test
    void aLoginThatGivesNothingIsSaid() throws Exception {
        try (RawServer server = shop(List.of())) {
            String yaml = "{login: {request: POST /login, body: '{}', extract: 'body:/token'}}";

            assertThat(run(server, Comparability.FOREIGN, yaml, session("s1")).notes())
                    .anyMatch(note -> note.contains("login request"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{subject: a}",
                "{subject: a, header: {A: hunter2}}",
                "{login: {request: /login, body: hunter2}}",
                "{login: {request: POST /login, extract: hunter2}}",
                "{login: {request: POST /login, extract: 'body:/t', header: hunter2}}",
                "{login: {request: POST /login, header: 'A: {}'}}",
                "{headers: [hunter2]}",
                "{headers: {A: [hunter2]}}",
                "{headers: {A: '${NOT_SET}'}}",
                "{headers: {A: hunter2}}, {headers: {A: hunter2}}"
            })
    void aBadEntryIsNamedWithoutItsSecrets(String entry) throws Exception {
        try (RawServer server = shop(List.of())) {
            assertThatThrownBy(() -> run(server, Comparability.FOREIGN, entry, session("s1")))
                    .isInstanceOf(RetakeException.class)
                    .hasMessageStartingWith("replay.credentials")
                    .hasMessageEndingWith(".")
                    .hasMessageNotContaining("hunter2");
        }
    }

    private static RunResult run(RawServer server, Comparability comparable, String entries, Recording... sessions) {
        FixedSource source = new FixedSource();
        for (Recording session : sessions) {
            source.with(session.exchanges());
        }
        Config config = Config.parse("replay: {credentials: [" + entries + "]}", "test", ReplayKeys.ALL);
        ReplaySettings settings = ReplaySettings.to(server.uri())
                .allowUnsafe(true)
                .comparable(comparable)
                .policy(ReplayPolicy.from(config))
                .concurrency(1)
                .build();
        ReplayEnvironment system = ReplayEnvironment.system();
        ReplayEnvironment environment = new ReplayEnvironment(
                system.clock(),
                system.random(),
                name -> name.toUpperCase(Locale.ROOT).equals("TEST_TOKEN") ? "tok-9a8b7c6d5e4f" : null,
                system.surrogateClass(),
                system.mask(),
                null,
                exchange -> exchange);
        return new ReplayRun(settings, source, environment, ReplayListener.NONE).run();
    }

    private static List<StepStatus> statuses(RunResult result) {
        return result.sessions().get(0).steps().stream().map(StepResult::status).toList();
    }
}
