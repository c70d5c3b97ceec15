package dev.retake.journal.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockStepsTest {
    private Instant wall = Instant.parse("2026-11-21T10:00:00Z");
    private long tick;
    private final ClockSteps steps = new ClockSteps(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return wall;
                }
            },
            () -> tick);

    @Test
    void aClockThatRunsEvenlyIsTrusted() {
        assertThat(steps.isTrusted()).isTrue();
        pass(Duration.ofDays(3));
        assertThat(steps.isTrusted()).isTrue();
        wall = wall.plusSeconds(50);
        assertThat(steps.isTrusted()).as("drift").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT24H", "PT-1H", "PT-24H"})
    void afterAStepItIsDoubtedForAnHour(String step) {
        wall = wall.plus(Duration.parse(step));
        assertThat(steps.isTrusted()).isFalse();
        pass(Duration.ofMinutes(59));
        assertThat(steps.isTrusted()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(steps.isTrusted()).isTrue();
    }

    @Test
    void theStepBackIsOneToo() {
        wall = wall.plus(Duration.ofDays(1));
        assertThat(steps.isTrusted()).isFalse();
        pass(Duration.ofMinutes(50));
        wall = wall.minus(Duration.ofDays(1));
        assertThat(steps.isTrusted()).isFalse();
        pass(Duration.ofMinutes(50));
        assertThat(steps.isTrusted()).isFalse();
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        tick += time.toNanos();
    }
}
