package dev.retake.cli.demo;

import dev.retake.cli.demo.regression.Planted;
import dev.retake.cli.demo.regression.Regression;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How what was found compares with what was planted: the same kind in the same operation at the same location.
 *
 * @param found planted, and in the report
 * @param missed planted, and not in the report
 * @param extra in the report, and not planted
 */
record Score(List<Regression> found, List<Regression> missed, List<Finding> extra) {

    static Score of(List<Regression> planted, RunResult result) {
        Set<Planted> reported = new HashSet<>();
        result.findings().forEach(finding -> reported.add(place(finding)));
        Set<Planted> expected = new HashSet<>();
        planted.forEach(regression -> expected.add(regression.planted()));
        // What is reported twice is one too many.
        List<Finding> extra = result.findings().stream()
                .filter(finding -> !expected.remove(place(finding)))
                .toList();
        return new Score(
                planted.stream().filter(r -> reported.contains(r.planted())).toList(),
                planted.stream().filter(r -> !reported.contains(r.planted())).toList(),
                extra);
    }

    /** Whether every regression was found, and nothing else. */
    boolean perfect() {
        return missed.isEmpty() && extra.isEmpty();
    }

    private static Planted place(Finding finding) {
        return new Planted(finding.kind().text(), finding.operation(), finding.location());
    }
}
