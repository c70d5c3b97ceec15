package dev.retake.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.cli.demo.regression.Planted;
import dev.retake.cli.demo.regression.Regression;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final Planted STATUS = new Planted("status", "GET /a", "status");
    private static final Planted ORDER = new Planted("order", "GET /b", "/items");

    @Test
    void exactlyWhatWasPlantedIsPerfect() {
        Score score = score(List.of(STATUS, ORDER), STATUS, ORDER);

        assertThat(score.perfect()).isTrue();
        assertThat(score.found()).hasSize(2);
    }

    @Test
    void missedAndExtraAreTold() {
        Score score = score(List.of(STATUS), ORDER);

        assertThat(score.perfect()).isFalse();
        assertThat(score.missed()).extracting(Regression::planted).containsExactly(STATUS);
        assertThat(score.extra()).extracting(Finding::location).containsExactly("/items");
    }

    @Test
    void reportedTwiceIsOneTooMany() {
        Score score = score(List.of(STATUS), STATUS, STATUS);

        assertThat(score.missed()).isEmpty();
        assertThat(score.extra()).hasSize(1);
        assertThat(score.perfect()).isFalse();
    }

    private static Score score(List<Planted> planted, Planted... reported) {
        List<Regression> regressions = planted.stream()
                .map(p -> new Regression("a", "b", p, UnaryOperator.identity(), (request, reply) -> reply))
                .toList();
        List<Finding> findings = Stream.of(reported).map(ScoreTest::finding).toList();
        RunResult.Run run = new RunResult.Run(
                "r",
                Instant.EPOCH,
                Instant.EPOCH,
                "j",
                "http://127.0.0.1",
                1,
                RunResult.Comparability.ANONYMIZED,
                RunResult.Compare.VALUES);
        return Score.of(
                regressions,
                new RunResult(
                        run,
                        RunResult.Outcome.REGRESSIONS,
                        null,
                        new RunResult.Counts(1, 1, 0, 0, 1, 0, 0, 0),
                        Map.of(),
                        findings,
                        List.of(),
                        new RunResult.ScheduleLag(0, 0, 0),
                        List.of(),
                        List.of()));
    }

    private static Finding finding(Planted planted) {
        Finding.Kind kind = Stream.of(Finding.Kind.values())
                .filter(k -> k.text().equals(planted.kind()))
                .findFirst()
                .orElseThrow();
        return new Finding(
                "f",
                kind,
                planted.operation(),
                List.of(planted.operation()),
                planted.location(),
                Finding.Severity.MAJOR,
                1,
                List.of("s"),
                new Finding.Example("e", null, null, ""),
                "It changed.",
                Finding.Status.NEW);
    }
}
