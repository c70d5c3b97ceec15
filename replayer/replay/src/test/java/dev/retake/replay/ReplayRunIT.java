package dev.retake.replay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static dev.retake.replay.Recording.json;
import static dev.retake.replay.Recording.jsonResponse;
import static dev.retake.replay.Recording.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Withheld;
import dev.retake.replay.rewrite.RewriteRule;
import dev.retake.replay.source.RecordedSession;
import dev.retake.replay.source.SessionSource;
import dev.retake.replay.target.RawServer;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs against a target that is told what to answer. */
class ReplayRunIT {
    private static final String TOKEN = "tok-3f2504e04f89";
    private static final WireMockServer TARGET =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").containerThreads(20));

    @BeforeAll
    static void start() {
        TARGET.start();
    }

    @AfterAll
    static void stop() {
        TARGET.stop();
    }

    @BeforeEach
    void answerEverything() {
        TARGET.resetAll();
        TARGET.stubFor(any(anyUrl()).atPriority(9).willReturn(okJson("{}")));
    }

    @Test
    void aSessionThatIsAnsweredAsRecordedIsClean() {
        RunResult result = run(to(), session("s1", Recording.get("/a"), Recording.get("/b?c=d")));

        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.CLEAN);
        assertThat(result.counts()).isEqualTo(new RunResult.Counts(1, 2, 2, 0, 0, 0, 0, 0));
        assertThat(received()).containsExactly("GET /a", "GET /b?c=d");
        assertThat(TARGET.getAllServeEvents())
                .allMatch(event -> event.getRequest()
                        .getHeader("X-Retake-Run")
                        .equals(result.run().id()));
    }

    @Test
    void unsafeStepsAreSkippedAndWhatNeedsThemIsBlocked() {
        Recording session = new Recording("s1")
                .add(json("POST", "/login", "{}"), jsonResponse(200, "{\"token\":\"" + TOKEN + "\"}"))
                .add(Recording.get("/me", "Authorization", "Bearer " + TOKEN), jsonResponse(200, "{}"))
                .add(Recording.get("/open"), jsonResponse(200, "{}"));

        RunResult result = run(to(), session);

        assertThat(statuses(result)).containsExactly(StepStatus.SKIPPED, StepStatus.BLOCKED, StepStatus.MATCH);
        assertThat(result.skippedBy()).containsExactly(Map.entry("unsafe-method", 1));
        assertThat(steps(result).get(1).why().get(0)).contains("step 1 (POST /login), which was skipped");
        assertThat(received()).containsExactly("GET /open");
    }

    @Test
    void whatCannotBeSentIsSkippedByItsReason() {
        Body withheld = new Body(new byte[0], 9, 9, null, false, Withheld.BINARY, null, 0, new long[0]);
        Body truncated = new Body(new byte[] {1}, 9, 9, null, true, null, null, 0, new long[0]);
        Response fine = jsonResponse(200, "{}");
        Recording session = new Recording("s1")
                .add(withBody(json("POST", "/a", "{}"), withheld), fine)
                .add(withBody(json("POST", "/b", "{}"), truncated), fine)
                .add(Recording.get("/ws"), response(101, ""), Outcome.UPGRADED)
                .add(
                        Recording.request("POST", "/a.Service/Get", "", "Content-Type", "application/grpc+proto"),
                        response(200, ""))
                .add(Recording.get("/gone"), null, Outcome.UPSTREAM_FAILED)
                .add(Recording.get("/cached", "If-None-Match", "\"from-before-1\""), response(304, ""));
        FixedSource source = new FixedSource()
                .with(session.exchanges())
                .with(session("s2", Recording.get("/late")).exchanges(), false);

        RunResult result = new ReplayRun(
                        to().allowUnsafe(true).build(), source, ReplayEnvironment.system(), ReplayListener.NONE)
                .run();

        assertThat(result.skippedBy())
                .containsOnlyKeys(
                        "body-withheld",
                        "body-truncated",
                        "upgrade",
                        "grpc",
                        "no-response",
                        "stale-validator",
                        "incomplete");
        assertThat(received()).containsExactly("GET /gone", "GET /cached");
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.INCONCLUSIVE);

        RunResult all = new ReplayRun(
                        to().includeIncomplete(true).build(), source, ReplayEnvironment.system(), ReplayListener.NONE)
                .run();
        assertThat(all.skippedBy()).doesNotContainKey("incomplete");
    }

    @Test
    void aStepThatFailsForWantOfASkippedOneIsBlockedAndOthersAreNot() {
        String form = """
                --b
                Content-Disposition: form-data; name="f"; filename="a.png"
                Content-Type: image/png

                [withheld: binary, 67 bytes]
                --b--
                """;
        Recording session = new Recording("s1")
                .add(
                        Recording.request("POST", "/files", form, "Content-Type", "multipart/form-data; boundary=b"),
                        response(201, ""))
                .add(Recording.get("/files/a.png"), response(200, "x"))
                .add(Recording.get("/files"), jsonResponse(200, "[\"a.png\"]"))
                .add(Recording.get("/about"), jsonResponse(200, "{}"))
                .add(Recording.get("/prices"), jsonResponse(200, "{}"));
        TARGET.stubFor(get("/files/a.png").willReturn(aResponse().withStatus(404)));
        TARGET.stubFor(get("/files").willReturn(okJson("[]")));
        TARGET.stubFor(get("/prices").willReturn(aResponse().withStatus(404)));

        RunResult result = run(to().allowUnsafe(true), session);

        assertThat(statuses(result))
                .containsExactly(
                        StepStatus.SKIPPED,
                        StepStatus.BLOCKED,
                        StepStatus.BLOCKED,
                        StepStatus.MATCH,
                        StepStatus.CHANGED);
        assertThat(result.skippedBy()).containsExactly(Map.entry("body-withheld", 1));
        assertThat(steps(result).get(1).why().get(0)).contains("step 1 (POST /files)", "body-withheld");
        assertThat(result.findings()).extracting(Finding::operation).containsExactly("GET /prices");
        assertThat(result.notes()).anyMatch(note -> note.startsWith("Not compared, because POST /files was skipped"));
        assertThat(received()).doesNotContain("POST /files");
    }

    @Test
    void aResponseThatWasNotKeptIsComparedByItsDigest() {
        byte[] digest = {1, 2, 3};
        Body withheld = new Body(new byte[0], 2, 2, null, false, Withheld.BINARY, digest, 2, new long[0]);
        Response recorded =
                new Response(200, "", "HTTP/1.1", Headers.of("Content-Type", "image/png"), withheld, Headers.EMPTY);
        Recording session = new Recording("s1").add(Recording.get("/image"), recorded);
        TARGET.stubFor(get("/image").willReturn(ok("xy").withHeader("Content-Type", "image/png")));

        assertThat(run(to(), session, digesting(digest)).counts().match()).isEqualTo(1);
        assertThat(run(to(), session, digesting(new byte[] {9})).counts().changed())
                .isEqualTo(1);
    }

    @Test
    void aTargetThatIsNotThereOrNotAllowed() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        Recording session = session("s1", Recording.get("/a"));

        assertFails(ReplaySettings.to(URI.create("http://127.0.0.1:" + port)), session, ErrorCode.UNREACHABLE);
        assertFails(ReplaySettings.to(URI.create("http://192.0.2.1")), session, ErrorCode.FORBIDDEN_TARGET);
        assertFails(to().concurrency(0), session, ErrorCode.ARGUMENT);
        assertFails(to().waitFor(URI.create("health")), session, ErrorCode.ARGUMENT);
        assertFails(to().comparable(RunResult.Comparability.SHADOW), session, ErrorCode.KEY);
        assertThat(received()).isEmpty();
    }

    @Test
    void whatWasRecordedAsProductionIsNeverATarget() {
        FixedSource source = new FixedSource("https://192.0.2.7:8443")
                .with(session("s1", Recording.get("/a")).exchanges());
        ReplaySettings settings = ReplaySettings.to(URI.create("http://192.0.2.7"))
                .allowTargets(List.of("192.0.2.7"))
                .build();

        assertThatThrownBy(() -> new ReplayRun(settings, source, ReplayEnvironment.system(), ReplayListener.NONE).run())
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("production");
    }

    @Test
    void aTargetThatSuffersEndsTheRun() {
        TARGET.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
        RunResult result = run(policy("replay: {stop: {consecutive: 4}}"), session("s1", gets(10)));

        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.INCONCLUSIVE);
        assertThat(result.reason()).contains("4 requests in a row");
        assertThat(received()).hasSize(4);
        assertThat(result.skippedBy()).containsEntry("stopped", 6);
        assertThat(result.counts().exchanges()).isEqualTo(10);
    }

    @Test
    void answersOfAnyOtherStatusDoNot() {
        TARGET.stubFor(any(anyUrl()).willReturn(serverError()));
        RunResult result = run(policy("replay: {stop: {consecutive: 4}}"), session("s1", gets(10)));

        assertThat(received()).hasSize(10);
        assertThat(result.counts().changed()).isEqualTo(10);
        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.REGRESSIONS);
    }

    @Test
    void transportFailuresAreCountedAsFailed() {
        TARGET.stubFor(get("/1").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        TARGET.stubFor(get("/2").willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
        TARGET.stubFor(get("/3").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        TARGET.stubFor(get("/4").willReturn(ok().withFixedDelay(3_000)));
        RunResult result = run(policy("replay: {responseTimeout: 300ms}"), session("s1", gets(6)));

        assertThat(statuses(result))
                .containsExactly(
                        StepStatus.MATCH,
                        StepStatus.FAILED,
                        StepStatus.FAILED,
                        StepStatus.FAILED,
                        StepStatus.FAILED,
                        StepStatus.MATCH);
    }

    @Test
    void anInterruptedRunReportsWhatWasDone() {
        AtomicReference<ReplayRun> run = new AtomicReference<>();
        ReplayListener interrupting = new ReplayListener() {
            @Override
            public void progressed(Progress progress) {
                if (progress.sent() == 3) {
                    run.get().interrupt();
                }
            }
        };
        FixedSource source = new FixedSource()
                .with(session("s1", gets(5)).exchanges())
                .with(session("s2", gets(5)).exchanges());
        run.set(new ReplayRun(to().concurrency(1).build(), source, ReplayEnvironment.system(), interrupting));

        RunResult result = run.get().run();

        assertThat(result.outcome()).isEqualTo(RunResult.Outcome.INCONCLUSIVE);
        assertThat(result.reason()).contains("interrupted");
        assertThat(result.counts().match()).isEqualTo(3);
        assertThat(result.skippedBy()).containsEntry("interrupted", 7);
    }

    @Test
    void anInterruptDoesNotWaitForASilentTarget() throws Exception {
        try (RawServer silent = new RawServer(peer -> {
            peer.read();
            peer.stall();
        })) {
            ReplayRun run = new ReplayRun(
                    ReplaySettings.to(silent.uri()).build(),
                    new FixedSource().with(session("s1", gets(2)).exchanges()),
                    ReplayEnvironment.system(),
                    ReplayListener.NONE);
            AtomicReference<RunResult> result = new AtomicReference<>();
            Thread running = new Thread(() -> result.set(run.run()));
            running.start();
            Awaitility.await().until(() -> !silent.requests.isEmpty());
            run.interrupt();
            running.join(20_000);

            assertThat(result.get().skippedBy()).containsEntry("interrupted", 2);
        }
    }

    @Test
    void hooksRunBeforeAndAfter(@TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        List<String> heard = new CopyOnWriteArrayList<>();
        ReplayListener listener = new ReplayListener() {
            @Override
            public void hookWrote(String line) {
                heard.add(line);
            }
        };
        ReplaySettings settings = to().before("echo before $RETAKE_TARGET >> " + log + "; echo hello")
                .after("echo after $RETAKE_RUN >> " + log)
                .build();
        RunResult result = new ReplayRun(
                        settings,
                        new FixedSource().with(session("s1", gets(1)).exchanges()),
                        ReplayEnvironment.system(),
                        listener)
                .run();

        assertThat(Files.readAllLines(log))
                .containsExactly(
                        "before " + TARGET.baseUrl(), "after " + result.run().id());
        assertThat(heard).containsExactly("hello");
    }

    @Test
    void aHookThatFailsEndsTheRun(@TempDir Path directory) {
        Recording session = session("s1", gets(1));
        assertFails(to().before("exit 7"), session, ErrorCode.HOOK);
        assertThat(received()).isEmpty();
        assertFails(to().after("false"), session, ErrorCode.HOOK);

        Path log = directory.resolve("log");
        assertFails(
                ReplaySettings.to(URI.create("http://127.0.0.1:1")).after("touch " + log),
                session,
                ErrorCode.UNREACHABLE);
        assertThat(log).exists();
    }

    @Test
    void aTargetIsWaitedFor() {
        TARGET.stubFor(get("/health?x=1")
                .inScenario("up")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(serverError())
                .willSetStateTo("ready"));
        TARGET.stubFor(
                get("/health?x=1").inScenario("up").whenScenarioStateIs("ready").willReturn(ok()));
        run(to().waitFor(URI.create(TARGET.baseUrl() + "/health?x=1")), session("s1", gets(1)));
        assertThat(received()).containsExactly("GET /health?x=1", "GET /health?x=1", "GET /0");

        TARGET.stubFor(get("/health").willReturn(serverError()));
        assertFails(
                policy("replay: {waitTimeout: 300ms}").waitFor(URI.create(TARGET.baseUrl() + "/health")),
                session("s1", gets(1)),
                ErrorCode.UNREACHABLE);
        assertFails(to().waitFor(URI.create("http://192.0.2.1/")), session("s1", gets(1)), ErrorCode.FORBIDDEN_TARGET);
    }

    @Test
    void cookiesAreTheTargetsOwn() {
        Recording session = new Recording("s1")
                .add(
                        Recording.get("/start", "Cookie", "theme=dark"),
                        response(200, "", "Set-Cookie", "sid=old1; Path=/"))
                .add(
                        Recording.get("/next", "Cookie", "theme=dark; sid=old1"),
                        response(200, "", "Set-Cookie", "sid=old2; Path=/"))
                .add(Recording.get("/last", "Cookie", "sid=old2; theme=dark"), response(200, ""));
        TARGET.stubFor(get("/start").willReturn(ok().withHeader("Set-Cookie", "sid=new1; Path=/", "extra=e; Path=/")));
        TARGET.stubFor(get("/next").willReturn(ok().withHeader("Set-Cookie", "sid=new2; Path=/; HttpOnly")));
        TARGET.stubFor(get("/last").willReturn(ok()));

        run(to(), session);

        assertThat(requests())
                .extracting(request -> request.getHeader("Cookie"))
                .containsExactly("theme=dark", "theme=dark; sid=new1; extra=e", "sid=new2; theme=dark; extra=e");
    }

    @Test
    void cookiesFollowThePathThatTheTargetSees() {
        Recording session = new Recording("s1")
                .add(Recording.get("/api/start"), response(200, "", "Set-Cookie", "sid=old1; Path=/api"))
                .add(Recording.get("/api/next", "Cookie", "sid=old1"), response(200, ""));
        TARGET.stubFor(get("/base/v2/start").willReturn(ok().withHeader("Set-Cookie", "sid=new1; Path=/base/v2")));
        TARGET.stubFor(get("/base/v2/next").willReturn(ok()));

        run(
                ReplaySettings.to(URI.create(TARGET.baseUrl() + "/base"))
                        .rewrites(List.of(RewriteRule.parse("path:/api=/v2"))),
                session);

        assertThat(requests())
                .extracting(request -> request.getHeader("Cookie"))
                .containsExactly(null, "sid=new1");
    }

    @Test
    void aCookieOfAStepThatFailedBlocks() {
        Recording session = new Recording("s1")
                .add(Recording.get("/start"), response(200, "", "Set-Cookie", "sid=old1; Path=/"))
                .add(Recording.get("/next", "Cookie", "sid=old1"), response(200, ""));
        TARGET.stubFor(get("/start").willReturn(serverError()));

        RunResult result = run(to(), session);

        assertThat(statuses(result)).containsExactly(StepStatus.CHANGED, StepStatus.BLOCKED);
    }

    @Test
    void aDamagedSessionCostsNoOther() {
        FixedSource whole = new FixedSource()
                .with(session("s1", gets(2)).exchanges())
                .with(session("s2", gets(3)).exchanges());
        SessionSource damaged = new SessionSource() {
            @Override
            public String name() {
                return "damaged";
            }

            @Override
            public Iterator<RecordedSession> sessions() {
                return whole.sessions();
            }

            @Override
            public List<Exchange> exchanges(RecordedSession session) {
                if (session.id().equals("s1")) {
                    throw new RetakeException(ErrorCode.DAMAGED, "A page is torn; salvage the journal.");
                }
                return whole.exchanges(session);
            }

            @Override
            public Set<String> upstreams() {
                return Set.of();
            }

            @Override
            public void close() {}
        };
        RunResult result = new ReplayRun(to().build(), damaged, ReplayEnvironment.system(), ReplayListener.NONE).run();

        assertThat(result.counts().match()).isEqualTo(3);
        assertThat(result.notes()).anyMatch(note -> note.contains("damaged"));
    }

    @Test
    void sameRecordingSameRun() {
        TARGET.stubFor(get("/2").willReturn(serverError()));
        List<RunResult> results = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            FixedSource source = new FixedSource();
            for (int s = 0; s < 12; s++) {
                source.with(session("s" + s, gets(5)).exchanges());
            }
            results.add(new ReplayRun(to().build(), source, ReplayEnvironment.system(), ReplayListener.NONE).run());
        }
        assertThat(results.get(0).findings()).isEqualTo(results.get(1).findings());
        assertThat(results.get(0).counts()).isEqualTo(results.get(1).counts());
        assertThat(results.get(0).sessions())
                .usingRecursiveComparison()
                .ignoringFields("steps.millis")
                .isEqualTo(results.get(1).sessions());
    }

    private static ReplaySettings.Builder to() {
        return ReplaySettings.to(URI.create(TARGET.baseUrl()));
    }

    private static ReplaySettings.Builder policy(String yaml) {
        return to().policy(ReplayPolicy.from(Config.parse(yaml, "test", ReplayKeys.ALL)));
    }

    private static RunResult run(ReplaySettings.Builder settings, Recording session) {
        return run(settings, session, ReplayEnvironment.system());
    }

    private static RunResult run(ReplaySettings.Builder settings, Recording session, ReplayEnvironment environment) {
        return new ReplayRun(
                        settings.build(), new FixedSource().with(session.exchanges()), environment, ReplayListener.NONE)
                .run();
    }

    private static void assertFails(ReplaySettings.Builder settings, Recording session, ErrorCode code) {
        assertThatThrownBy(() -> run(settings, session)).isInstanceOfSatisfying(RetakeException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getMessage()).endsWith(".");
        });
    }

    private static ReplayEnvironment digesting(byte[] digest) {
        ReplayEnvironment system = ReplayEnvironment.system();
        return new ReplayEnvironment(
                system.clock(),
                system.random(),
                system.variables(),
                system.surrogateClass(),
                system.mask(),
                (body, length) -> digest,
                null);
    }

    private static Recording session(String id, Request... requests) {
        Recording recording = new Recording(id);
        for (Request request : requests) {
            recording.add(request, jsonResponse(200, "{}"));
        }
        return recording;
    }

    private static Request[] gets(int count) {
        Request[] requests = new Request[count];
        for (int i = 0; i < count; i++) {
            requests[i] = Recording.get("/" + i);
        }
        return requests;
    }

    private static Request withBody(Request request, Body body) {
        return new Request(
                request.method(), request.target(), request.version(), request.headers(), body, request.trailers());
    }

    private static List<StepResult> steps(RunResult result) {
        return result.sessions().get(0).steps();
    }

    private static List<StepStatus> statuses(RunResult result) {
        return steps(result).stream().map(StepResult::status).toList();
    }

    private static List<LoggedRequest> requests() {
        List<LoggedRequest> requests = new ArrayList<>(
                TARGET.getAllServeEvents().stream().map(ServeEvent::getRequest).toList());
        Collections.reverse(requests);
        return requests;
    }

    private static List<String> received() {
        return requests().stream()
                .map(request -> request.getMethod() + " " + request.getUrl())
                .toList();
    }
}
