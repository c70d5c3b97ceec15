package dev.retake.verdict;

import dev.retake.common.exchange.Request;
import dev.retake.verdict.diff.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was reported of one step, with as little of its content as the verdict needs. */
sealed interface StepOutcome {

    /** The step that it is about. */
    StepFacts facts();

    /** A difference, with what in its session speaks against an explanation; empty where nothing does. */
    record Difference(Change change, String objection) {}

    /**
     * A response came.
     *
     * @param sent the request; without its body where nothing differs or the body is large
     * @param bodyCompared false where the recording holds no body to compare with
     * @param dependence what was not done before it that it depends on, null where nothing was left out
     */
    record Compared(
            StepFacts facts,
            Request sent,
            List<Difference> differences,
            boolean bodyCompared,
            double millis,
            @Nullable Dependence dependence)
            implements StepOutcome {}

    /** None came. */
    record Failed(StepFacts facts, Request sent, TransportError error, double millis) implements StepOutcome {}

    /** It was not sent, by a rule that {@code reason} names. */
    record Skipped(StepFacts facts, String reason) implements StepOutcome {}

    /** It was not sent, because a step before it gave it nothing to send. */
    record Blocked(StepFacts facts, Dependence dependence) implements StepOutcome {}
}
