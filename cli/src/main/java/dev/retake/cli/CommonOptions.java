package dev.retake.cli;

import dev.retake.common.config.Config;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every verb takes. */
final class CommonOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings, in YAML; see docs/configuration.md.")
    private @Nullable Path configFile;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(names = "--verbose", description = "Log more, and show where a failure came from.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    /** The settings of {@code --config}, defaults without it. */
    Config config() {
        return configFile == null ? Config.defaults() : Config.load(configFile, Settings.ALL);
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }
}
