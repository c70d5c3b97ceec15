package dev.retake.cli.demo;

import dev.retake.cli.demo.regression.Regression;
import dev.retake.common.terminal.VisibleText;
import dev.retake.journal.JournalStats;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The demo in plain words: what each stage did, and what it showed. */
final class Narration {
    private final Narrator narrator;
    private final DemoFiles files;

    Narration(Narrator narrator, DemoFiles files) {
        this.narrator = narrator;
        this.files = files;
    }

    void started(long seed, URI shop, URI sidecar) {
        narrator.title("Retake demo, seed " + seed);
        narrator.stage("A shop is in production.");
        narrator.say("It listens on " + shop + ", and Retake's sidecar stands in front of it on " + sidecar + ".");
    }

    void recorded(int users, int sent, JournalStats stats) {
        narrator.stage("Users visit it, through the sidecar.");
        narrator.say(users + " users at the same time; " + sent + " requests answered, " + stats.captured()
                + " recorded, "
                + stats.dropped().values().stream().mapToLong(Long::longValue).sum() + " dropped, in "
                + stats.sessions() + " sessions.");
        narrator.say("The journal is " + files.journal() + ": encrypted, " + stats.bytes() / 1_024 + " KB.");
    }

    void sanitized(@Nullable SanitizedSample sample) {
        narrator.stage("What was recorded is not what was sent.");
        if (sample == null) {
            narrator.say("No user of this seed looked at a profile, so there is no sample to show.");
            return;
        }
        narrator.say("Personal values were replaced before anything was stored, each by the same surrogate everywhere."
                + " The response to " + sample.operation() + ", exchange " + sample.exchange() + ":");
        narrator.gap();
        narrator.line(String.format(Locale.ROOT, "%-20s %-27s %s", "field", "sent", "stored"));
        sample.fields()
                .forEach((field, pair) -> narrator.line(String.format(
                        Locale.ROOT,
                        "%-20s %-27s %s",
                        field,
                        cut(pair.sent()),
                        pair.sent().equals(pair.stored()) ? "the same" : cut(pair.stored()))));
    }

    void nextBuild(URI address, int regressions) {
        narrator.stage("The next build is up for a test.");
        narrator.say("It listens on " + address + ". Its customers were anonymized with the same keys, so the recorded"
                + " logins work there. " + regressions + " regressions were planted, which the replay is not told of."
                + " Also different, and harmless: ids, order numbers, tokens, timestamps, the order of JSON keys, the"
                + " case of header names.");
    }

    void verdict(RunResult result, Score score) {
        RunResult.Counts counts = result.counts();
        narrator.stage("The recorded sessions are replayed against it.");
        narrator.say(counts.exchanges() + " exchanges of " + counts.sessions() + " sessions: " + counts.match()
                + " match, " + counts.equivalent() + " equivalent but for ids and times, " + counts.changed()
                + " changed, " + counts.failed() + " failed, " + counts.skipped() + " skipped, " + counts.blocked()
                + " blocked.");
        narrator.stage("What was found, against what was planted:");
        score.found().forEach(regression -> planted("found ", regression));
        score.missed().forEach(regression -> planted("MISSED", regression));
        for (Finding finding : score.extra()) {
            narrator.line("EXTRA  " + VisibleText.line(finding.explanation()));
            narrator.line("       " + finding.kind().text() + " at " + VisibleText.line(finding.location()) + " in "
                    + VisibleText.line(finding.operation()));
        }
        narrator.gap();
        narrator.say(
                score.perfect()
                        ? "All " + score.found().size() + " were found, and nothing harmless was flagged."
                        : score.missed().size() + " missed and " + score.extra().size()
                                + " that were not planted: this demo failed.");
        narrator.gap();
        narrator.line("Report: " + files.report());
        narrator.line("Try next:");
        narrator.line("  the report in a browser: before, after and a curl command for each");
        narrator.line("  ./retake sessions --journal " + files.journal());
        narrator.line("  ./retake demo --seed 2");
        narrator.line("  ./retake proxy --listen 127.0.0.1:8080 --upstream YOUR-SERVICE --journal DIR");
    }

    void kept(URI shop, URI sidecar, URI next) {
        narrator.gap();
        narrator.line("Still up until Ctrl-C:");
        narrator.line("  shop       " + shop);
        narrator.line("  sidecar    " + sidecar);
        narrator.line("  next build " + next);
    }

    private void planted(String label, Regression regression) {
        narrator.line(label + " " + regression.sentence());
        narrator.line("       " + regression.planted().kind() + " at "
                + regression.planted().location() + " in "
                + regression.planted().operation());
    }

    private static String cut(String value) {
        String shown = VisibleText.line(value);
        return shown.length() <= 26 ? shown : shown.substring(0, 23) + "...";
    }
}
