package dev.retake.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code retake}: names the verbs and turns what goes wrong into one sentence and an exit code. */
@Command(
        name = "retake",
        description = "Turns real user sessions into API tests: capture, sanitize, replay, compare.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB")
final class RetakeCommand implements Runnable {
    private static final String PROXY = "proxy";
    private static final Map<String, Class<?>> VERBS = verbs();

    @Spec
    private CommandSpec spec;

    RetakeCommand() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(PROXY)) {
            ProxyCommand.readAhead();
        }
        Logging.configure(arguments);
        int exitCode = commandLine(arguments).execute(arguments);
        // Not a return from main: client libraries may have left threads behind.
        System.exit(exitCode);
    }

    /** The command with the verb that {@code arguments} begin with, or else with all: each costs a start some time. */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new RetakeCommand());
        Class<?> asked = arguments.length == 0 ? null : VERBS.get(arguments[0]);
        if (asked == null || asked == HelpCommand.class) {
            VERBS.values().forEach(line::addSubcommand);
        } else {
            line.addSubcommand(asked);
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true)
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

    private static Map<String, Class<?>> verbs() {
        Map<String, Class<?>> verbs = new LinkedHashMap<>();
        verbs.put(PROXY, ProxyCommand.class);
        verbs.put("sessions", SessionsCommand.class);
        verbs.put("journal", JournalCommand.class);
        verbs.put("import", ImportCommand.class);
        verbs.put("replay", ReplayCommand.class);
        verbs.put("scan", ScanCommand.class);
        verbs.put("anonymize", AnonymizeCommand.class);
        verbs.put("inventory", InventoryCommand.class);
        verbs.put("rules", RulesCommand.class);
        verbs.put("vault", VaultCommand.class);
        verbs.put("demo", DemoCommand.class);
        verbs.put("prepare", PrepareCommand.class);
        verbs.put("help", HelpCommand.class);
        return verbs;
    }
}
