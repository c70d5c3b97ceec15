package dev.retake.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.upstream.HealthSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRecordTest {
    private static final HealthSettings SETTINGS =
            new HealthSettings("/", null, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 2, 3);

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "ff, true",
        "fff, false",
        "ffpff, true",
        "fffp, false",
        "fffpp, true",
        "fffpfp, false",
        "fffppff, true",
        "fffppfff, false"
    })
    void changesItsMindOnlyAfterSomeInARow(String checks, boolean healthy) {
        HealthRecord record = new HealthRecord(SETTINGS);
        checks.chars().forEach(check -> record.ended(check == 'p'));
        assertThat(record.healthy()).isEqualTo(healthy);
    }

    @Test
    void oneCheckIsUnderWayAtATime() {
        HealthRecord record = new HealthRecord(SETTINGS);

        assertThat(record.begins()).isTrue();
        assertThat(record.begins()).isFalse();
        record.ended(true);
        assertThat(record.begins()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, 200, true", "2, 299, true", "2, 302, false", "204, 204, true", "204, 200, false", "5, 503, true"})
    void acceptsWhatItIsToldTo(int expected, int actual, boolean accepted) {
        HealthSettings settings =
                new HealthSettings("/", null, Duration.ofSeconds(1), Duration.ofSeconds(1), expected, 1, 1);
        assertThat(settings.accepts(actual)).isEqualTo(accepted);
    }
}
