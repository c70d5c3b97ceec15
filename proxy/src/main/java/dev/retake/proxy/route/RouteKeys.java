package dev.retake.proxy.route;

import dev.retake.common.config.ConfigEntry;
import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.proxy.upstream.HealthSettings;
import dev.retake.proxy.upstream.NamedUpstream;
import dev.retake.proxy.upstream.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Upstreams and routes as they stand in the configuration file. */
public final class RouteKeys {
    private static final String UPSTREAMS_PATH = "proxy.upstreams";
    private static final String ROUTES_PATH = "proxy.routes";
    private static final int MAX_ROUTES = 1_000;

    public static final ConfigKey<List<NamedUpstream>> UPSTREAMS = new ConfigKey<>(
            UPSTREAMS_PATH,
            new ConfigType<>(
                    "names with {urls: [URL], serverName: NAME, health: {path: /PATH, host: NAME, interval: 5s, timeout: 2s,"
                            + " status: 2xx, healthyAfter: 2, unhealthyAfter: 3}}, all but urls optional",
                    "object",
                    RouteKeys::upstreams,
                    upstreams -> "{}"),
            List.of(),
            "Further upstreams, for proxy.routes to name; default is what --upstream says, and urls are left out for it.");

    public static final ConfigKey<List<RouteEntry>> ROUTES = new ConfigKey<>(
            ROUTES_PATH,
            new ConfigType<>(
                    "a list of {host: NAME or *.NAME, path: /PREFIX, upstream: NAME, requestBody: 1MiB, responseTimeout: 30s,"
                            + " capture: {enabled: true, bodies: true, bodyCap: 64KiB}}, all but upstream optional",
                    "array",
                    RouteKeys::routes,
                    routes -> "[]"),
            List.of(),
            "Which requests go to which upstream, the first that takes host and path; what none takes goes to default, or"
                    + " gets 404 where there is none.");

    /** Every key of this feature. */
    public static final List<ConfigKey<?>> ALL = List.of(UPSTREAMS, ROUTES);

    private static final ConfigType<List<URI>> URLS = new ConfigType<>(
            "a list of URLs like http://10.0.0.1:8080, https://host or unix:/run/app.sock",
            "array",
            RouteKeys::urls,
            List::toString);
    private static final ConfigType<HostPattern> HOST = parsed(
            "a host name without port, as shop.example.com or *.example.com, or an IPv6 address in brackets",
            HostPattern::of);
    private static final ConfigType<PathPrefix> PATH = parsed(
            "a path as /orders, of letters, digits and punctuation that is never encoded, without . and ..",
            PathPrefix::of);
    private static final ConfigType<String> HEALTH_PATH = matching("a path, as /healthz", "/[!-~]*");
    private static final ConfigType<String> NAME =
            matching("a name of letters, digits, - and _", "[A-Za-z0-9_-]{1,64}");
    private static final ConfigType<String> HOST_FIELD = matching("a host, as app.internal", "[A-Za-z0-9.:_\\[\\]-]+");
    private static final ConfigType<Integer> STATUS =
            parsed("a status as 200, or 2xx for any of 200 to 299", RouteKeys::status);
    private static final ConfigType<Integer> COUNT = ConfigType.integer(1, 100);

    private RouteKeys() {}

    private static List<NamedUpstream> upstreams(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException();
        }
        List<NamedUpstream> upstreams = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = member.getKey();
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        UPSTREAMS_PATH + " has the name \"" + name + "\"; it must be " + NAME.allowed() + ".");
            }
            upstreams.add(upstream(name, new ConfigEntry(UPSTREAMS_PATH + "." + name, member.getValue())));
        }
        return List.copyOf(upstreams);
    }

    private static NamedUpstream upstream(String name, ConfigEntry entry) {
        boolean isDefault = name.equals(NamedUpstream.DEFAULT);
        List<URI> urls = isDefault ? entry.get("urls", URLS, List.of()) : entry.require("urls", URLS);
        String serverName = entry.find("serverName", HOST_FIELD);
        ConfigEntry health = entry.entry("health");
        entry.end();
        return new NamedUpstream(name, urls, serverName, health == null ? null : health(health));
    }

    private static HealthSettings health(ConfigEntry entry) {
        HealthSettings health = new HealthSettings(
                entry.require("path", HEALTH_PATH),
                entry.find("host", HOST_FIELD),
                entry.get("interval", ConfigType.duration(), Duration.ofSeconds(5)),
                entry.get("timeout", ConfigType.duration(), Duration.ofSeconds(2)),
                entry.get("status", STATUS, 2),
                entry.get("healthyAfter", COUNT, 2),
                entry.get("unhealthyAfter", COUNT, 3));
        entry.end();
        if (health.interval().toMillis() < 100) {
            throw entry.wrong("interval", "100ms or more", null);
        }
        if (health.timeout().isZero()) {
            throw entry.wrong("timeout", "more than 0s", null);
        }
        return health;
    }

    private static List<URI> urls(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw new IllegalArgumentException();
        }
        List<URI> urls = new ArrayList<>();
        for (JsonNode item : node) {
            URI url = URI.create(item.isString() ? item.asString() : "");
            try {
                Origin.of(url);
            } catch (RetakeException e) {
                throw new IllegalArgumentException(e);
            }
            urls.add(url);
        }
        return List.copyOf(urls);
    }

    private static List<RouteEntry> routes(JsonNode node) {
        if (node.size() > MAX_ROUTES) {
            throw new RetakeException(
                    ErrorCode.CONFIGURATION,
                    ROUTES_PATH + " has " + node.size() + " routes; there may be " + MAX_ROUTES + ".");
        }
        List<RouteEntry> routes = new ArrayList<>();
        for (ConfigEntry entry : ConfigEntry.list(ROUTES_PATH, node)) {
            routes.add(route(entry));
        }
        return List.copyOf(routes);
    }

    private static RouteEntry route(ConfigEntry entry) {
        ConfigEntry capture = entry.entry("capture");
        RouteEntry route = new RouteEntry(
                entry.path(),
                entry.get("host", HOST, HostPattern.ANY),
                entry.get("path", PATH, PathPrefix.ANY),
                entry.require("upstream", NAME),
                entry.find("requestBody", ConfigType.size()),
                entry.find("responseTimeout", ConfigType.duration()),
                capture == null || capture.get("enabled", ConfigType.bool(), true),
                capture == null || capture.get("bodies", ConfigType.bool(), true),
                capture == null ? null : capture.find("bodyCap", ConfigType.size()));
        entry.end();
        if (capture != null) {
            capture.end();
        }
        return route;
    }

    private static int status(String text) {
        if (text.matches("[1-5]xx")) {
            return text.charAt(0) - '0';
        }
        if (!text.matches("[1-5][0-9][0-9]")) {
            throw new IllegalArgumentException();
        }
        return Integer.parseInt(text);
    }

    private static ConfigType<String> matching(String allowed, String pattern) {
        return parsed(allowed, text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    private static <T> ConfigType<T> parsed(String allowed, Function<String, T> reader) {
        return new ConfigType<>(
                allowed,
                "string",
                node -> {
                    if (!node.isString() && !node.isInt()) {
                        throw new IllegalArgumentException();
                    }
                    return reader.apply(node.asString());
                },
                String::valueOf);
    }
}
