package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.terminal.VisibleText;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.inventory.ExchangeExplainer;
import dev.retake.privacy.inventory.ExplainedValue;
import dev.retake.privacy.inventory.FieldUse;
import dev.retake.privacy.rule.PackTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake rules}: whether rule packs do what they say, and what they did. */
@Command(
        name = "rules",
        description = "Test rule packs, explain what they did, and propose what to allow.",
        subcommands = {RulesCommand.Test.class, RulesCommand.Explain.class, SuggestCommand.class})
final class RulesCommand implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // for --help
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    RulesCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: test, explain or suggest.");
    }

    /** {@code retake rules test}: exit code 1 where an example does not hold. */
    @Command(
            name = "test",
            description =
                    "Run the examples of rule packs: those named, else those of the configuration, and the shipped"
                            + " one behind them. Exit code 1 where an example does not hold.")
    static final class Test implements Callable<Integer> {
        @Parameters(
                arity = "0..*",
                paramLabel = "PACK",
                description = "Files of rules, in the order in which they are asked.")
        private List<Path> packs = List.of();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Test() {}

        @Override
        public Integer call() {
            PrivacySettings settings = PrivacySettings.from(common.config());
            List<PackTest> tests = PackTest.run(packs.isEmpty() ? settings.rulePacks() : packs);
            tests.forEach(test -> Answer.to(spec).line(common.json() ? json(test) : text(test)));
            return tests.stream().allMatch(test -> test.broken().isEmpty()) ? 0 : 1;
        }

        private static String text(PackTest test) {
            List<String> lines = new ArrayList<>();
            test.broken().forEach(clause -> lines.add("broken: " + test.pack() + ": " + clause));
            lines.add("%s: %d rules, %d examples, %s"
                    .formatted(
                            test.pack(),
                            test.rules(),
                            test.examples(),
                            test.broken().isEmpty() ? "all hold" : test.broken().size() + " do not hold"));
            if (!test.withoutExamples().isEmpty()) {
                lines.add("%s: no example for %s".formatted(test.pack(), String.join(", ", test.withoutExamples())));
            }
            return String.join("\n", lines);
        }

        private static String json(PackTest test) {
            ObjectNode tree = Json.object();
            tree.put("pack", test.pack());
            tree.put("rules", test.rules());
            tree.put("examples", test.examples());
            ArrayNode without = tree.putArray("withoutExamples");
            test.withoutExamples().forEach(without::add);
            ArrayNode broken = tree.putArray("broken");
            test.broken().forEach(broken::add);
            return tree.toString();
        }
    }

    /** {@code retake rules explain}. */
    @Command(
            name = "explain",
            description =
                    "Say for each surrogate in a recorded exchange which rule or detector it comes from, by field; its"
                            + " value is shown by its shape alone. Only what was recorded can be seen: what a rule dropped, or what"
                            + " was replaced since the same exchange repeated it elsewhere, cannot be explained, and the rules are"
                            + " those of today's configuration.")
    static final class Explain implements Callable<Integer> {
        private static final long CLOSE_MICROS = 3_600_000_000L;

        @Parameters(
                paramLabel = "EXCHANGE",
                description = "The id of an exchange, as 'retake sessions show' prints it, or SESSION/SEQ.")
        private String exchange = "";

        @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal to read.")
        private Path journal = Path.of("");

        @Mixin
        private KeyOptions keys = new KeyOptions();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Explain() {}

        @Override
        public Integer call() {
            ExchangeExplainer explainer = ExchangeExplainer.of(PrivacySettings.from(common.config()));
            try (JournalReader reader = JournalReader.open(journal, keys.forReading(journal))) {
                List<ExplainedValue> values = explainer.explain(find(reader));
                values.forEach(value -> Answer.to(spec).line(common.json() ? json(value) : text(value)));
                if (values.isEmpty() && !common.json()) {
                    Answer.to(spec).line("No rule or detector takes anything in this exchange for a value.");
                }
            }
            return 0;
        }

        private Exchange find(JournalReader reader) {
            int slash = exchange.indexOf('/');
            if (slash > 0) {
                return in(reader, exchange.substring(0, slash), exchange.substring(slash + 1))
                        .orElseThrow(Explain::unknown);
            }
            try (Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
                for (Iterator<Session> each = sessions.iterator(); each.hasNext(); ) {
                    Session session = each.next();
                    Optional<Exchange> found = mayHold(session) ? in(reader, session.id(), exchange) : Optional.empty();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
            throw unknown();
        }

        /** An id begins with the time of its exchange, milliseconds since the epoch (RFC 9562 §5.7). */
        private boolean mayHold(Session session) {
            String hex = exchange.replace("-", "");
            if (hex.length() != 32 || !hex.matches("[0-9a-fA-F]+")) {
                throw unknown();
            }
            long micros = Long.parseLong(hex.substring(0, 12), 16) * 1_000;
            return micros >= session.startedAt() - CLOSE_MICROS && micros <= session.endedAt() + CLOSE_MICROS;
        }

        private static Optional<Exchange> in(JournalReader reader, String session, String idOrSequence) {
            try (Stream<Exchange> exchanges = reader.exchanges(session)) {
                return exchanges
                        .filter(candidate -> candidate.id().toString().equals(idOrSequence.toLowerCase(Locale.ROOT))
                                || Integer.toString(candidate.sequence()).equals(idOrSequence))
                        .findFirst();
            }
        }

        private static RetakeException unknown() {
            return new RetakeException(
                    ErrorCode.UNKNOWN_ID,
                    "There is no such exchange here; 'retake sessions show SESSION --journal DIR --json' shows the ids.");
        }

        private static String text(ExplainedValue value) {
            String why = value.rule().equals(FieldUse.DETECTOR)
                    ? "a detector, by its form"
                    : "rule '%s' (value: %s, action: %s)".formatted(value.rule(), value.evidence(), value.action());
            return VisibleText.line("%s  %s  %s  %s%s"
                    .formatted(
                            value.location(),
                            value.dataClass(),
                            value.shape(),
                            why,
                            value.surrogate() ? ", a surrogate" : ""));
        }

        private static String json(ExplainedValue value) {
            ObjectNode tree = Json.object();
            tree.put("location", value.location());
            tree.put("class", value.dataClass());
            tree.put("rule", value.rule());
            tree.put("action", value.action());
            tree.put("evidence", value.evidence());
            tree.put("shape", value.shape());
            tree.put("surrogate", value.surrogate());
            return tree.toString();
        }
    }
}
