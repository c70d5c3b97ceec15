package dev.retake.verdict;

import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.diff.FieldHistory;
import dev.retake.verdict.noise.RecordedNoise;
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
    private final FieldHistory history = new FieldHistory();
    private final RecordedNoise noise = new RecordedNoise();
    private final Map<String, SessionView> sessions = new ConcurrentHashMap<>();

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
        compared(step, sent, observed, millis, null);
    }

    /**
     * The target answered a step that may depend on another which was not done. Where it answers as recorded nothing is
     * lost; what differs counts as blocked, unless steps that depend on nothing show the same difference.
     *
     * @param dependence null where it depends on nothing
     */
    public void compared(Step step, Request sent, Response observed, double millis, @Nullable Dependence dependence) {
        session(step).compared(step, sent, observed, millis, dependence);
    }

    /** The target was asked and gave no whole response. */
    public void failed(Step step, Request sent, TransportError error, double millis) {
        session(step).notCompared(step, new StepOutcome.Failed(StepFacts.of(step), sent, error, millis));
    }

    /**
     * The step was not sent.
     *
     * @param reason a name of CONTRACTS' {@code skippedBy}, such as {@code unsafe-method}
     */
    public void skipped(Step step, String reason) {
        session(step).notCompared(step, new StepOutcome.Skipped(StepFacts.of(step), reason));
    }

    /** The step was not sent, because what it depends on was not done. */
    public void blocked(Step step, Dependence dependence) {
        session(step).notCompared(step, new StepOutcome.Blocked(StepFacts.of(step), dependence));
    }

    private SessionView session(Step step) {
        return sessions.computeIfAbsent(step.session(), id -> new SessionView(settings, history, noise));
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
        Map<String, SessionView> ordered = new LinkedHashMap<>();
        for (String id : ending.order()) {
            SessionView session = sessions.get(id);
            if (session != null) {
                ordered.put(id, session);
            }
        }
        new TreeMap<>(sessions).forEach(ordered::putIfAbsent);
        return new Judgement(settings, history, noise, ordered, ending).result();
    }
}
