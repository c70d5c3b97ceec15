package dev.retake.report;

import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Binding;
import dev.retake.verdict.RunResult.Counts;
import dev.retake.verdict.RunResult.SessionResult;
import dev.retake.verdict.RunResult.StepResult;
import dev.retake.verdict.RunResult.StepStatus;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the HTML report shows, ready to be laid out: bounded, ordered, every text visible. Texts are not escaped; the
 * template does that.
 *
 * <p>The page stays readable and a few megabytes at most: findings, sessions, steps and bindings are shown up to a cap,
 * those with something to tell first, and what is left out is said where it would stand.
 */
record ReportPage(
        RunResult.Outcome outcome,
        String verdict,
        String answer,
        List<Fact> facts,
        List<Share> shares,
        List<String> notCompared,
        List<String> notes,
        List<FindingCard> fresh,
        List<FindingCard> known,
        List<FindingCard> fixed,
        int findingsLeftOut,
        List<SessionRow> sessions,
        int sessionsLeftOut,
        List<Binding> bindings,
        int bindingsLeftOut) {

    private static final int FINDINGS = 300;
    private static final int SESSIONS = 500;
    private static final int STEPS = 6_000;
    private static final int STEPS_OF_A_SESSION = 300;
    private static final int BINDINGS = 300;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A labelled value of the run. */
    record Fact(String label, String value) {}

    /**
     * A part of all exchanges.
     *
     * @param x where it begins in the bar, 0 to 1000
     * @param width how much of the bar it takes, at least 3 where there is any
     */
    record Share(String label, StepStatus status, String count, int x, int width) {}

    /** A session with the steps that are shown. */
    record SessionRow(String id, String summary, boolean quiet, List<StepRow> steps, int stepsLeftOut) {}

    /**
     * One step.
     *
     * @param findings the cards of the findings that it shows
     */
    record StepRow(
            int sequence,
            String operation,
            StepStatus status,
            List<String> why,
            List<FindingLink> findings,
            String exchange,
            String millis) {}

    /** A link to a card on this page. */
    record FindingLink(String anchor, String label) {}

    static ReportPage of(RunResult result) {
        Map<String, FindingLink> links = new HashMap<>();
        List<FindingCard> cards = new ArrayList<>();
        for (Finding finding : result.findings().stream()
                .sorted(Comparator.comparing(Finding::status))
                .limit(FINDINGS)
                .toList()) {
            FindingCard card = FindingCard.of(cards.size() + 1, finding);
            cards.add(card);
            links.put(finding.id(), new FindingLink(card.anchor(), "#" + card.number()));
        }
        List<SessionRow> sessions = sessions(result, links);
        List<Binding> bindings = result.bindings().stream()
                .limit(BINDINGS)
                .map(ReportPage::visible)
                .toList();
        return new ReportPage(
                result.outcome(),
                Wording.verdict(result),
                Wording.answer(result),
                facts(result),
                shares(result.counts()),
                Wording.notCompared(result),
                result.notes().stream().map(VisibleText::line).toList(),
                withStatus(cards, Finding.Status.NEW),
                withStatus(cards, Finding.Status.KNOWN),
                withStatus(cards, Finding.Status.FIXED),
                result.findings().size() - cards.size(),
                sessions,
                result.sessions().size() - sessions.size(),
                bindings,
                result.bindings().size() - bindings.size());
    }

    private static List<FindingCard> withStatus(List<FindingCard> cards, Finding.Status status) {
        return cards.stream().filter(card -> card.status() == status).toList();
    }

    private static Binding visible(Binding binding) {
        return new Binding(
                VisibleText.line(binding.from()),
                VisibleText.line(binding.to()),
                VisibleText.line(binding.transform()),
                binding.count());
    }

    private static List<Fact> facts(RunResult result) {
        RunResult.Run run = result.run();
        Duration took = Duration.between(run.started(), run.ended());
        return List.of(
                new Fact("Target", VisibleText.line(run.target())),
                new Fact("Journal", VisibleText.line(run.journal())),
                new Fact("Compared", Wording.comparison(run)),
                new Fact("Started", TIME.format(run.started()) + ", took " + seconds(took)),
                new Fact("Seed", Long.toString(run.seed())),
                new Fact(
                        "Schedule lag",
                        "p50 " + millis(result.lag().p50()) + ", p99 "
                                + millis(result.lag().p99()) + ", max "
                                + millis(result.lag().max())),
                new Fact("Run", VisibleText.line(run.id())));
    }

    private static List<Share> shares(Counts counts) {
        List<Share> shares = new ArrayList<>();
        share("match", StepStatus.MATCH, counts.match(), counts, shares);
        share("equivalent", StepStatus.EQUIVALENT, counts.equivalent(), counts, shares);
        share("changed", StepStatus.CHANGED, counts.changed(), counts, shares);
        share("failed", StepStatus.FAILED, counts.failed(), counts, shares);
        share("skipped", StepStatus.SKIPPED, counts.skipped(), counts, shares);
        share("blocked", StepStatus.BLOCKED, counts.blocked(), counts, shares);
        return shares;
    }

    private static void share(String label, StepStatus status, int count, Counts counts, List<Share> shares) {
        int x = shares.isEmpty() ? 0 : shares.get(shares.size() - 1).x + shares.get(shares.size() - 1).width;
        int width = count == 0 ? 0 : Math.max(3, Math.round(1_000f * count / Math.max(1, counts.exchanges())));
        shares.add(new Share(label, status, Wording.number(count), x, width));
    }

    private static List<SessionRow> sessions(RunResult result, Map<String, FindingLink> links) {
        List<SessionRow> rows = new ArrayList<>();
        int steps = STEPS;
        for (SessionResult session : result.sessions().stream()
                .sorted(Comparator.comparingInt(ReportPage::calmness))
                .limit(SESSIONS)
                .toList()) {
            int shown = Math.min(
                    Math.min(STEPS_OF_A_SESSION, steps), session.steps().size());
            rows.add(new SessionRow(
                    VisibleText.line(session.id()),
                    summary(session),
                    calmness(session) > 0,
                    session.steps().stream()
                            .limit(shown)
                            .map(step -> step(step, links))
                            .toList(),
                    session.steps().size() - shown));
            steps -= shown;
        }
        return rows;
    }

    /** 0 where users would notice, 1 where something was not compared, 2 where all is well. */
    private static int calmness(SessionResult session) {
        int calmness = 2;
        for (StepResult step : session.steps()) {
            switch (step.status()) {
                case CHANGED, FAILED -> {
                    return 0;
                }
                case SKIPPED, BLOCKED -> calmness = 1;
                case MATCH, EQUIVALENT -> {}
            }
        }
        return calmness;
    }

    private static String summary(SessionResult session) {
        Map<StepStatus, Integer> counts = new EnumMap<>(StepStatus.class);
        session.steps().forEach(step -> counts.merge(step.status(), 1, Integer::sum));
        StringBuilder summary = new StringBuilder(Wording.count(session.steps().size(), "step"));
        counts.forEach((status, count) ->
                summary.append(", ").append(count).append(' ').append(Wording.name(status)));
        return summary.toString();
    }

    private static StepRow step(StepResult step, Map<String, FindingLink> links) {
        List<FindingLink> findings = new ArrayList<>();
        for (String id : step.findings()) {
            FindingLink link = links.get(id);
            if (link != null) {
                findings.add(link);
            }
        }
        return new StepRow(
                step.sequence(),
                VisibleText.line(step.operation()),
                step.status(),
                step.why().stream().map(VisibleText::line).toList(),
                findings,
                VisibleText.line(step.exchange()),
                step.millis() == 0 ? "" : millis(step.millis()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
    }
}
