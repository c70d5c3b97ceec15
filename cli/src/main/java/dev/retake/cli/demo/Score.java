package dev.retake.cli.demo;

import dev.retake.cli.demo.regression.Planted;
import dev.retake.cli.demo.regression.Regression;
import dev.retake.verdict.Finding;
import dev.retake.verdict.RunResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How what was found compares with what was planted: the same kind in the same operation at the same location.
 *
 * @param found planted, and in the report
 * @param missed planted, and not in the report
 * @param extra in the report, and not planted
 */
record Score(List<Regression> found, List<Regression> missed, List<Finding> extra) {

    static Score of(List<Regression> planted, RunResult result) {
        Set<Planted> reported = result.findings().stream().map(Score::place).collect(Collectors.toSet());
        Set<Planted> expected = planted.stream().map(Regression::planted).collect(Collectors.toSet());
        return new Score(
                planted.stream().filter(r -> reported.contains(r.planted())).toList(),
                planted.stream().filter(r -> !reported.contains(r.planted())).toList(),
                result.findings().stream()
                        .filter(f -> !expected.contains(place(f)))
                        .toList());
    }

    /** Whether every regression was found, and nothing else. */
    boolean perfect() {
        return missed.isEmpty() && extra.isEmpty();
    }

    private static Planted place(Finding finding) {
        return new Planted(finding.kind().text(), finding.operation(), finding.location());
    }
}
