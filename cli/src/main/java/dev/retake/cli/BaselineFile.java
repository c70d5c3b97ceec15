package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.verdict.baseline.Baseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The findings that the team has accepted, in {@code .retake/baseline.yml} of the working directory. */
final class BaselineFile {
    static final Path PATH = Path.of(".retake", "baseline.yml");

    private BaselineFile() {}

    /** The team's baseline; an empty one where there is no file. */
    static Baseline read() {
        if (!Files.exists(PATH)) {
            return Baseline.EMPTY;
        }
        try {
            return Baseline.parse(Files.readString(PATH), PATH.toString());
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.CONFIGURATION, "Cannot read " + PATH + "; check its permissions.", e);
        }
    }
}
