package dev.retake.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code retake}: names the verbs and turns what goes wrong into one sentence and an exit code. */
@Command(
        name = "retake",
        description = "Turns real user sessions into API tests: capture, sanitize, replay, compare.",
        subcommands = {
            ProxyCommand.class,
            SessionsCommand.class,
            JournalCommand.class,
            ImportCommand.class,
            ReplayCommand.class,
            ScanCommand.class,
            AnonymizeCommand.class,
            InventoryCommand.class,
            RulesCommand.class,
            DemoCommand.class,
            HelpCommand.class
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
final class RetakeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    RetakeCommand() {}

    public static void main(String[] arguments) {
        Logging.configure(arguments);
        int exitCode = commandLine().execute(arguments);
        // Not a return from main: client libraries may have left threads behind.
        System.exit(exitCode);
    }

    static CommandLine commandLine() {
        return new CommandLine(new RetakeCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Failures::wrongArguments)
                .setExecutionExceptionHandler(Failures::failed);
    }

    /** Without a verb: the help, and exit code 2, since nothing was asked for. */
    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().usage(err);
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a verb.");
    }
}
