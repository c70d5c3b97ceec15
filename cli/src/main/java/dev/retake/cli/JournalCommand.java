package dev.retake.cli;

import dev.retake.journal.Damage;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalSalvage;
import dev.retake.journal.JournalStats;
import dev.retake.journal.JournalVerifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code retake journal}: the account, the health and the rescue of a journal. */
@Command(
        name = "journal",
        description = "Account for a journal, verify it, salvage it.",
        subcommands = {JournalCommand.Stats.class, JournalCommand.Verify.class, JournalCommand.Salvage.class})
final class JournalCommand implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // for --help
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    JournalCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: stats, verify or salvage.");
    }

    /** {@code retake journal stats}: the ledger. */
    @Command(name = "stats", description = "Account for every exchange that was forwarded.")
    static final class Stats implements Callable<Integer> {
        @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal to read.")
        private Path journal = Path.of("");

        @Mixin
        private KeyOptions keys = new KeyOptions();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Stats() {}

        @Override
        public Integer call() {
            common.config();
            try (JournalReader reader = JournalReader.open(journal, keys.forReading(journal))) {
                JournalStats stats = reader.stats();
                Answer.to(spec).line(common.json() ? json(stats) : text(stats));
            }
            return 0;
        }

        private static String json(JournalStats stats) {
            ObjectNode tree = Json.object();
            tree.put("forwarded", stats.forwarded());
            tree.put("captured", stats.captured());
            tree.put("sampledOut", stats.sampledOut());
            tree.put("excluded", stats.excluded());
            ObjectNode dropped = tree.putObject("dropped");
            stats.dropped().forEach(dropped::put);
            tree.put("unknown", stats.unknown());
            tree.put("truncated", stats.truncated());
            tree.put("withheld", stats.withheld());
            tree.put("sessions", stats.sessions());
            tree.put("bytes", stats.bytes());
            tree.put("oldest", Json.time(stats.oldest()));
            tree.put("newest", Json.time(stats.newest()));
            tree.put("expired", stats.expired());
            tree.put("uncleanEnds", stats.uncleanEnds());
            return tree.toString();
        }

        private static String text(JournalStats stats) {
            StringBuilder text = new StringBuilder();
            row(text, "forwarded", stats.forwarded(), "");
            row(text, "  captured", stats.captured(), detail(stats));
            row(text, "  sampled out", stats.sampledOut(), "");
            row(text, "  excluded", stats.excluded(), "");
            for (Map.Entry<String, Long> reason : stats.dropped().entrySet()) {
                row(text, "  dropped", reason.getValue(), reason.getKey());
            }
            row(text, "  unknown", stats.unknown(), stats.unknown() == 0 ? "" : "lost in a crash, or still on its way");
            row(text, "sessions", stats.sessions(), "");
            row(text, "bytes", stats.bytes(), "");
            if (stats.oldest() != null && stats.newest() != null) {
                text.append(
                        "%-14s %s to %s".formatted("started", Json.time(stats.oldest()), Json.time(stats.newest())));
            }
            return text.toString().stripTrailing();
        }

        private static String detail(JournalStats stats) {
            return stats.truncated() + stats.withheld() == 0
                    ? ""
                    : stats.truncated() + " with a truncated body, " + stats.withheld() + " with a withheld one";
        }

        private static void row(StringBuilder text, String name, long count, String detail) {
            text.append("%-14s %,12d  %s".formatted(name, count, detail).stripTrailing())
                    .append('\n');
        }
    }

    /** {@code retake journal verify}: exit code 1 where something is damaged. */
    @Command(name = "verify", description = "Read everything, and name what is damaged.")
    static final class Verify implements Callable<Integer> {
        @Option(names = "--journal", required = true, paramLabel = "DIR", description = "The journal to read.")
        private Path journal = Path.of("");

        @Mixin
        private KeyOptions keys = new KeyOptions();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Verify() {}

        @Override
        public Integer call() {
            common.config();
            JournalVerifier.Findings findings = JournalVerifier.verify(journal, keys.forReading(journal));
            Answer out = Answer.to(spec);
            if (common.json()) {
                ObjectNode tree = Json.object();
                tree.put("sessions", findings.sessions());
                tree.put("exchanges", findings.exchanges());
                ArrayNode damage = tree.putArray("damage");
                findings.damage()
                        .forEach(place ->
                                damage.addObject().put("place", place.place()).put("what", place.what()));
                out.line(tree.toString());
            } else {
                for (Damage place : findings.damage()) {
                    out.line("damaged: " + place.place() + ": " + place.what());
                }
                out.line("%s: %s with %s could be read whole; %s"
                        .formatted(
                                findings.damage().isEmpty() ? "sound" : "damaged",
                                Answer.count(findings.sessions(), "session"),
                                Answer.count(findings.exchanges(), "exchange"),
                                findings.damage().isEmpty()
                                        ? "nothing is damaged."
                                        : Answer.count(findings.damage().size(), "damaged place")
                                                + ". 'retake journal salvage' saves the rest."));
            }
            return findings.damage().isEmpty() ? 0 : 1;
        }
    }

    /** {@code retake journal salvage IN OUT}. */
    @Command(name = "salvage", description = "Save what is whole into a new journal.")
    static final class Salvage implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "IN", description = "The damaged journal; it is not changed.")
        private Path in = Path.of("");

        @Parameters(index = "1", paramLabel = "OUT", description = "The new journal; it must not exist.")
        private Path out = Path.of("");

        @Mixin
        private KeyOptions keys = new KeyOptions();

        @Mixin
        private CommonOptions common = new CommonOptions();

        @Spec
        private CommandSpec spec;

        Salvage() {}

        @Override
        public Integer call() {
            common.config();
            JournalSalvage.Saved saved = JournalSalvage.salvage(in, out, keys.forReading(in));
            Answer answer = Answer.to(spec);
            if (common.json()) {
                answer.line(Json.object()
                        .put("sessions", saved.sessions())
                        .put("exchanges", saved.exchanges())
                        .put("lost", saved.lost())
                        .toString());
            } else {
                answer.line("saved %s in %s; lost: %,d. Read the new journal with --keys of the old."
                        .formatted(
                                Answer.count(saved.exchanges(), "exchange"),
                                Answer.count(saved.sessions(), "session"),
                                saved.lost()));
            }
            return 0;
        }
    }
}
