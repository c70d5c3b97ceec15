package dev.retake.replay;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import dev.retake.replay.credential.Credential;
import dev.retake.replay.credential.CredentialReader;
import java.time.Duration;
import java.util.List;

/** What the configuration file says about replay. */
public final class ReplayKeys {
    static final ConfigKey<List<String>> ALLOW_TARGETS = new ConfigKey<>(
            "replay.allowTargets",
            ConfigType.texts("a list of HOST, HOST:PORT or *.DOMAIN"),
            List.of(),
            "Targets that may be replayed against, besides loopback; --allow-target adds to them.");

    static final ConfigKey<List<String>> PRODUCTION_HOSTS = new ConfigKey<>(
            "replay.productionHosts",
            ConfigType.texts("a list of HOST, HOST:PORT or *.DOMAIN"),
            List.of(),
            "Hosts that are never replayed against; preview, idle blue/green and canary hosts belong here too.");

    static final ConfigKey<List<String>> SAFE_OPERATIONS = new ConfigKey<>(
            "replay.safeOperations",
            ConfigType.texts("a list of METHOD /path, where * stands for any characters"),
            List.of(),
            "Requests that change nothing in spite of their method, such as POST /search; sent without --allow-unsafe.");

    static final ConfigKey<List<String>> REWRITE = new ConfigKey<>(
            "replay.rewrite",
            ConfigType.texts("a list of rules, each header:NAME=VALUE, host=VALUE, path:/OLD=/NEW or query:NAME=VALUE"),
            List.of(),
            "Changes made to every replayed request; --rewrite adds to them.");

    static final ConfigKey<List<Credential>> CREDENTIALS = new ConfigKey<>(
            "replay.credentials",
            CredentialReader.type(),
            List.of(),
            "How sessions log in to the target, by the surrogate of their subject or * for all others.");

    static final ConfigKey<List<String>> NEVER_BIND = new ConfigKey<>(
            "replay.neverBind",
            ConfigType.texts("a list of places as the report's bindings name them, where * stands for any characters"),
            List.of(),
            "Places in requests that keep their recorded value, such as POST /orders body:/note.");

    static final ConfigKey<Duration> CONNECT_TIMEOUT = new ConfigKey<>(
            "replay.connectTimeout",
            ConfigType.duration(),
            Duration.ofSeconds(5),
            "How long a connection to the target, with its TLS handshake, may take.");

    static final ConfigKey<Duration> RESPONSE_TIMEOUT = new ConfigKey<>(
            "replay.responseTimeout",
            ConfigType.duration(),
            Duration.ofSeconds(30),
            "How long the target may be silent; where the recorded answer took longer, twice as long as it took.");

    static final ConfigKey<Long> MAX_RESPONSE = new ConfigKey<>(
            "replay.maxResponse",
            ConfigType.size(),
            16L << 20,
            "The largest response body that is read; a larger one counts as a transport failure.");

    static final ConfigKey<Duration> WAIT_TIMEOUT = new ConfigKey<>(
            "replay.waitTimeout",
            ConfigType.duration(),
            Duration.ofSeconds(60),
            "How long --wait-for waits for the target to come up.");

    static final ConfigKey<Integer> RAMP = new ConfigKey<>(
            "replay.ramp",
            ConfigType.integer(0, 1_000_000),
            5,
            "Answers that each running session must get before the number of sessions doubles; 0 starts with all.");

    static final ConfigKey<Integer> STOP_CONSECUTIVE = new ConfigKey<>(
            "replay.stop.consecutive",
            ConfigType.integer(1, 1_000_000),
            10,
            "So many transport failures, timeouts, 429 or 503 in a row end the run.");

    static final ConfigKey<Integer> STOP_PERCENT = new ConfigKey<>(
            "replay.stop.percent",
            ConfigType.integer(1, 100),
            50,
            "The run ends when this share of the last requests met a transport failure, a timeout, 429 or 503.");

    static final ConfigKey<Integer> STOP_WINDOW = new ConfigKey<>(
            "replay.stop.window",
            ConfigType.integer(1, 1_000_000),
            50,
            "How many of the last requests the share is taken of.");

    static final ConfigKey<Boolean> TLS_VERIFY = new ConfigKey<>(
            "replay.tls.verify",
            ConfigType.bool(),
            true,
            "Whether the certificate of an https target must be valid for its name.");

    static final ConfigKey<String> TLS_CA_FILE = new ConfigKey<>(
            "replay.tls.caFile",
            ConfigType.text("a path to a PEM file, or empty for the Java runtime's authorities"),
            "",
            "Authorities that an https target's certificate may come from.");

    /** All of them. */
    public static final List<ConfigKey<?>> ALL = List.of(
            ALLOW_TARGETS,
            PRODUCTION_HOSTS,
            SAFE_OPERATIONS,
            REWRITE,
            CREDENTIALS,
            NEVER_BIND,
            CONNECT_TIMEOUT,
            RESPONSE_TIMEOUT,
            MAX_RESPONSE,
            WAIT_TIMEOUT,
            RAMP,
            STOP_CONSECUTIVE,
            STOP_PERCENT,
            STOP_WINDOW,
            TLS_VERIFY,
            TLS_CA_FILE);

    private ReplayKeys() {}
}
