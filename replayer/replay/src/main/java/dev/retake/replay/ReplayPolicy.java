package dev.retake.replay;

import dev.retake.common.config.Config;
import dev.retake.replay.correlate.NeverBound;
import dev.retake.replay.credential.Credential;
import dev.retake.replay.guard.StopThresholds;
import dev.retake.replay.rewrite.RewriteRule;
import dev.retake.replay.target.TargetLimits;
import dev.retake.replay.target.TargetTls;
import java.time.Duration;
import java.util.List;

/**
 * What a team has settled for all its replays, from the configuration file.
 *
 * @param allowTargets targets besides loopback
 * @param productionHosts hosts that are never a target
 * @param safeOperations {@code METHOD /path} with {@code *}, safe in spite of their method
 * @param rewrites changes to every request
 * @param credentials how sessions log in
 * @param neverBound places that keep their recorded value
 * @param limits what a single request may take
 * @param tls how an https target is verified
 * @param waitTimeout how long to wait for the target to come up
 * @param ramp answers each running session must get before their number doubles; 0 starts with all
 * @param stop when the run ends for the target's sake
 */
public record ReplayPolicy(
        List<String> allowTargets,
        List<String> productionHosts,
        List<String> safeOperations,
        List<RewriteRule> rewrites,
        List<Credential> credentials,
        NeverBound neverBound,
        TargetLimits limits,
        TargetTls tls,
        Duration waitTimeout,
        int ramp,
        StopThresholds stop) {

    public ReplayPolicy {
        allowTargets = List.copyOf(allowTargets);
        productionHosts = List.copyOf(productionHosts);
        safeOperations = List.copyOf(safeOperations);
        rewrites = List.copyOf(rewrites);
        credentials = List.copyOf(credentials);
    }

    /** What {@code config} says. */
    public static ReplayPolicy from(Config config) {
        return new ReplayPolicy(
                config.get(ReplayKeys.ALLOW_TARGETS),
                config.get(ReplayKeys.PRODUCTION_HOSTS),
                config.get(ReplayKeys.SAFE_OPERATIONS),
                config.get(ReplayKeys.REWRITE).stream().map(RewriteRule::parse).toList(),
                config.get(ReplayKeys.CREDENTIALS),
                new NeverBound(config.get(ReplayKeys.NEVER_BIND)),
                new TargetLimits(config.get(ReplayKeys.CONNECT_TIMEOUT), config.get(ReplayKeys.RESPONSE_TIMEOUT), (int)
                        Math.min(Integer.MAX_VALUE - 8, config.get(ReplayKeys.MAX_RESPONSE))),
                new TargetTls(config.get(ReplayKeys.TLS_VERIFY), config.get(ReplayKeys.TLS_CA_FILE)),
                config.get(ReplayKeys.WAIT_TIMEOUT),
                config.get(ReplayKeys.RAMP),
                new StopThresholds(
                        config.get(ReplayKeys.STOP_CONSECUTIVE),
                        config.get(ReplayKeys.STOP_PERCENT),
                        config.get(ReplayKeys.STOP_WINDOW)));
    }
}
