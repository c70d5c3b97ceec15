package dev.retake.verdict;

import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.RunResult.Compare;
import dev.retake.verdict.baseline.Baseline;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict is told before it begins. The functions are called from many threads.
 *
 * @param compare how deep responses are compared
 * @param comparable how the target's data relates to the recording's
 * @param ignore places where any difference is accepted
 * @param minCompared at least so many responses must have been compared; less than 1 counts as 1
 * @param baseline findings that the team has accepted
 * @param target base URL of the target, for the {@code curl} of a finding
 * @param recordedHosts {@code host} or {@code host:port} that the recording may name as its own (upstreams, proxies);
 *     the {@code Host} of each recorded request counts without being listed
 * @param surrogateClass tells the class of a value that sanitizing put in place of a real one; null for others
 * @param mask replaces personal data in a JSON text, for values of the target that are shown
 * @param digest the keyed digest of bodies; null where the keys are not at hand, and such bodies are not compared
 */
public record VerdictSettings(
        Compare compare,
        Comparability comparable,
        List<IgnoreRule> ignore,
        int minCompared,
        Baseline baseline,
        String target,
        Set<String> recordedHosts,
        SurrogateClass surrogateClass,
        UnaryOperator<String> mask,
        @Nullable BodyDigest digest) {

    public VerdictSettings {
        ignore = List.copyOf(ignore);
        recordedHosts = Set.copyOf(recordedHosts);
    }

    /** Tells which class of personal data a recognisable surrogate stands for. */
    @FunctionalInterface
    public interface SurrogateClass {
        /** The class of {@code value}, null where it is no surrogate that can be recognised. */
        @Nullable
        String of(String value);
    }

    /** Compares values of a foreign environment, without rules, baseline, masking or keys. */
    public static VerdictSettings defaults(String target) {
        return new VerdictSettings(
                Compare.VALUES,
                Comparability.FOREIGN,
                List.of(),
                1,
                Baseline.EMPTY,
                target,
                Set.of(),
                value -> null,
                UnaryOperator.identity(),
                null);
    }
}
