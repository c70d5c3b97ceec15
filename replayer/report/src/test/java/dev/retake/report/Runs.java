package dev.retake.report;

import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Binding;
import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.RunResult.Compare;
import dev.retake.verdict.RunResult.Counts;
import dev.retake.verdict.RunResult.Outcome;
import dev.retake.verdict.RunResult.Run;
import dev.retake.verdict.RunResult.ScheduleLag;
import dev.retake.verdict.RunResult.SessionResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results of runs as the tests of every report want them. */
final class Runs {
    private Runs() {}

    static final Run RUN = new Run(
            "01936f3a-0c00-7000-8000-000000000001",
            Instant.parse("2026-11-20T23:00:00Z"),
            Instant.parse("2026-11-20T23:00:04.250Z"),
            "shop.journal",
            "http://127.0.0.1:8081",
            1,
            Comparability.FOREIGN,
            Compare.VALUES);

    /** Everything compared, nothing found. */
    static RunResult clean() {
        return result(
                Outcome.CLEAN,
                null,
                Map.of(),
                List.of(),
                List.of(session(
                        "aa01",
                        step(1, "GET /products", StepStatus.MATCH),
                        step(2, "GET /products/{id}", StepStatus.EQUIVALENT))),
                List.of());
    }

    /** A run as a team sees it on a bad morning. */
    static RunResult regressions() {
        Finding status = finding(
                "f-status",
                Finding.Kind.STATUS,
                "GET /orders/{id}",
                "status",
                Finding.Severity.CRITICAL,
                "200",
                "500",
                "The status changed from 200 to 500.",
                Finding.Status.NEW);
        Finding price = finding(
                "f-price",
                Finding.Kind.FIELD_CHANGED,
                "GET /products",
                "/items/*/price",
                Finding.Severity.MAJOR,
                "{\"amount\":1299,\"currency\":\"EUR\"}",
                "{\"amount\":1300,\"currency\":\"EUR\"}",
                "The price is rounded to whole units.",
                Finding.Status.NEW);
        Finding added = finding(
                "f-added",
                Finding.Kind.FIELD_ADDED,
                "GET /profile",
                "/nickname",
                Finding.Severity.MINOR,
                null,
                "\"\"",
                "A field was added.",
                Finding.Status.KNOWN);
        return result(
                Outcome.REGRESSIONS,
                null,
                Map.of("unsafe-method", 3, "body-withheld", 1),
                List.of(status, price, added),
                List.of(
                        session(
                                "aa01",
                                step(1, "GET /products", StepStatus.CHANGED, "f-price"),
                                step(2, "GET /profile", StepStatus.CHANGED, "f-added"),
                                step(3, "POST /cart", StepStatus.SKIPPED)),
                        session(
                                "aa02",
                                step(1, "GET /orders/{id}", StepStatus.CHANGED, "f-status"),
                                step(2, "GET /orders/{id}", StepStatus.BLOCKED),
                                step(3, "GET /export.csv", StepStatus.FAILED)),
                        session("aa03", step(1, "GET /products", StepStatus.MATCH))),
                List.of("3 requests need --allow-unsafe."));
    }

    static RunResult result(
            Outcome outcome,
            String reason,
            Map<String, Integer> skippedBy,
            List<Finding> findings,
            List<SessionResult> sessions,
            List<String> notes) {
        return new RunResult(
                RUN,
                outcome,
                reason,
                counts(sessions),
                new LinkedHashMap<>(skippedBy),
                findings,
                List.of(new Binding("POST /login body:/token", "GET /cart header:Authorization", "bearer", 12)),
                new ScheduleLag(0.2, 1.5, 3),
                sessions,
                notes);
    }

    static Finding finding(
            String id,
            Finding.Kind kind,
            String operation,
            String location,
            Finding.Severity severity,
            String before,
            String after,
            String explanation,
            Finding.Status status) {
        return new Finding(
                id,
                kind,
                operation,
                List.of(operation),
                location,
                severity,
                1,
                List.of("aa01"),
                new Finding.Example("0193-x", before, after, "curl -sS 'http://127.0.0.1:8081/orders/17'"),
                explanation,
                status);
    }

    static SessionResult session(String id, StepResult... steps) {
        return new SessionResult(id, List.of(steps));
    }

    static StepResult step(int sequence, String operation, StepStatus status, String... findings) {
        List<String> why = status == StepStatus.MATCH ? List.of() : List.of("because of " + status);
        return new StepResult(sequence, "x-" + sequence, operation, status, why, List.of(findings), 12.5);
    }

    private static Counts counts(List<SessionResult> sessions) {
        List<StepResult> steps = new ArrayList<>();
        sessions.forEach(session -> steps.addAll(session.steps()));
        return new Counts(
                sessions.size(),
                steps.size(),
                count(steps, StepStatus.MATCH),
                count(steps, StepStatus.EQUIVALENT),
                count(steps, StepStatus.CHANGED),
                count(steps, StepStatus.FAILED),
                count(steps, StepStatus.SKIPPED),
                count(steps, StepStatus.BLOCKED));
    }

    private static int count(List<StepResult> steps, StepStatus status) {
        return (int) steps.stream().filter(step -> step.status() == status).count();
    }
}
