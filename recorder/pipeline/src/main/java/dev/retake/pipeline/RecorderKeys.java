package dev.retake.pipeline;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import dev.retake.pipeline.session.SessionKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The settings of the recorder. */
public final class RecorderKeys {
    public static final ConfigKey<String> NODE = new ConfigKey<>(
            "recorder.node",
            ConfigType.text("a name without white space"),
            "local",
            "Name of this recorder in the exchanges that it records; each of a fleet has its own.");
    public static final ConfigKey<Long> BUDGET = new ConfigKey<>(
            "recorder.budget",
            ConfigType.size(),
            64L * 1024 * 1024,
            "Memory that captured exchanges may pin until they are recorded; past it they are dropped and counted.");
    public static final ConfigKey<Integer> QUEUE = new ConfigKey<>(
            "recorder.queue",
            ConfigType.integer(16, 1 << 20),
            16_384,
            "Exchanges that may wait for the recorder; past it they are dropped and counted.");
    public static final ConfigKey<Integer> BATCH_SIZE = new ConfigKey<>(
            "recorder.batchSize",
            ConfigType.integer(1, 10_000),
            256,
            "Exchanges that are written to the journal at once, at most; fewer where their bodies come to a mebibyte.");
    public static final ConfigKey<Duration> BATCH_INTERVAL = new ConfigKey<>(
            "recorder.batchInterval",
            ConfigType.duration(),
            Duration.ofMillis(50),
            "How long an exchange waits for others to be written with it.");
    public static final ConfigKey<Long> MAX_DECODED = new ConfigKey<>(
            "recorder.maxDecodedBody",
            ConfigType.size(),
            4L * 1024 * 1024,
            "A body is recorded up to this size after its content coding was taken off; the rest is truncated.");

    public static final List<ConfigKey<?>> ALL;

    static {
        List<ConfigKey<?>> all = new ArrayList<>(List.of(NODE, BUDGET, QUEUE, BATCH_SIZE, BATCH_INTERVAL, MAX_DECODED));
        all.addAll(SessionKeys.ALL);
        ALL = List.copyOf(all);
    }

    private RecorderKeys() {}
}
