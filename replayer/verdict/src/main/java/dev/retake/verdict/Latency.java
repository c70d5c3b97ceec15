package dev.retake.verdict;

import dev.retake.verdict.Finding.Kind;
import dev.retake.verdict.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds operations that are clearly and consistently slower than recorded. The recording's times are production's, on
 * another machine under another load: an operation is named only if it is slow beside the others of the same run too.
 */
final class Latency {
    /** Begins the ids of such findings, so that a step which shows nothing else counts as unchanged. */
    static final String PREFIX = "slow-";

    private static final int FEWEST = 20;
    private static final double TIMES = 3;
    private static final double MILLIS = 100;

    private Latency() {}

    private record Samples(List<Double> before, List<Double> after, Set<Integer> steps) {
        double ratio() {
            return quantile(after, 0.5) / Math.max(1, quantile(before, 0.5));
        }
    }

    static List<FindingWriter.Written> findings(
            FindingWriter writer,
            VerdictSettings settings,
            List<StepOutcome> steps,
            Function<StepFacts, String> operation) {
        Map<String, List<Integer>> byOperation = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof StepOutcome.Compared compared
                    && compared.facts().recordedMillis() >= 0
                    && compared.differences().stream()
                            .noneMatch(one -> one.change().location().equals("status"))) {
                byOperation
                        .computeIfAbsent(operation.apply(compared.facts()), key -> new ArrayList<>())
                        .add(i);
            }
        }
        Map<String, Samples> samples = new TreeMap<>();
        byOperation.forEach((name, at) -> {
            if (at.size() >= FEWEST) {
                List<Double> before = at.stream()
                        .mapToDouble(i -> steps.get(i).facts().recordedMillis())
                        .sorted()
                        .boxed()
                        .toList();
                List<Double> after = at.stream()
                        .mapToDouble(i -> ((StepOutcome.Compared) steps.get(i)).millis())
                        .sorted()
                        .boxed()
                        .toList();
                samples.put(name, new Samples(before, after, new TreeSet<>(at)));
            }
        });
        List<FindingWriter.Written> written = new ArrayList<>();
        samples.forEach((name, one) -> {
            List<Double> others = samples.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(name))
                    .mapToDouble(entry -> entry.getValue().ratio())
                    .sorted()
                    .boxed()
                    .toList();
            double usual = others.isEmpty() ? 1 : Math.max(1, quantile(others, 0.5));
            double before = quantile(one.before(), 0.5);
            double after = quantile(one.after(), 0.5);
            boolean slower = one.ratio() > TIMES * usual
                    && after - before > MILLIS
                    && quantile(one.after(), 0.25) > TIMES * quantile(one.before(), 0.75);
            boolean accepted = IgnoreRule.first(settings.ignore(), name, "latency") != null;
            if (slower && !accepted) {
                StepOutcome.Compared first =
                        (StepOutcome.Compared) steps.get(one.steps().iterator().next());
                written.add(writer.write(
                        Kind.LATENCY,
                        "latency",
                        Severity.INFO,
                        one.steps(),
                        new Finding.Example(
                                first.facts().exchange(),
                                Long.toString(Math.round(before)),
                                Long.toString(Math.round(after)),
                                writer.curl(first.sent())),
                        name + " takes " + Math.round(after) + " ms where it took " + Math.round(before)
                                + " ms, in half of " + one.steps().size() + " requests or more.",
                        ""));
            }
        });
        return written;
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
