package dev.retake.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retake.common.config.Config;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.proxy.capture.CapturePolicy;
import dev.retake.proxy.upstream.HealthSettings;
import dev.retake.proxy.upstream.NamedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of upstreams and routes, and what is said of what cannot. */
class RoutingTest {
    private static final URI ARGUMENT = URI.create("http://127.0.0.1:1");
    private static final RoutePolicy POLICY =
            new RoutePolicy(7, Duration.ofMinutes(10), new CapturePolicy(true, true, 1 << 20));

    @Test
    void oneUpstreamAloneTakesAll() {
        Routing routing = routing("", ARGUMENT);

        assertThat(routing.routes()).hasSize(1);
        assertThat(routing.routes().get(0).takesAll()).isTrue();
        assertThat(routing.routes().get(0).policy()).isEqualTo(POLICY);
        assertThat(routing.urls()).containsExactly(ARGUMENT);
    }

    @Test
    void everythingIsRead() {
        Routing routing = routing("""
                proxy:
                  upstreams:
                    orders:
                      urls: ["http://10.0.0.1:8080", "http://[fd00::1]:8080"]
                      health: {path: "/healthz?deep=1", host: orders.internal, interval: 1s, timeout: 500ms, status: 204,
                               healthyAfter: 1, unhealthyAfter: 9}
                    legacy: {urls: ["https://legacy.internal"], serverName: legacy.example}
                    default: {health: {path: /}}
                  routes:
                    - {host: "*.API.example.com", path: /orders/, upstream: orders, requestBody: 1MiB, responseTimeout: 3s,
                       capture: {bodies: false, bodyCap: 64KiB}}
                    - {path: /legacy, upstream: legacy, capture: {enabled: false}}
                    - {upstream: default}
                """, ARGUMENT);

        NamedUpstream orders = routing.upstreams().get(0);
        assertThat(orders.urls()).hasSize(2);
        assertThat(orders.health())
                .isEqualTo(new HealthSettings(
                        "/healthz?deep=1",
                        "orders.internal",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        204,
                        1,
                        9));
        assertThat(routing.upstreams().get(1).serverName()).isEqualTo("legacy.example");
        assertThat(routing.upstreams().get(2))
                .isEqualTo(new NamedUpstream(
                        "default",
                        List.of(ARGUMENT),
                        null,
                        new HealthSettings("/", null, Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 2, 3)));
        assertThat(routing.routes()).hasSize(3);
        Route first = routing.routes().get(0);
        assertThat(first.host()).hasToString("*.api.example.com");
        assertThat(first.path()).hasToString("/orders");
        assertThat(first.policy())
                .isEqualTo(new RoutePolicy(1 << 20, Duration.ofSeconds(3), new CapturePolicy(true, false, 64 * 1024)));
        assertThat(routing.routes().get(1).policy())
                .isEqualTo(new RoutePolicy(7, Duration.ofMinutes(10), new CapturePolicy(false, true, 1 << 20)));
        assertThat(routing.urls()).hasSize(4);
    }

    @Test
    void withoutADefaultNothingIsImplied() {
        Routing routing = routing(named("- {path: /a, upstream: a}"), null);

        assertThat(routing.routes()).hasSize(1);
        assertThat(routing.routes().get(0).takesAll()).isFalse();
    }

    @Test
    void aNamedDefaultTakesTheRest() {
        Routing routing = routing("proxy: {upstreams: {default: {urls: [\"http://h\"]}}}", null);

        assertThat(routing.routes())
                .singleElement()
                .satisfies(route -> assertThat(route.upstream()).isEqualTo("default"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- {path: /a, upstream: c} | proxy.routes[0] leads to c, which is none of a",
                "- {path: a, upstream: a} | proxy.routes[0].path",
                "- {path: /a/../b, upstream: a} | proxy.routes[0].path",
                "- {path: /a//b, upstream: a} | proxy.routes[0].path",
                "- {path: /a%20b, upstream: a} | proxy.routes[0].path",
                "- {path: '/a;v', upstream: a} | proxy.routes[0].path",
                "- {host: 'h:80', upstream: a} | proxy.routes[0].host",
                "- {host: '*', upstream: a} | proxy.routes[0].host",
                "- {host: 'a.*.b', upstream: a} | proxy.routes[0].host",
                "- {host: '[::g]', upstream: a} | proxy.routes[0].host",
                "- {path: /a} | proxy.routes[0].upstream is missing",
                "- {path: /a, upstream: a, requestBody: 1MB} | proxy.routes[0].requestBody is \"1MB\"; it must be a size",
                "- {path: /a, upstream: a, capture: {bodyCap: 2MiB}} | can only ask for less",
                "- {path: /a, upstream: a, capture: {body: false}} | proxy.routes[0].capture sets body, which is none of enabled",
                "- {path: /a, upstream: a, capture: yes} | must be an entry in braces",
                "- {path: /a, upsteam: a, upstream: a} | proxy.routes[0] sets upsteam, which is none of",
                "- 7 | proxy.routes[0] is 7",
            })
    void aRouteThatCannotBeUsedIsNamed(String routes, String said) {
        assertThatThrownBy(() -> routing(named(routes), null))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {path: /a, upstream: a}\n- {path: /a/b, upstream: a}",
                "- {upstream: a}\n- {host: h, upstream: a}",
                "- {host: '*.h', upstream: a}\n- {host: '*.x.h', path: /a, upstream: a}",
                "- {host: h, path: /a, upstream: a}\n- {host: H, path: /a/, upstream: a}",
            })
    void aRouteThatIsNeverReachedIsRefused(String routes) {
        assertThatThrownBy(() -> routing(named(routes), null))
                .hasMessageContaining("proxy.routes[1] is never reached, since proxy.routes[0] takes all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {path: /a/b, upstream: a}\n- {path: /a, upstream: a}",
                "- {path: /a, upstream: a}\n- {path: /ab, upstream: a}",
                "- {host: '*.h', upstream: a}\n- {host: h, upstream: a}",
                "- {host: '*.x.h', upstream: a}\n- {host: '*.h', upstream: a}",
                "- {host: h, upstream: a}\n- {path: /a, upstream: a}",
            })
    void aRouteBehindANarrowerOneIsFine(String routes) {
        assertThat(routing(named(routes), null).routes()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: {urls: []}} | proxy.upstreams.a.urls",
                "{a: {}} | proxy.upstreams.a.urls is missing",
                "{a: {urls: ['http://h/path']}} | proxy.upstreams.a.urls",
                "{a: {urls: ['ftp://h']}} | proxy.upstreams.a.urls",
                "{a: {urls: ['http://h']}} | No route leads to",
                "{'a b': {urls: ['http://h']}} | has the name \"a b\"",
                "{default: {health: {path: /}}} | proxy.upstreams.default has no urls",
                "{a: {urls: ['http://h'], health: {}}} | proxy.upstreams.a.health.path is missing",
                "{a: {urls: ['http://h'], health: {path: x}}} | proxy.upstreams.a.health.path",
                "{a: {urls: ['http://h'], health: {path: /, status: 99}}} | proxy.upstreams.a.health.status",
                "{a: {urls: ['http://h'], health: {path: /, interval: 1ms}}} | proxy.upstreams.a.health.interval",
                "{a: {urls: ['http://h'], health: {path: /, timeout: 0s}}} | proxy.upstreams.a.health.timeout",
                "{a: {urls: ['http://h'], health: {path: \"/ HTTP/1.1\\r\\nX: y\"}}} | proxy.upstreams.a.health.path",
                "[] | proxy.upstreams",
            })
    void anUpstreamThatCannotBeUsedIsNamed(String upstreams, String said) {
        assertThatThrownBy(() -> routing("proxy: {upstreams: " + upstreams + "}", null))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining(said);
    }

    @Test
    void theDefaultIsSaidOnce() {
        assertThatThrownBy(() -> routing("proxy: {upstreams: {default: {urls: [\"http://h\"]}}}", ARGUMENT))
                .hasMessageContaining("give one of the two");
        assertThatThrownBy(() -> routing("", null))
                .isInstanceOfSatisfying(
                        RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT))
                .hasMessageContaining("--upstream URL");
    }

    private static String named(String routes) {
        return "proxy:\n  upstreams: {a: {urls: [\"http://h\"]}}\n  routes:\n" + routes.indent(4);
    }

    private static Routing routing(String yaml, URI argument) {
        Config config = Config.parse(yaml, "test", RouteKeys.ALL);
        return Routing.of(argument, config.get(RouteKeys.UPSTREAMS), config.get(RouteKeys.ROUTES), POLICY);
    }
}
