package dev.retake.report;

import dev.retake.common.terminal.VisibleText;
import dev.retake.verdict.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding as the HTML report shows it.
 *
 * @param number its place on the page, from 1
 * @param moreOperations operations beside the first, up to a cap
 * @param sessions ids of sessions that show it, up to a cap
 * @param ignore the option that accepts this difference at the next replay
 */
record FindingCard(
        int number,
        Finding.Status status,
        Finding.Severity severity,
        String place,
        String operation,
        List<String> moreOperations,
        int operationsLeftOut,
        String explanation,
        String seen,
        List<String> sessions,
        int sessionsLeftOut,
        boolean hadBefore,
        boolean hasAfter,
        ValueDiff values,
        String exchange,
        String curl,
        String ignore,
        String id) {

    private static final int OPERATIONS = 20;
    private static final int SESSIONS = 3;

    static FindingCard of(int number, Finding finding) {
        List<String> others = finding.operations().stream()
                .filter(operation -> !operation.equals(finding.operation()))
                .map(VisibleText::line)
                .toList();
        Finding.Example example = finding.example();
        String scope = finding.operations().size() > 1 ? "*" : finding.operation();
        return new FindingCard(
                number,
                finding.status(),
                finding.severity(),
                Wording.place(finding),
                VisibleText.line(finding.operation()),
                first(others, OPERATIONS),
                Math.max(0, others.size() - OPERATIONS),
                VisibleText.line(finding.explanation()),
                Wording.count(finding.count(), "exchange") + " of "
                        + Wording.count(finding.sessions().size(), "session"),
                first(finding.sessions(), SESSIONS).stream()
                        .map(VisibleText::line)
                        .toList(),
                Math.max(0, finding.sessions().size() - SESSIONS),
                example.before() != null,
                example.after() != null,
                ValueDiff.of(visible(example.before()), visible(example.after())),
                VisibleText.line(example.exchange()),
                VisibleText.block(example.curl()),
                "--ignore '"
                        + VisibleText.line(scope + ":" + finding.location()).replace("'", "'\\''") + "'",
                VisibleText.line(finding.id()));
    }

    /** Where the page links to. */
    String anchor() {
        return "finding-" + number;
    }

    private static @Nullable String visible(@Nullable String value) {
        return value == null ? null : VisibleText.line(value);
    }

    private static List<String> first(List<String> all, int most) {
        return all.subList(0, Math.min(most, all.size()));
    }
}
