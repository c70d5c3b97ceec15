package dev.retake.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.retake.proxy.capture.CapturePolicy;
import dev.retake.proxy.http1.Head;
import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http1.HeadParser;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which route a request takes, and that it takes none where two servers could read two. */
class RouteTableTest {
    private static final RoutePolicy POLICY =
            new RoutePolicy(0, Duration.ofMinutes(1), new CapturePolicy(true, true, 1 << 20));
    private static final RoutePolicy UNCAPTURED =
            new RoutePolicy(0, Duration.ofMinutes(1), new CapturePolicy(false, true, 1 << 20));

    private final RouteTable byPath = new RouteTable(List.of(
            route("", "/orders/private", "orders", UNCAPTURED),
            route("", "/orders", "orders", POLICY),
            route("", "/legacy", "legacy", POLICY),
            route("", "/", "default", POLICY)));

    @ParameterizedTest
    @CsvSource({
        // plain paths, at boundaries of segments
        "/, default",
        "/orders, orders",
        "/orders/, orders",
        "/orders/7, orders",
        "/orders?next=/legacy, orders",
        "/?/orders, default",
        "/ordersX, default",
        "/order, default",
        "/x/orders, default",
        "/legacy/orders/private, legacy",
        "/orders/private, private",
        "/orders/private/, private",
        "/orders/privates, orders",
        "*, default",
        "http://h/orders/7, orders",
        "http://h, default",
        "http://h?/orders, default",
        "HTTP://h/legacy, legacy",
        // parameters of a segment belong to it
        "/orders;v=1, orders",
        "/orders;v=1/private;x, private",
        "/orders/7;jsessionid=0A1, orders",
        "/ordersX;/legacy, default",
        // an encoding that no reading takes for a route's name
        "/caf%C3%A9/orders, default",
        "/orders/a%20b, orders",
        "/orders/100%25, orders",
        "/%6frder, default",
        // what is doubtful behind the segments that decide
        "/orders/7/a%2Fb, orders",
        "/orders/7/../8, UNCLEAR", // back to where private may follow
        "/orders/a%2Fb/../c, UNCLEAR",
        "/legacy/a%2Fb/../c, legacy",
        "/legacy/a%2F../../c, UNCLEAR",
        "/orders/7/x/../y, orders",
        "/legacy/7/../8, legacy",
        "/legacy/7//8, legacy",
        "/legacy/a%2Fb%2fc, legacy",
        "/legacy/./x, legacy",
        "/legacy/%2e/x, legacy",
        "/legacy/\\x, legacy",
        "/static/img/../x.png, default",
        // dot segments, written in all the ways that some server undoes
        "/orders/../admin, UNCLEAR",
        "/orders/%2e%2e/admin, UNCLEAR",
        "/orders/.%2E/admin, UNCLEAR",
        "/orders/%252e%252e/admin, UNCLEAR",
        "/orders/%25252e%25252e/admin, UNCLEAR",
        "/orders/..;/admin, UNCLEAR",
        "/orders/..;a=b/admin, UNCLEAR",
        "/orders/..%3b/admin, UNCLEAR",
        "/orders/..%2fadmin, UNCLEAR",
        "/orders/x%2f..%2f..%2fadmin, UNCLEAR",
        "/orders\\..\\admin, UNCLEAR",
        "/orders%5c..%5cadmin, UNCLEAR",
        "/orders/..%5cadmin, UNCLEAR",
        "/legacy/x/../../orders, UNCLEAR",
        "/x/../orders, UNCLEAR",
        "/../orders, UNCLEAR",
        "/./orders, UNCLEAR",
        "/legacy/.../x, UNCLEAR",
        "/legacy/..%20/x, UNCLEAR",
        "/legacy/%c0%ae%c0%ae/orders, UNCLEAR",
        "/legacy/%e0%80%ae./orders, UNCLEAR",
        "/legacy/%f0%80%80%ae./orders, UNCLEAR",
        "/legacy/%u002e%u002e/orders, UNCLEAR",
        "/legacy/%25u002e%25u002e/orders, UNCLEAR",
        "/legacy/;x/../../orders, UNCLEAR",
        // empty segments, and a host in the place of one
        "//orders, UNCLEAR",
        "///orders, UNCLEAR",
        "//legacy/orders, UNCLEAR",
        "/orders//private, UNCLEAR",
        "http://h//orders, UNCLEAR",
        "/;x/orders, UNCLEAR",
        // names by another spelling
        "/%6frders, UNCLEAR",
        "/%256frders, UNCLEAR",
        "/%6Frders/private, UNCLEAR",
        "/orders/%70rivate, UNCLEAR",
        "/Orders, UNCLEAR",
        "/orders/PRIVATE, UNCLEAR",
        // ends of the path that only some see
        "/orders%2fprivate, UNCLEAR",
        "/orders%2Fx, UNCLEAR",
        "/orders%3fx, UNCLEAR",
        "/orders%23x, UNCLEAR",
        "/orders%00, UNCLEAR",
        "/orders%0a, UNCLEAR",
        "/orders%3bx, UNCLEAR",
        "/%zz/orders, UNCLEAR",
        "/orders/private%00.txt, UNCLEAR",
        "/orders/x/..%00/private, UNCLEAR",
    })
    void findsByPath(String target, String expected) {
        String name = expected.equals("private") ? "orders" : expected;
        int found = byPath.find(head("GET " + target + " HTTP/1.1", "Host: h"));

        assertThat(shown(found, "orders", "orders", "legacy", "default")).isEqualTo(name);
        if (expected.equals("private")) {
            assertThat(found).isZero();
        } else if (expected.equals("orders")) {
            assertThat(found).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.api.example.com, sub",
        "A.API.Example.COM:8443, sub",
        "b.a.api.example.com, sub",
        "api.example.com, api",
        "API.example.com:80, api",
        "api.example.com:, api",
        "xapi.example.com, rest",
        ".api.example.com, rest",
        "example.com, rest",
        "api.example.com.evil.example, rest",
        "'[::1]', six",
        "'[::1]:8080', six",
        "'[0:0:0:0:0:0:0:1]', six",
        "'[::2]', rest",
        "10.0.0.1, rest",
        "'', rest",
        "api.example.com., UNCLEAR",
        "a%2eapi.example.com, UNCLEAR",
        "api.example.com:x, UNCLEAR",
        "api.example.com:80:80, UNCLEAR",
        "'[::1', UNCLEAR",
        "'[::1]x', UNCLEAR",
        "'::1', UNCLEAR",
        "api.example.com;x, UNCLEAR",
    })
    void findsByHost(String host, String expected) {
        RouteTable byHost = new RouteTable(List.of(
                route("*.api.example.com", "", "sub", POLICY),
                route("api.example.com", "", "api", POLICY),
                route("[::1]", "", "six", POLICY),
                route("", "", "rest", POLICY)));

        assertThat(shown(byHost.find(head("GET / HTTP/1.1", "Host: " + host)), "sub", "api", "six", "rest"))
                .isEqualTo(expected);
    }

    @Test
    void theHostOfATargetIsThatOfHost() {
        RouteTable byHost = new RouteTable(List.of(route("a.example", "", "a", POLICY), route("", "", "rest", POLICY)));

        assertThat(byHost.find(head("GET http://a.example/ HTTP/1.1", "Host: a.example")))
                .isZero();
        assertThat(byHost.find(head("GET / HTTP/1.0"))).isOne();
        assertThat(byHost.find(head("GET http://a.example/ HTTP/1.0"))).isLessThan(RouteTable.NONE);
    }

    @Test
    void whatNoRouteTakesHasNone() {
        RouteTable table = new RouteTable(List.of(route("", "/orders", "orders", POLICY)));

        assertThat(table.find(head("GET / HTTP/1.1", "Host: h"))).isEqualTo(RouteTable.NONE);
        assertThat(table.find(head("OPTIONS * HTTP/1.1", "Host: h"))).isEqualTo(RouteTable.NONE);
        assertThat(table.find(head("GET /x/%2e%2e/orders HTTP/1.1", "Host: h"))).isLessThan(RouteTable.NONE);
        assertThat(RouteTable.candidate(table.find(head("GET //orders HTTP/1.1", "Host: h"))))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//orders", "/%6frders", "/x/../orders", "/ORDERS", "/orders%2fx"})
    void whatIsDoubtfulPassesWhereItMakesNoDifference(String target) {
        RouteTable alike = new RouteTable(List.of(
                route("", "/orders", "one", POLICY), route("h", "", "one", POLICY), route("", "", "two", POLICY)));

        assertThat(alike.find(head("GET " + target + " HTTP/1.1", "Host: h"))).isZero();
        assertThat(alike.find(head("GET " + target + " HTTP/1.1", "Host: other")))
                .isLessThan(RouteTable.NONE);
    }

    @Test
    void theFirstRouteThatTakesARequestHasIt() {
        RouteTable table = new RouteTable(List.of(
                route("h", "/a/b", "one", POLICY),
                route("h", "/a", "two", POLICY),
                route("", "/a/b/c", "three", POLICY)));

        assertThat(table.find(head("GET /a/b/c HTTP/1.1", "Host: h"))).isZero();
        assertThat(table.find(head("GET /a/c HTTP/1.1", "Host: h"))).isEqualTo(1);
        assertThat(table.find(head("GET /a/b/c HTTP/1.1", "Host: x"))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/7?x=1", "/x/../orders", "/%6frders", "/somewhere/else/a%2fb"})
    void aDecisionAllocatesNothing(String target) {
        RouteTable table = new RouteTable(List.of(
                route("*.api.example", "/orders", "a", POLICY),
                route("h.example", "/a/b/c", "b", POLICY),
                route("", "/orders", "c", POLICY),
                route("", "", "d", POLICY)));
        Head head = head("GET " + target + " HTTP/1.1", "Host: h.example:80");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 100_000;
        for (int i = 0; i < rounds; i++) {
            table.find(head);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            table.find(head);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(rounds);
    }

    private static String shown(int found, String... names) {
        return found < RouteTable.NONE ? "UNCLEAR" : names[found];
    }

    private static Route route(String host, String path, String upstream, RoutePolicy policy) {
        return new Route(
                host.isEmpty() ? HostPattern.ANY : HostPattern.of(host),
                path.isEmpty() ? PathPrefix.ANY : PathPrefix.of(path),
                upstream,
                policy);
    }

    private static Head head(String... lines) {
        HeadParser parser = new HeadParser(new HeadLimits(8_192, 65_536, 100));
        byte[] bytes = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.request(Unpooled.wrappedBuffer(bytes))).as(lines[0]).isEqualTo(HeadParser.Result.ACCEPTED);
        return parser.head();
    }
}
