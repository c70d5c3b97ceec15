package dev.retake.cli;

import dev.retake.common.error.RetakeException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what went wrong in one sentence, and the calling program by the exit code. */
final class Failures {
    private static final int UNEXPECTED = 3;

    private Failures() {}

    static int wrongArguments(ParameterException failure, String[] arguments) {
        PrintWriter err = failure.getCommandLine().getErr();
        String verb = failure.getCommandLine().getCommandSpec().qualifiedName();
        err.println("retake: " + sentence(String.valueOf(failure.getMessage())) + hint(failure) + " See '" + verb
                + " --help'.");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean verbose = parsed.expandedArgs().contains("--verbose");
        int exitCode = UNEXPECTED;
        if (failure instanceof RetakeException known) {
            err.println("retake: " + known.getMessage());
            exitCode = known.code().exitCode();
        } else {
            // The message of an unexpected failure may quote what was captured: only its class is shown.
            err.println("retake: unexpected " + failure.getClass().getSimpleName()
                    + "; run again with --verbose and report what it prints.");
        }
        if (verbose) {
            printTrace(failure, err);
        }
        err.flush();
        return exitCode;
    }

    private static void printTrace(Throwable failure, PrintWriter err) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            err.println((at == failure ? "" : "caused by ") + at.getClass().getName());
            for (StackTraceElement frame : at.getStackTrace()) {
                err.println("    at " + frame);
            }
        }
    }

    private static String sentence(String message) {
        return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    }

    private static String hint(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                return " Did you mean " + suggestions.get(0) + "?";
            }
        }
        return "";
    }
}
