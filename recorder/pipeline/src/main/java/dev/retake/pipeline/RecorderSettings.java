package dev.retake.pipeline;

import dev.retake.common.config.Config;
import dev.retake.pipeline.session.SessionSettings;
import java.time.Duration;

/**
 * How exchanges are recorded.
 *
 * @param node name of this recorder
 * @param budget bytes that captures may pin
 * @param queue exchanges that may wait
 * @param batchSize exchanges written at once, at most
 * @param batchInterval how long an exchange waits for others, at most
 * @param maxDecoded bytes of a decoded body that are recorded, at most
 * @param sessions how sessions are told apart
 */
public record RecorderSettings(
        String node,
        long budget,
        int queue,
        int batchSize,
        Duration batchInterval,
        int maxDecoded,
        SessionSettings sessions) {

    /** What {@code config} says. */
    public static RecorderSettings from(Config config) {
        return new RecorderSettings(
                config.get(RecorderKeys.NODE),
                config.get(RecorderKeys.BUDGET),
                config.get(RecorderKeys.QUEUE),
                config.get(RecorderKeys.BATCH_SIZE),
                config.get(RecorderKeys.BATCH_INTERVAL),
                (int) Math.min(config.get(RecorderKeys.MAX_DECODED), Integer.MAX_VALUE - 16),
                SessionSettings.from(config));
    }

    /** All defaults. */
    public static RecorderSettings defaults() {
        return from(Config.defaults());
    }
}
