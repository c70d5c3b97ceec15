package dev.retake.verdict;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.exchange.UuidV7;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A run that a test plays by hand: what was recorded, and what the target answered. */
final class Played {
    static final Instant RECORDED = Instant.parse("2026-03-02T10:00:00Z");
    static final Instant RUN = Instant.parse("2026-03-09T08:00:00Z");
    static final String TARGET = "http://127.0.0.1:9090";

    private final Verdict verdict;
    private final UuidV7 ids = new UuidV7(new Random(1));
    private final List<String> order = new ArrayList<>();
    private String session = "s1";
    private int sequence;

    private Played(VerdictSettings settings) {
        verdict = Verdict.start(settings);
        order.add(session);
    }

    static Played run() {
        return new Played(VerdictSettings.defaults(TARGET));
    }

    static Played run(UnaryOperator<VerdictSettings> change) {
        return new Played(change.apply(VerdictSettings.defaults(TARGET)));
    }

    static VerdictSettings with(VerdictSettings from, RunResult.Compare compare, List<IgnoreRule> ignore) {
        return new VerdictSettings(
                compare,
                from.comparable(),
                ignore,
                from.minCompared(),
                from.baseline(),
                from.target(),
                from.recordedHosts(),
                from.surrogateClass(),
                from.mask(),
                from.digest());
    }

    Played session(String id) {
        session = id;
        sequence = 0;
        order.add(id);
        return this;
    }

    static Response json(String body) {
        return response(200, body, "Content-Type", "application/json");
    }

    static Response response(int status, String body, String... headers) {
        return new Response(
                status,
                "",
                "HTTP/1.1",
                Headers.of(headers),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
    }

    static Request request(String line) {
        String[] parts = line.split(" ", 3);
        byte[] body = parts.length < 3 ? new byte[0] : parts[2].getBytes(StandardCharsets.UTF_8);
        Headers headers = parts.length < 3
                ? Headers.of("Host", "shop.example", "Accept", "application/json")
                : Headers.of("Host", "shop.example", "Content-Type", "application/json");
        return new Request(parts[0], parts[1], "HTTP/1.1", headers, Body.of(body), Headers.EMPTY);
    }

    Step step(Request request, @Nullable Response response) {
        sequence++;
        long at = RECORDED.toEpochMilli() + sequence * 1000L;
        return new Step(
                session,
                sequence,
                new Exchange(
                        ids.next(at),
                        "node",
                        1,
                        session,
                        sequence,
                        null,
                        request,
                        response,
                        List.of(),
                        new Timings(at * 1000, 0, 1_000_000, 5_000_000, 11_000_000),
                        Outcome.COMPLETE,
                        null,
                        1));
    }

    /** The same request on both sides. */
    Played step(String line, Response recorded, Response observed) {
        return step(line, line, recorded, observed, 10);
    }

    Played step(String line, String sent, Response recorded, Response observed, double millis) {
        verdict.compared(step(request(line), recorded), request(sent), observed, millis);
        return this;
    }

    Played step(String line, String recorded, String observed) {
        return step(line, json(recorded), json(observed));
    }

    /** A step that depends on another which was not done. */
    Played dependent(String line, boolean state, Response recorded, Response observed) {
        Dependence on = new Dependence("POST /w was skipped (unsafe-method)", "It depends on step 1.", state, false);
        verdict.compared(step(request(line), recorded), request(line), observed, 10, on);
        return this;
    }

    /** A step of a session that was not signed in. */
    Played signedOut(String line, Response recorded, Response observed) {
        Dependence on = new Dependence("POST /login was skipped (unsafe-method)", "It needs step 1.", false, true);
        verdict.compared(step(request(line), recorded), request(line), observed, 10, on);
        return this;
    }

    Played failed(String line, TransportError error) {
        verdict.failed(step(request(line), json("{}")), request(line), error, 0);
        return this;
    }

    Played skipped(String line, String reason) {
        verdict.skipped(step(request(line), json("{}")), reason);
        return this;
    }

    Played blocked(String line) {
        verdict.blocked(
                step(request(line), json("{}")),
                new Dependence("POST /a failed", "It waited for step 1, which failed.", false, false));
        return this;
    }

    Verdict verdict() {
        return verdict;
    }

    RunResult finish() {
        return finish(null);
    }

    RunResult finish(@Nullable String stopped) {
        return verdict.finish(new Verdict.Ending(
                new RunResult.Run(
                        "run-1",
                        RUN,
                        RUN.plusSeconds(20),
                        "journal",
                        TARGET,
                        1,
                        RunResult.Comparability.FOREIGN,
                        RunResult.Compare.VALUES),
                order,
                List.of(),
                new RunResult.ScheduleLag(0, 0, 0),
                stopped,
                List.of()));
    }

    /** Each new finding as {@code kind operation location}, sorted. */
    List<String> findings() {
        return finish().findings().stream()
                .map(one -> one.kind().text() + " " + one.operation() + " " + one.location())
                .sorted()
                .toList();
    }

    static List<String> sorted(String... findings) {
        return Arrays.stream(findings).sorted().toList();
    }
}
