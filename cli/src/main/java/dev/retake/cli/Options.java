package dev.retake.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks on options that picocli cannot express where a verb and its subcommand both take them. */
final class Options {
    private Options() {}

    /** {@code value}, or a complaint that {@code option} is missing. */
    static <T> T required(CommandSpec spec, String option, @Nullable T value) {
        if (value == null || value instanceof List<?> list && list.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing " + option + ".");
        }
        return value;
    }
}
