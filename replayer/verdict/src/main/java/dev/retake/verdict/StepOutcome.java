package dev.retake.verdict;

import dev.retake.common.exchange.Request;

/** What was reported of one step. */
sealed interface StepOutcome {

    /** The step that it is about. */
    StepFacts facts();

    /** A response came. */
    record Compared(StepFacts facts, Request sent, int observedStatus, double millis) implements StepOutcome {}

    /** None came. */
    record Failed(StepFacts facts, Request sent, TransportError error, double millis) implements StepOutcome {}

    /** It was not sent, by a rule that {@code reason} names. */
    record Skipped(StepFacts facts, String reason) implements StepOutcome {}

    /** It was not sent, because a step before it gave it nothing to send. */
    record Blocked(StepFacts facts, String why) implements StepOutcome {}
}
