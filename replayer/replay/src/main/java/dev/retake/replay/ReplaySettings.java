package dev.retake.replay;

import dev.retake.common.config.Config;
import dev.retake.replay.rewrite.RewriteRule;
import dev.retake.replay.schedule.Pace;
import dev.retake.verdict.IgnoreRule;
import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.RunResult.Compare;
import dev.retake.verdict.baseline.Baseline;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one {@code retake replay} was told; which sessions, its source says.
 *
 * @param target base URL, http or https; a path in it stands before every recorded path
 * @param allowUnsafe whether methods that change things are sent
 * @param allowTargets targets besides loopback, added to those of the policy
 * @param comparable how the target's data relates to the recording's
 * @param compare how deep responses are compared
 * @param ignore places where any difference is accepted
 * @param rewrites changes to every request, after those of the policy
 * @param pace how fast
 * @param concurrency most sessions at the same time, 1 to 1,024
 * @param seed written into the run; the same seed plays the same run
 * @param minCompared fewer compared responses make the run inconclusive
 * @param includeIncomplete whether sessions that lost an exchange are played
 * @param before command that runs first, null for none
 * @param after command that runs last, null for none
 * @param waitFor URL that must answer before the run begins, null for none
 * @param baseline findings that the team has accepted
 * @param policy what the configuration file says
 */
public record ReplaySettings(
        URI target,
        boolean allowUnsafe,
        List<String> allowTargets,
        Comparability comparable,
        Compare compare,
        List<IgnoreRule> ignore,
        List<RewriteRule> rewrites,
        Pace pace,
        int concurrency,
        long seed,
        int minCompared,
        boolean includeIncomplete,
        @Nullable String before,
        @Nullable String after,
        @Nullable URI waitFor,
        Baseline baseline,
        ReplayPolicy policy) {

    public ReplaySettings {
        allowTargets = List.copyOf(allowTargets);
        ignore = List.copyOf(ignore);
        rewrites = List.copyOf(rewrites);
    }

    /** The defaults of the command line, against {@code target}. */
    public static Builder to(URI target) {
        return new Builder(target);
    }

    /** Collects settings; what is not set keeps its default. Not for use by several threads. */
    public static final class Builder {
        private final URI target;
        private boolean allowUnsafe;
        private List<String> allowTargets = List.of();
        private Comparability comparable = Comparability.FOREIGN;
        private Compare compare = Compare.VALUES;
        private List<IgnoreRule> ignore = List.of();
        private List<RewriteRule> rewrites = List.of();
        private Pace pace = new Pace.Max();
        private int concurrency = 8;
        private long seed = 1;
        private int minCompared = 1;
        private boolean includeIncomplete;
        private @Nullable String before;
        private @Nullable String after;
        private @Nullable URI waitFor;
        private Baseline baseline = Baseline.EMPTY;
        private ReplayPolicy policy = ReplayPolicy.from(Config.defaults());

        private Builder(URI target) {
            this.target = target;
        }

        public Builder allowUnsafe(boolean value) {
            allowUnsafe = value;
            return this;
        }

        public Builder allowTargets(List<String> value) {
            allowTargets = value;
            return this;
        }

        public Builder comparable(Comparability value) {
            comparable = value;
            return this;
        }

        public Builder compare(Compare value) {
            compare = value;
            return this;
        }

        public Builder ignore(List<IgnoreRule> value) {
            ignore = value;
            return this;
        }

        public Builder rewrites(List<RewriteRule> value) {
            rewrites = value;
            return this;
        }

        public Builder pace(Pace value) {
            pace = value;
            return this;
        }

        public Builder concurrency(int value) {
            concurrency = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder minCompared(int value) {
            minCompared = value;
            return this;
        }

        public Builder includeIncomplete(boolean value) {
            includeIncomplete = value;
            return this;
        }

        public Builder before(@Nullable String value) {
            before = value;
            return this;
        }

        public Builder after(@Nullable String value) {
            after = value;
            return this;
        }

        public Builder waitFor(@Nullable URI value) {
            waitFor = value;
            return this;
        }

        public Builder baseline(Baseline value) {
            baseline = value;
            return this;
        }

        public Builder policy(ReplayPolicy value) {
            policy = value;
            return this;
        }

        public ReplaySettings build() {
            return new ReplaySettings(
                    target,
                    allowUnsafe,
                    allowTargets,
                    comparable,
                    compare,
                    ignore,
                    rewrites,
                    pace,
                    concurrency,
                    seed,
                    minCompared,
                    includeIncomplete,
                    before,
                    after,
                    waitFor,
                    baseline,
                    policy);
        }
    }
}
