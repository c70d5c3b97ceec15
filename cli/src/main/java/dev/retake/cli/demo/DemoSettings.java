package dev.retake.cli.demo;

import java.nio.file.Path;

/**
 * What {@code retake demo} was told.
 *
 * @param out directory for the report and the journal; what an earlier demo left there is replaced
 * @param seed decides the shop's data, what its users do and which regressions are planted
 * @param keep whether both shops and the sidecar stay up after the verdict
 */
public record DemoSettings(Path out, long seed, boolean keep) {
    /** Where the demo goes by default. */
    public static final Path DEFAULT_OUT = Path.of("retake-demo");

    /** The seed by default. */
    public static final long DEFAULT_SEED = 1;
}
