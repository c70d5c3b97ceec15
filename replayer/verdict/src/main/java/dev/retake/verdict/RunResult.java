package dev.retake.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run found; what every report is written from. Immutable.
 *
 * @param run what was replayed against what
 * @param outcome the answer
 * @param reason why the run is inconclusive, in one sentence; null otherwise
 * @param counts how many of what
 * @param skippedBy skipped exchanges by reason, such as {@code unsafe-method}
 * @param findings most severe first, then most frequent
 * @param bindings values that replay carried from a response into later requests
 * @param lag how late requests were sent against their schedule
 * @param sessions each replayed session with its steps in order, in the order of the journal
 * @param notes sentences that the reader should see: what was not compared, what the run proposes
 */
public record RunResult(
        Run run,
        Outcome outcome,
        @Nullable String reason,
        Counts counts,
        Map<String, Integer> skippedBy,
        List<Finding> findings,
        List<Binding> bindings,
        ScheduleLag lag,
        List<SessionResult> sessions,
        List<String> notes) {

    /** The answer to "would users notice?". */
    public enum Outcome {
        CLEAN,
        REGRESSIONS,
        INCONCLUSIVE
    }

    /** How the test environment's data relates to the recording's. */
    public enum Comparability {
        ANONYMIZED,
        FOREIGN,
        SHADOW
    }

    /** How deep responses are compared. */
    public enum Compare {
        VALUES,
        SHAPE,
        STATUS
    }

    /**
     * @param id unique name of the run, also sent as {@code X-Retake-Run}
     * @param journal where the sessions came from, as the user named it
     * @param target the base URL
     */
    public record Run(
            String id,
            Instant started,
            Instant ended,
            String journal,
            String target,
            long seed,
            Comparability comparable,
            Compare compare) {}

    /** {@code exchanges = match + equivalent + changed + failed + skipped + blocked}. */
    public record Counts(
            int sessions, int exchanges, int match, int equivalent, int changed, int failed, int skipped, int blocked) {

        /** How many responses were compared: {@code match + equivalent + changed}. */
        public int compared() {
            return match + equivalent + changed;
        }
    }

    /**
     * A value that first appeared in a response and was used in a later request.
     *
     * @param from where it came from, as {@code POST /login body:/token}
     * @param to where it went, as {@code GET /cart header:Authorization}
     * @param transform how it was changed on the way, such as {@code none}, {@code bearer} or {@code percent}
     * @param count how often it was bound in this run
     */
    public record Binding(String from, String to, String transform, int count) {}

    /** Milliseconds. */
    public record ScheduleLag(double p50, double p99, double max) {}

    /** One session as it was replayed. */
    public record SessionResult(String id, List<StepResult> steps) {}

    /** What became of one recorded exchange. */
    public enum StepStatus {
        /** Nothing differed. */
        MATCH,
        /** What differed is explained: renaming, noise, or a rule. */
        EQUIVALENT,
        CHANGED,
        /** A transport failure: no response to compare. */
        FAILED,
        SKIPPED,
        /** It depends on a step that failed or was skipped: it could not be sent, or its answer says nothing. */
        BLOCKED
    }

    /**
     * @param sequence position in the session
     * @param exchange id of the recorded exchange
     * @param operation such as {@code GET /orders/{id}}
     * @param why in words: the differences, or why it was not compared; empty for a match
     * @param findings ids of the findings that this step shows
     * @param millis how long the target took, 0 where it was not asked
     */
    public record StepResult(
            int sequence,
            String exchange,
            String operation,
            StepStatus status,
            List<String> why,
            List<String> findings,
            double millis) {}
}
