package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.exchange.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream of several addresses: all are used, and one that fails costs nobody an answer. */
class UpstreamsIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void exchangesGoWhereThereIsLeastToDo() throws IOException {
        try (TestUpstream busy = new TestUpstream((wire, n) -> wire.rest());
                TestUpstream free = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar("", busy.port(), free.port())) {
            Wire[] waiting = {sidecar.connect(), sidecar.connect()};
            for (Wire wire : waiting) {
                wire.send(GET);
            }
            await().until(() -> busy.connections() == 1 || free.connections() == 2);
            try (Wire client = sidecar.connect()) {
                for (int i = 0; i < 20; i++) {
                    assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
                }
            }
            assertThat(busy.connections()).isLessThanOrEqualTo(2);
            for (Wire wire : waiting) {
                wire.close();
            }
        }
    }

    @Test
    void addressesWithTheSameToDoTakeTurns() throws IOException {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        try (TestUpstream a = counting(first);
                TestUpstream b = counting(second);
                Sidecar sidecar = sidecar("", a.port(), b.port());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 40; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
            assertThat(first).hasValue(20);
            assertThat(second).hasValue(20);
            assertThat(addresses(sidecar, "healthy")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, POST})
    void oneThatTakesNoConnectionIsPassedOver(String request) throws IOException {
        try (TestUpstream up = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar("", deadPort(), up.port(), deadPort());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(request.replace("Content-Length: 2\r\n\r\nhi", "\r\n"))
                                .read(OK.length()))
                        .isEqualTo(OK);
            }
            assertThat(up.connections()).isEqualTo(1);
            assertThat(addresses(sidecar, "unhealthy")).isEqualTo(2);
            assertThat(sidecar.registry.find("retake.upstream.failures").counter())
                    .isNull();
        }
    }

    @Test
    void whereAllAreDeadTheClientIsTold() throws IOException {
        try (Sidecar sidecar = sidecar("", deadPort(), deadPort());
                Wire client = sidecar.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            client.until(".\n");
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502");
            assertThat(addresses(sidecar, "healthy")).isZero();
        }
    }

    @Test
    void oneThatComesBackIsUsedAgain() throws IOException {
        int port = deadPort();
        AtomicInteger back = new AtomicInteger();
        try (TestUpstream up = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar("", port, up.port());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 4; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
            assertThat(addresses(sidecar, "unhealthy")).isEqualTo(1);
            try (TestUpstream returned =
                    new TestUpstream(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), (wire, n) -> {
                        while (!wire.head().isEmpty()) {
                            back.incrementAndGet();
                            wire.send(OK);
                        }
                    })) {
                await().untilAsserted(() -> {
                    assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
                    assertThat(back).hasPositiveValue();
                });
                assertThat(returned.connections()).isPositive();
                assertThat(addresses(sidecar, "healthy")).isEqualTo(2);
            }
        }
    }

    @Test
    void anIdempotentRequestThatOneBreaksOffIsAnsweredByTheOther() throws IOException {
        try (TestUpstream breaking = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.reset();
                });
                TestUpstream up = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar("", breaking.port(), up.port());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
            assertThat(breaking.connections()).isEqualTo(5); // after five in a row it is left alone
            assertThat(addresses(sidecar, "unhealthy")).isEqualTo(1);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
        }
    }

    @Test
    void aRequestThatMustNotBeSentTwiceIsNot() throws IOException {
        AtomicInteger posts = new AtomicInteger();
        try (TestUpstream breaking = new TestUpstream((wire, n) -> {
                    posts.addAndGet(wire.head().isEmpty() ? 0 : 1);
                    wire.reset();
                });
                TestUpstream other = new TestUpstream((wire, n) -> {
                    posts.addAndGet(wire.head().isEmpty() ? 0 : 1);
                    wire.reset();
                });
                Sidecar sidecar = sidecar("", breaking.port(), other.port());
                Wire client = sidecar.connect()) {
            assertThat(client.send(POST).head()).startsWith("HTTP/1.1 502");
            assertThat(posts).hasValue(1);
        }
    }

    @Test
    void whatTheApplicationAnswersIsNoFailureOfItsAddress() throws IOException {
        String failing = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\nno";
        try (TestUpstream a = TestUpstream.answering(failing);
                TestUpstream b = TestUpstream.answering(failing);
                Sidecar sidecar = sidecar("", a.port(), b.port());
                Wire client = sidecar.connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(GET).read(failing.length())).isEqualTo(failing);
            }
            assertThat(addresses(sidecar, "healthy")).isEqualTo(2);
        }
    }

    @Test
    void oneThatAnswersItsChecksBadlyIsLeftOutUntilItAnswersWell() throws IOException {
        AtomicBoolean well = new AtomicBoolean(true);
        AtomicInteger served = new AtomicInteger();
        AtomicInteger checks = new AtomicInteger();
        TestUpstream.Play play = (wire, n) -> {
            String head = wire.head();
            while (!head.isEmpty()) {
                boolean check = head.startsWith("GET /health?x HTTP/1.1\r\nHost: app.internal\r\n");
                (check ? checks : served).incrementAndGet();
                wire.send(check && !well.get() ? OK.replace("200 OK", "500 No") : OK);
                head = wire.head();
            }
        };
        try (TestUpstream checked = new TestUpstream(play);
                TestUpstream up = TestUpstream.answering(OK);
                Sidecar sidecar = sidecar(
                        "health: {path: /health?x, host: app.internal, interval: 100ms, unhealthyAfter: 2, healthyAfter: 2}",
                        checked.port(),
                        up.port());
                Wire client = sidecar.connect()) {
            await().until(() -> checks.get() > 0);
            assertThat(addresses(sidecar, "healthy")).isEqualTo(2);
            well.set(false);
            await().until(() -> addresses(sidecar, "unhealthy") == 1);
            served.set(0);
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
            assertThat(served).hasValue(0);
            well.set(true);
            await().until(() -> addresses(sidecar, "unhealthy") == 0);
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
            }
            assertThat(served).hasValue(5);
            for (int i = 0; i < 20; i++) {
                assertThat(sidecar.sink.next().request().head()).startsWith("GET / ");
            }
            assertThat(sidecar.sink.left()).isZero();
            assertThat(counted(sidecar, "passed")).isPositive();
            assertThat(counted(sidecar, "failed")).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // says nothing, and leaves
                "garbage\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 No\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"
            })
    void checksNeverStopTrafficByThemselves(String answer) throws IOException {
        try (TestUpstream only = new TestUpstream((wire, n) -> {
                    String head = wire.head();
                    while (!head.isEmpty() && !head.startsWith("GET /health")) {
                        wire.send(OK);
                        head = wire.head();
                    }
                    wire.send(answer);
                });
                Sidecar sidecar = sidecar(
                        "health: {path: /health, interval: 100ms, timeout: 1s, unhealthyAfter: 1}", only.port());
                Wire client = sidecar.connect()) {
            await().until(() -> addresses(sidecar, "unhealthy") == 1);
            assertThat(client.send(GET).read(OK.length())).isEqualTo(OK);
        }
    }

    @Test
    void aCheckThatHangsEndsInItsTime() throws IOException {
        try (TestUpstream hanging = new TestUpstream((wire, n) -> wire.rest());
                Sidecar sidecar = sidecar(
                        "health: {path: /, interval: 100ms, timeout: 100ms, unhealthyAfter: 3}", hanging.port())) {
            await().atMost(Duration.ofSeconds(10)).until(() -> addresses(sidecar, "unhealthy") == 1);
            assertThat(counted(sidecar, "failed")).isGreaterThanOrEqualTo(3);
        }
    }

    private static TestUpstream counting(AtomicInteger count) throws IOException {
        return new TestUpstream((wire, n) -> {
            while (!wire.head().isEmpty()) {
                count.incrementAndGet();
                wire.send(OK);
            }
        });
    }

    private static Sidecar sidecar(String more, int... ports) {
        String urls = Arrays.stream(ports)
                .mapToObj(port -> "\"http://127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return new Sidecar(
                null,
                "proxy: {threads: 1, upstreams: {default: {urls: [" + urls + "]" + (more.isEmpty() ? "" : ", " + more)
                        + "}}}");
    }

    private static int deadPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static double addresses(Sidecar sidecar, String state) {
        return sidecar.registry
                .get("retake.upstream.addresses")
                .tag("upstream", "default")
                .tag("state", state)
                .gauge()
                .value();
    }

    private static double counted(Sidecar sidecar, String result) {
        return sidecar.registry
                .get("retake.upstream.health.checks")
                .tag("upstream", "default")
                .tag("result", result)
                .counter()
                .count();
    }
}
