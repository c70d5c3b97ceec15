package dev.retake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A recorder over a store in memory, which a test starts as it wants it; after the test it holds nothing any more. */
abstract class RecorderFixture {
    static final String OK = "HTTP/1.1 200 OK\nContent-Type: text/plain\n\nfine";

    /** Long enough for the first exchange of a cold machine that does other things too. */
    static final Duration DEADLINE = Duration.ofMinutes(1);

    static final long START = 1_700_000_000_000_000L;

    @TempDir
    static Path directory;

    final MemoryStore store = new MemoryStore();
    final BackgroundErrors errors = new BackgroundErrors();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Sanitizer sanitizer;
    Recorder recorder;
    Captures captures;
    KeySet keys;

    @BeforeEach
    void loadKeys() {
        keys = Captures.keys(directory);
        sanitizer = Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        store.failing = false;
        if (recorder != null) {
            recorder.close(DEADLINE);
            assertThat(captures.allReleased()).isTrue();
            assertThat(recorder.budget().used()).isZero();
        }
    }

    /** Starts one, and does not wait for its journal. */
    void begin(String yaml, Supplier<RecordStore> opener, SanitizeStep sanitize, List<String> upstreams) {
        recorder = Recorder.start(
                RecorderSettings.from(Config.parse("recorder: " + yaml, "test", RecorderKeys.ALL)),
                keys,
                keys.root(),
                opener,
                upstreams,
                sanitize,
                (name, session, time) -> name,
                System::nanoTime,
                errors,
                meters);
        captures = new Captures(recorder.budget());
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
