package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.config.Config;
import dev.retake.common.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the generated files to the code that they describe. After a change to a setting or a meter, write them anew:
 * {@code ./mvnw -pl cli -am test -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dretake.generate=true}
 */
class GeneratedFilesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @EnumSource
    void isUpToDate(GeneratedFile generated) throws IOException {
        Path file = ROOT.resolve(generated.path());
        String wanted = generated.content();
        if (Boolean.getBoolean("retake.generate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, wanted);
        }
        assertThat(file)
                .content()
                .as("generate it anew; see this test's comment")
                .isEqualTo(wanted);
    }

    @Test
    void theShippedFileSetsEveryKeyToItsDefault() throws IOException {
        Config shipped = Config.parse(
                Files.readString(ROOT.resolve(GeneratedFile.SHIPPED.path())), "config/retake.yml", Settings.ALL);

        assertThat(shipped.set())
                .containsExactlyElementsOf(
                        Settings.ALL.stream().map(ConfigKey::path).sorted().toList());
        for (ConfigKey<?> key : Settings.ALL) {
            assertThat((Object) shipped.get(key)).as(key.path()).isEqualTo(key.defaultValue());
        }
    }

    @Test
    void everyKeyHasOnePlaceAndASentence() {
        TreeMap<String, ConfigKey<?>> byPath = new TreeMap<>();
        for (ConfigKey<?> key : Settings.ALL) {
            assertThat(byPath.put(key.path(), key))
                    .as("declared twice: " + key.path())
                    .isNull();
            assertThat(key.description()).endsWith(".");
            assertThat(key.path().toLowerCase(Locale.ROOT)).matches("[a-z0-9]+(\\.[a-z0-9]+)+");
        }
    }
}
