package dev.retake.verdict;

import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what each replayed step showed and gives the verdict of the run.
 *
 * <p>Thread-safe: sessions report from their own threads, each its steps in order. The result does not depend on the
 * order in which sessions finish (law 7). A step that is reported again replaces what was reported before, so that a
 * caller can turn a comparison into a skip once it knows better.
 */
public final class Verdict {
    private final VerdictSettings settings;
    private final Map<String, Map<Integer, StepOutcome>> sessions = new ConcurrentHashMap<>();

    private Verdict(VerdictSettings settings) {
        this.settings = settings;
    }

    /** A verdict about a run that has yet to begin. */
    public static Verdict start(VerdictSettings settings) {
        return new Verdict(settings);
    }

    /**
     * The target answered.
     *
     * @param sent the request as it went out, with what replay bound into it
     * @param observed the answer, its body with content codings taken off
     * @param millis from the last byte sent to the last byte of the answer
     */
    public void compared(Step step, Request sent, Response observed, double millis) {
        report(new StepOutcome.Compared(StepFacts.of(step), sent, observed.status(), millis));
    }

    /** The target was asked and gave no whole response. */
    public void failed(Step step, Request sent, TransportError error, double millis) {
        report(new StepOutcome.Failed(StepFacts.of(step), sent, error, millis));
    }

    /**
     * The step was not sent.
     *
     * @param reason a name of CONTRACTS' {@code skippedBy}, such as {@code unsafe-method}
     */
    public void skipped(Step step, String reason) {
        report(new StepOutcome.Skipped(StepFacts.of(step), reason));
    }

    /** The step was not sent because it waited for a step that failed; {@code why} says so in words. */
    public void blocked(Step step, String why) {
        report(new StepOutcome.Blocked(StepFacts.of(step), why));
    }

    private void report(StepOutcome outcome) {
        sessions.computeIfAbsent(outcome.facts().session(), id -> new ConcurrentHashMap<>())
                .put(outcome.facts().sequence(), outcome);
    }

    /**
     * How a run ended.
     *
     * @param order ids of sessions as the report lists them; sessions that are not named follow, by id
     * @param stopped why the run ended before its time (guard, interrupt), in one sentence; null where it did not
     * @param notes sentences for the reader, beside those of the verdict
     */
    public record Ending(
            RunResult.Run run,
            List<String> order,
            List<RunResult.Binding> bindings,
            RunResult.ScheduleLag lag,
            @Nullable String stopped,
            List<String> notes) {}

    /** The verdict. Call once, after the last report. */
    public RunResult finish(Ending ending) {
        Map<String, Integer> skippedBy = new TreeMap<>();
        List<RunResult.SessionResult> results = new ArrayList<>();
        int match = 0;
        int changed = 0;
        int failed = 0;
        int blocked = 0;
        for (Map.Entry<String, Map<Integer, StepOutcome>> session :
                ordered(ending.order()).entrySet()) {
            List<RunResult.StepResult> steps = new ArrayList<>();
            for (StepOutcome outcome : session.getValue().values()) {
                StepFacts facts = outcome.facts();
                RunResult.StepStatus status;
                List<String> why = List.of();
                double millis = 0;
                if (outcome instanceof StepOutcome.Compared compared) {
                    boolean same = compared.observedStatus() == facts.recordedStatus();
                    status = same ? RunResult.StepStatus.MATCH : RunResult.StepStatus.CHANGED;
                    millis = compared.millis();
                    match += same ? 1 : 0;
                    changed += same ? 0 : 1;
                } else if (outcome instanceof StepOutcome.Failed failure) {
                    status = RunResult.StepStatus.FAILED;
                    why = List.of(failure.error().sentence());
                    failed++;
                } else if (outcome instanceof StepOutcome.Skipped skip) {
                    status = RunResult.StepStatus.SKIPPED;
                    why = List.of(skip.reason());
                    skippedBy.merge(skip.reason(), 1, Integer::sum);
                } else {
                    status = RunResult.StepStatus.BLOCKED;
                    why = List.of(((StepOutcome.Blocked) outcome).why());
                    blocked++;
                }
                steps.add(new RunResult.StepResult(
                        facts.sequence(), facts.exchange(), facts.operation(), status, why, List.of(), millis));
            }
            results.add(new RunResult.SessionResult(session.getKey(), List.copyOf(steps)));
        }
        int skipped = skippedBy.values().stream().mapToInt(Integer::intValue).sum();
        RunResult.Counts counts = new RunResult.Counts(
                results.size(),
                match + changed + failed + skipped + blocked,
                match,
                0,
                changed,
                failed,
                skipped,
                blocked);
        boolean enough = counts.compared() >= Math.max(1, settings.minCompared()) && ending.stopped() == null;
        return new RunResult(
                ending.run(),
                enough
                        ? changed + failed > 0 ? RunResult.Outcome.REGRESSIONS : RunResult.Outcome.CLEAN
                        : RunResult.Outcome.INCONCLUSIVE,
                enough ? null : ending.stopped(),
                counts,
                skippedBy,
                List.of(),
                List.copyOf(ending.bindings()),
                ending.lag(),
                results,
                List.copyOf(ending.notes()));
    }

    private Map<String, Map<Integer, StepOutcome>> ordered(List<String> order) {
        Map<String, Map<Integer, StepOutcome>> ordered = new LinkedHashMap<>();
        for (String id : order) {
            Map<Integer, StepOutcome> steps = sessions.get(id);
            if (steps != null) {
                ordered.put(id, new TreeMap<>(steps));
            }
        }
        new TreeMap<>(sessions).forEach((id, steps) -> ordered.putIfAbsent(id, new TreeMap<>(steps)));
        return ordered;
    }
}
