package dev.retake.common.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySetFileTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("journal.keys");
    }

    @Test
    void liesBesideTheJournal() {
        assertThat(KeySetFile.defaultFor(directory.resolve("journal"))).isEqualTo(file);
        assertThat(KeySetFile.defaultFor(Path.of(directory + "/x/../journal/"))).isEqualTo(file);
    }

    @Test
    void isMadeOnceAndForItsOwnerOnly() throws IOException {
        assertThat(KeySetFile.createIfAbsent(file)).isTrue();
        byte[] made = Files.readAllBytes(file);
        assertThat(KeySetFile.createIfAbsent(file)).isFalse();

        assertThat(Files.readAllBytes(file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory).isDirectoryContaining(file::equals);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void isMadeByOneOfManyThatTry() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> made = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                made.add(threads.submit(() -> KeySetFile.createIfAbsent(file)));
            }
            int makers = 0;
            for (Future<Boolean> one : made) {
                makers += one.get() ? 1 : 0;
            }
            assertThat(makers).isEqualTo(1);
            assertThat(KeySetFile.load(file).root()).isNotNull();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void readersGetSealKeysAndNoRoot() throws SealBrokenException {
        KeySetFile.createIfAbsent(file);
        KeySet writer = KeySetFile.load(file);
        KeySet reader = KeySetFile.loadForReading(file);

        assertThat(writer.root()).isNotNull();
        assertThat(reader.root()).isNull();
        byte[] sealed = Objects.requireNonNull(writer.sealKey(1)).seal(new byte[] {1}, new byte[0]);
        assertThat(Objects.requireNonNull(reader.sealKey(reader.currentSealKey()))
                        .open(sealed, new byte[0]))
                .containsExactly(1);
        assertThat(reader.digest(new byte[] {1, 2}, 2)).isEqualTo(writer.digest(new byte[] {1, 2, 3}, 2));
        assertThat(writer.toString()).isEqualTo("KeySet[1]");
    }

    @Test
    void acceptsAFileWithoutARoot() throws IOException {
        KeySetFile.createIfAbsent(file);
        Files.writeString(file, Files.readString(file).replaceFirst("\"root\":\"[^\"]*\",", ""));

        assertThat(KeySetFile.load(file).root()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                       | KEY    | is not JSON",
                "{\"format\": 2}                                | FORMAT | use a newer Retake",
                "{}                                             | KEY    | has no \"format\": 1",
                "{\"format\": 1}                                | KEY    | has no seal key",
                "{\"format\":1,\"seal\":[{\"id\":1,\"key\":\"AA==\"}]} | KEY | \"seal\" that is not a key of 32 bytes",
                "{\"format\":1,\"seal\":[{\"id\":1,\"key\":\"?\"}]}    | KEY | \"seal\" that is not base64",
            })
    void saysWhatIsWrongWithAFile(String content, ErrorCode code, String message) throws IOException {
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> KeySetFile.load(file))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString())
                .extracting("code")
                .isEqualTo(code);
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> KeySetFile.load(file))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("--keys");
    }
}
