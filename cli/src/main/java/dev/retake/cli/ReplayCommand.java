package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.query.SessionQuery;
import dev.retake.replay.ReplayPolicy;
import dev.retake.replay.ReplayRun;
import dev.retake.replay.ReplaySettings;
import dev.retake.replay.rewrite.RewriteRule;
import dev.retake.replay.schedule.Pace;
import dev.retake.report.ReportFiles;
import dev.retake.report.ReportJson;
import dev.retake.report.TerminalSummary;
import dev.retake.verdict.IgnoreRule;
import dev.retake.verdict.RunResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code retake replay}: plays recorded sessions against a target and says what changed. */
@Command(
        name = "replay",
        description = "Play recorded sessions against a test environment, and say what changed.",
        sortOptions = false,
        footer = {
            "",
            "Exit code: 0 clean, 1 regressions, 2 wrong arguments or a forbidden target, 3 inconclusive or could not run."
        })
final class ReplayCommand implements Callable<Integer> {

    @Option(
            names = "--journal",
            required = true,
            paramLabel = "DIR",
            description = "Where the sessions are; may be repeated.")
    private List<Path> journals = List.of();

    @Option(names = "--target", required = true, paramLabel = "URL", description = "Base URL of the test environment.")
    private URI target = URI.create("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the reports go.")
    private Path out = Path.of("");

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description = "Only sessions with an exchange like this, as 'path~/api/* and status>=500'.")
    private @Nullable String where;

    @Option(names = "--allow-unsafe", description = "Send methods that change things too.")
    private boolean allowUnsafe;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST[:PORT]",
            description = "A target that may be replayed to; loopback needs none. May be repeated.")
    private List<String> allowTargets = List.of();

    @Option(
            names = "--comparable",
            paramLabel = "HOW",
            defaultValue = "foreign",
            description = "How the target's data relates to the recording's: ${COMPLETION-CANDIDATES}.")
    private RunResult.Comparability comparable = RunResult.Comparability.FOREIGN;

    @Option(
            names = "--compare",
            paramLabel = "DEPTH",
            defaultValue = "values",
            description = "How deep responses are compared: ${COMPLETION-CANDIDATES}.")
    private RunResult.Compare compare = RunResult.Compare.VALUES;

    @Option(
            names = "--ignore",
            paramLabel = "OPERATION:LOCATION",
            description = "Accept any difference there, as 'GET /orders/{id}:/total' or '*:header:Server'.")
    private List<String> ignore = List.of();

    @Option(
            names = "--rewrite",
            paramLabel = "RULE",
            description = "Change every request: header:NAME=VALUE, host=VALUE, path:/OLD=/NEW or query:NAME=VALUE.")
    private List<String> rewrites = List.of();

    @Option(
            names = "--pace",
            paramLabel = "PACE",
            defaultValue = "max",
            description = "recorded, max, a factor as 2x, or requests a second as 50/s.")
    private String pace = "max";

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "8",
            description = "Sessions at the same time, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int concurrency = 8;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--min-compared",
            paramLabel = "N",
            defaultValue = "1",
            description = "Inconclusive with fewer compared responses (default: ${DEFAULT-VALUE}).")
    private int minCompared = 1;

    @Option(names = "--include-incomplete", description = "Play sessions too that lost an exchange.")
    private boolean includeIncomplete;

    @Option(names = "--before", paramLabel = "CMD", description = "Run by sh before the first request.")
    private @Nullable String before;

    @Option(names = "--after", paramLabel = "CMD", description = "Run by sh after the last request.")
    private @Nullable String after;

    @Option(names = "--wait-for", paramLabel = "URL", description = "Begin when this answers.")
    private @Nullable URI waitFor;

    @Option(names = "--baseline", paramLabel = "URL", hidden = true)
    private @Nullable String liveBaseline;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    ReplayCommand() {}

    @Override
    public Integer call() throws IOException {
        if (liveBaseline != null) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "A second live target as baseline does not exist yet; leave --baseline out, accepted findings are read"
                            + " from " + BaselineFile.PATH + ".");
        }
        Config config = common.config();
        ReplaySettings settings = settings(config);
        SessionQuery query = where == null ? SessionQuery.ALL : SessionQuery.parse(where, Clock.systemUTC());
        RunResult result;
        try (ReplayedJournals source = ReplayedJournals.open(journals, keys, query, config, comparable);
                ReplayProgress progress = ReplayProgress.on(spec.commandLine().getErr(), Terminal.err())) {
            ReplayRun run = new ReplayRun(settings, source.sessions(), source.environment(), progress);
            Interruption interruption = Interruption.calls(run::interrupt);
            try {
                result = run.run();
                ReportFiles.write(result, out);
                print(result);
            } finally {
                interruption.ended();
            }
        }
        return switch (result.outcome()) {
            case CLEAN -> 0;
            case REGRESSIONS -> 1;
            case INCONCLUSIVE -> 3;
        };
    }

    private ReplaySettings settings(Config config) {
        if (concurrency < 1 || concurrency > 1_024) {
            throw new ParameterException(
                    spec.commandLine(), "--concurrency must be 1 to 1024, not " + concurrency + ".");
        }
        if (minCompared < 0) {
            throw new ParameterException(spec.commandLine(), "--min-compared must not be negative.");
        }
        return ReplaySettings.to(target)
                .allowUnsafe(allowUnsafe)
                .allowTargets(allowTargets)
                .comparable(comparable)
                .compare(compare)
                .ignore(ignore.stream().map(IgnoreRule::parse).toList())
                .rewrites(rewrites.stream().map(RewriteRule::parse).toList())
                .pace(Pace.parse(pace))
                .concurrency(concurrency)
                .seed(seed)
                .minCompared(minCompared)
                .includeIncomplete(includeIncomplete)
                .before(before)
                .after(after)
                .waitFor(waitFor)
                .baseline(BaselineFile.read())
                .policy(ReplayPolicy.from(config))
                .build();
    }

    private void print(RunResult result) throws IOException {
        if (common.json()) {
            ReportJson.write(result, System.out);
        } else {
            StringBuilder text = new StringBuilder();
            TerminalSummary.write(result, text, Terminal.colour());
            Answer answer = Answer.to(spec);
            answer.line(text.toString().stripTrailing());
            answer.line("");
            answer.line("report: " + out.resolve("report.html"));
        }
    }
}
