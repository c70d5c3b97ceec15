package dev.retake.pipeline.session;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The settings of sessions. */
public final class SessionKeys {
    static final ConfigKey<List<IdentitySource>> IDENTITY = new ConfigKey<>(
            "recorder.session.identity",
            new ConfigType<>(IdentitySource.ALLOWED, "array", SessionKeys::sources, SessionKeys::written),
            List.of(
                    IdentitySource.of(IdentitySource.Kind.COOKIES),
                    IdentitySource.of(IdentitySource.Kind.BEARER),
                    IdentitySource.of(IdentitySource.Kind.CONNECTION)),
            "Where the identity of a session is looked for, in this order.");
    static final ConfigKey<TrustedHopList> TRUSTED_HOPS = new ConfigKey<>(
            "recorder.session.trustedHops",
            new ConfigType<>(
                    "a list of addresses and CIDR blocks, as 10.0.0.0/8",
                    "array",
                    SessionKeys::hops,
                    list -> "["
                            + String.join(
                                    ", ",
                                    list.blocks().stream()
                                            .map(SessionKeys::quoted)
                                            .toList()) + "]"),
            new TrustedHopList(List.of(), TrustedHops.NONE),
            "Proxies in front of this one whose X-Forwarded-For names the client.");
    public static final ConfigKey<Duration> IDLE_TIMEOUT = new ConfigKey<>(
            "recorder.session.idleTimeout",
            ConfigType.duration(),
            Duration.ofMinutes(30),
            "A session without an exchange for so long is closed.");
    public static final ConfigKey<Integer> MAX_OPEN = new ConfigKey<>(
            "recorder.session.maxOpen",
            ConfigType.integer(1, 1_000_000),
            50_000,
            "Open sessions at most; past it the one that has been idle longest is closed. Each takes up to 1 KiB.");
    public static final ConfigKey<Duration> RESUME_AFTER = new ConfigKey<>(
            "recorder.session.resumeAfter",
            ConfigType.duration(),
            Duration.ofSeconds(5),
            "How long a session of which an exchange was dropped is not captured; what follows is a session of its own, "
                    + "incomplete too.");

    public static final List<ConfigKey<?>> ALL = List.of(IDENTITY, TRUSTED_HOPS, IDLE_TIMEOUT, MAX_OPEN, RESUME_AFTER);

    private SessionKeys() {}

    /** Trusted hops beside the text that they were read from. */
    record TrustedHopList(List<String> blocks, TrustedHops hops) {}

    private static List<IdentitySource> sources(JsonNode node) {
        List<IdentitySource> sources =
                texts(node).stream().map(IdentitySource::parse).toList();
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("at least one source is needed");
        }
        return sources;
    }

    private static String written(List<IdentitySource> sources) {
        return "["
                + String.join(
                        ", ",
                        sources.stream().map(source -> quoted(source.text())).toList()) + "]";
    }

    private static TrustedHopList hops(JsonNode node) {
        List<String> blocks = texts(node);
        return new TrustedHopList(blocks, TrustedHops.parse(blocks));
    }

    private static List<String> texts(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("not a list");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isString()) {
                throw new IllegalArgumentException("not a text");
            }
            texts.add(item.asString());
        }
        return List.copyOf(texts);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
