package dev.retake.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    private static final ConfigKey<Integer> COUNT =
            new ConfigKey<>("part.count", ConfigType.integer(1, 100), 8, "How many.");
    private static final ConfigKey<Long> SIZE = new ConfigKey<>("part.size", ConfigType.size(), 1L << 20, "How big.");
    private static final ConfigKey<Duration> WAIT =
            new ConfigKey<>("part.wait", ConfigType.duration(), Duration.ofSeconds(10), "How long.");
    private static final ConfigKey<Boolean> ON = new ConfigKey<>("part.on", ConfigType.bool(), true, "Whether.");
    private static final ConfigKey<List<String>> HOSTS =
            new ConfigKey<>("hosts", ConfigType.texts("a list of host names"), List.of("a"), "Which.");
    private static final ConfigKey<TimeUnit> UNIT =
            new ConfigKey<>("part.unit", ConfigType.choice(TimeUnit.class), TimeUnit.SECONDS, "In what.");
    private static final List<ConfigKey<?>> ALL = List.of(COUNT, SIZE, WAIT, ON, HOSTS, UNIT);

    @Test
    void readsWhatIsSetAndDefaultsElsewhere() {
        Config config = Config.parse("""
                part:
                  count: 3
                  size: 512KiB
                  wait: 250ms
                  on: false
                hosts: [b, c]
                """, "retake.yml", ALL);

        assertThat(config.get(COUNT)).isEqualTo(3);
        assertThat(config.get(SIZE)).isEqualTo(512 * 1024);
        assertThat(config.get(WAIT)).isEqualTo(Duration.ofMillis(250));
        assertThat(config.get(ON)).isFalse();
        assertThat(config.get(HOSTS)).containsExactly("b", "c");
        assertThat(config.get(UNIT)).isEqualTo(TimeUnit.SECONDS);
        assertThat(config.set()).containsExactly("hosts", "part.count", "part.on", "part.size", "part.wait");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'part: {count: 0}'     | part.count is 0; it must be a whole number from 1 to 100",
                "'part: {count: many}'  | part.count is \"many\"",
                "'part: {size: 12MB}'   | it must be a size, as 512KiB or 64MiB",
                "'part: {size: 999999999999999TiB}' | it must be a size",
                "'part: {wait: 10}'     | it must be a duration",
                "'part: {unit: years}'  | it must be one of nanoseconds, microseconds",
                "'part: {cuont: 3}'     | sets part.cuont, which is no setting; did you mean part.count?",
                "'part: 3'              | part must be a section",
                "'hosts: b'             | it must be a list of host names",
                "'part: ['              | is not YAML, at line 1",
            })
    void refusesWhatItDoesNotUnderstand(String yaml, String sentence) {
        assertThatThrownBy(() -> Config.parse(yaml, "retake.yml", ALL))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("retake.yml")
                .hasMessageContaining(sentence)
                .extracting("code")
                .isEqualTo(ErrorCode.CONFIGURATION);
    }

    @Test
    void anEmptyFileSetsNothing() {
        assertThat(Config.parse("", "retake.yml", ALL).set()).isEmpty();
        assertThat(Config.parse("part:\n", "retake.yml", ALL).get(COUNT)).isEqualTo(8);
    }

    @Test
    void namesAFileThatIsMissing() {
        assertThatThrownBy(() -> Config.load(Path.of("no-such.yml"), ALL)).hasMessageContaining("no-such.yml");
    }

    @Test
    void writesDefaultsAsTheyAreRead() {
        for (ConfigKey<?> key : ALL) {
            assertThat(roundTrip(key)).isEqualTo(key.defaultValue());
        }
    }

    private static <T> Object roundTrip(ConfigKey<T> key) {
        String yaml = key.path().replaceFirst("(.*)\\.(.*)", "$1: {$2") + ": "
                + key.type().writer().apply(key.defaultValue()) + (key.path().contains(".") ? "}" : "");
        return Config.parse(yaml, "test", ALL).get(key);
    }
}
