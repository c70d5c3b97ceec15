package dev.retake.cli;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.util.List;

/** What can be set about capture as a whole. */
final class CaptureKeys {
    static final ConfigKey<Boolean> ENABLED = new ConfigKey<>(
            "capture.enabled",
            ConfigType.bool(),
            true,
            "Whether the sidecar records; without it traffic is forwarded, and nothing is read or written elsewhere.");

    static final List<ConfigKey<?>> ALL = List.of(ENABLED);

    private CaptureKeys() {}
}
