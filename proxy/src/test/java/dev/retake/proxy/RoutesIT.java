package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.exchange.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several upstreams behind one sidecar, each with what holds for its routes. */
class RoutesIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    private static final String A = OK + "aa";
    private static final String B = OK + "bb";

    @Test
    void requestsOfOneConnectionGoWhereTheirRoutesLead() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                TestUpstream b = TestUpstream.answering(B);
                TestUpstream rest = TestUpstream.answering(OK + "rr");
                Sidecar sidecar = new Sidecar(rest.url(), config(a, b, """
                        - {host: "*.api.example", path: /orders, upstream: a}
                        - {host: shop.example, upstream: b}
                        """));
                Wire client = sidecar.connect()) {
            assertThat(client.send(get("/orders/7", "x.api.example")).read(A.length()))
                    .isEqualTo(A);
            assertThat(client.send(get("/orders/7", "SHOP.example:80")).read(B.length()))
                    .isEqualTo(B);
            assertThat(client.send(get("/orders/7", "api.example")).read(A.length()))
                    .endsWith("rr");
            client.send(get("/orders", "x.api.example") + get("/", "shop.example") + get("/", "h"));
            assertThat(client.read(3 * A.length())).isEqualTo(A + B + OK + "rr");
            assertThat(List.of(a.connections(), b.connections(), rest.connections()))
                    .containsExactly(1, 1, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/7%2F8;v=1/../x?q=%zz&/../", "/orders/./a//b\\c", "http://h/orders/%7e", "/orders"})
    void whatIsForwardedIsWhatCame(String target) throws IOException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (TestUpstream a = new TestUpstream((wire, n) -> {
                    seen.add(wire.head());
                    wire.send(A);
                });
                Sidecar sidecar = new Sidecar(null, config(a, a, "- {path: /orders, upstream: a}"));
                Wire client = sidecar.connect()) {
            assertThat(client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nX-Odd:  v \r\n\r\n")
                            .read(A.length()))
                    .isEqualTo(A);
            assertThat(seen.remove()).startsWith("GET " + target + " HTTP/1.1\r\nHost: h\r\nX-Odd:  v \r\n");
        }
    }

    /** Answers of the relay's own cost nothing, so that who takes none of them could have it keep them without end. */
    @Test
    void whoTakesNoAnswersGetsNoMore() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                Sidecar sidecar = new Sidecar(null, config(a, a, "- {path: /a, upstream: a}"));
                Wire client = sidecar.connect()) {
            String requests = get("/b", "h").repeat(1_000);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        client.send(requests);
                    }
                } catch (IOException e) {
                    // The sidecar has had enough, as it should.
                }
            });
            await().until(sent::isDone);
            // It is told so with its last answer, and what it sends after that is dropped.
            double answered = refused(sidecar, 404);
            assertThat(answered).isLessThan(200_000);
            assertThat(sidecar.registry.get("retake.relay.memory").gauge().value())
                    .isLessThan(8 << 20);
            String[] answers = client.rest().split("(?=HTTP/1.1 404)");
            assertThat(answers.length).isEqualTo((int) answered);
            assertThat(answers[answers.length - 1]).contains("Connection: close");
            assertThat(answers[answers.length - 2]).doesNotContain("Connection: close");
        }
    }

    @Test
    void whatNoRouteTakesGets404AndTheConnectionGoesOn() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                Sidecar sidecar = new Sidecar(null, config(a, a, "- {path: /a, upstream: a}"));
                Wire client = sidecar.connect()) {
            assertThat(client.send(get("/b", "h")).head()).startsWith("HTTP/1.1 404 Not Found");
            assertThat(client.until(".\n")).contains("no route");
            assertThat(client.send("HEAD /b HTTP/1.1\r\nHost: h\r\n\r\n").head())
                    .startsWith("HTTP/1.1 404")
                    .doesNotContain("close");
            client.send(get("/b", "h") + get("/a", "h"));
            assertThat(client.head()).startsWith("HTTP/1.1 404");
            assertThat(client.until(".\n")).contains("no route");
            assertThat(client.read(A.length())).isEqualTo(A);
            client.send("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.rest()).startsWith("HTTP/1.1 404").contains("Connection: close");
            assertThat(refused(sidecar, 404)).isEqualTo(4);
            assertThat(sidecar.sink.next().outcome()).isEqualTo(Outcome.COMPLETE);
            assertThat(sidecar.sink.left()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/%61", "//a", "/a%2f..%2fb", "/b/..;/a", "/A"})
    void whatCanBeReadAsTwoRoutesIsRefused(String target) throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                TestUpstream b = TestUpstream.answering(B);
                Sidecar sidecar = new Sidecar(b.url(), config(a, b, "- {path: /a, upstream: a}"));
                Wire client = sidecar.connect()) {
            assertThat(client.send(get(target, "h")).rest())
                    .startsWith("HTTP/1.1 400")
                    .contains("routes");
            assertThat(a.connections() + b.connections()).isZero();
            assertThat(refused(sidecar, 400)).isEqualTo(1);
        }
    }

    @Test
    void whoObservesLetsItPassUncaptured() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                TestUpstream b = TestUpstream.answering(B);
                Sidecar sidecar = new Sidecar(
                        b.url(),
                        config(a, b, "- {path: /a, upstream: a}").replace("proxy:", "proxy:\n  observe: true"));
                Wire client = sidecar.connect()) {
            assertThat(client.send(get("//a", "h")).read(A.length())).isEqualTo(A);
            assertThat(client.send(get("/a", "h")).read(A.length())).isEqualTo(A);
            assertThat(sidecar.sink.next().request().head()).startsWith("GET /a ");
            assertThat(sidecar.sink.excluded).hasValue(1);
            assertThat(sidecar.registry
                            .get("retake.messages.would.refuse")
                            .tag("status", "400")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void whoObservesHasNowhereToPassWhatCannotBeReadWithoutADefault() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                Sidecar sidecar = new Sidecar(
                        null, config(a, a, "- {path: /a, upstream: a}").replace("proxy:", "proxy:\n  observe: true"));
                Wire client = sidecar.connect()) {
            assertThat(client.send("GET /a HTTP/1.1\nHost: h\n\n").rest()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aRouteIsCapturedAsItSays() throws IOException {
        String bytes = "x".repeat(5_000);
        String long200 = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + bytes;
        try (TestUpstream a = new TestUpstream((wire, n) -> {
                    while (!wire.head().isEmpty()) {
                        wire.read(5_000);
                        wire.send(long200);
                    }
                });
                Sidecar sidecar = new Sidecar(a.url(), config(a, a, """
                        - {path: /not, upstream: a, capture: {enabled: false}}
                        - {path: /heads, upstream: a, capture: {bodies: false}}
                        - {path: /short, upstream: a, capture: {bodyCap: 1KiB}}
                        """));
                Wire client = sidecar.connect()) {
            for (String path : List.of("/not", "/heads", "/short", "/all")) {
                client.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n" + bytes);
                assertThat(client.read(long200.length())).isEqualTo(long200);
            }
            RecordingSink.Seen heads = sidecar.sink.next();
            assertThat(heads.request().head()).startsWith("POST /heads");
            assertThat(heads.request().body() + heads.response().body()).isEmpty();
            assertThat(heads.request().size()).isEqualTo(5_000);
            assertThat(heads.response().size()).isEqualTo(5_000);
            assertThat(heads.response().truncated()).isFalse();
            RecordingSink.Seen cut = sidecar.sink.next();
            assertThat(cut.request().body()).hasSize(1_024);
            assertThat(cut.response().truncated()).isTrue();
            assertThat(sidecar.sink.next().response().body()).isEqualTo(bytes);
            assertThat(sidecar.sink.excluded).hasValue(1);
            assertThat(sidecar.sink.left()).isZero();
        }
    }

    @Test
    void aRouteHasItsOwnLimits() throws IOException {
        try (TestUpstream a = new TestUpstream((wire, n) -> wire.head());
                TestUpstream silent = new TestUpstream((wire, n) -> wire.rest());
                Sidecar sidecar = new Sidecar(a.url(), config(a, silent, """
                        - {path: /small, upstream: a, requestBody: 10B}
                        - {path: /quick, upstream: b, responseTimeout: 200ms}
                        """))) {
            try (Wire client = sidecar.connect()) {
                client.send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n");
                assertThat(client.rest()).startsWith("HTTP/1.1 413");
            }
            try (Wire client = sidecar.connect()) {
                client.send(
                        "POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n");
                assertThat(client.rest()).startsWith("HTTP/1.1 413");
            }
            try (Wire client = sidecar.connect()) {
                assertThat(client.send(get("/quick", "h")).head()).startsWith("HTTP/1.1 504");
            }
        }
    }

    @Test
    void streamsOfHttp2GoWhereTheirRoutesLead() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                TestUpstream b = TestUpstream.answering(B);
                Sidecar sidecar = new Sidecar(null, config(a, b, """
                        - {path: /a, upstream: a}
                        - {path: /b, upstream: b, capture: {enabled: false}}
                        """));
                Http2Wire client = Http2Wire.connect(sidecar.server.address())) {
            assertThat(client.get(1, "/a/1").answer(1).body).hasToString("aa");
            assertThat(client.get(3, "/b/1").answer(3).body).hasToString("bb");
            assertThat(client.get(5, "/c").answer(5).outcome()).isEqualTo("404");
            assertThat(client.get(7, "/a/../b").answer(7).outcome()).isEqualTo("400");
            assertThat(client.get(9, "/a/2").answer(9).body).hasToString("aa");
            assertThat(sidecar.sink.excluded).hasValue(1);
        }
    }

    @Test
    void pipelinedRequestsThatNoRouteTakesCostNothing() throws IOException {
        try (TestUpstream a = TestUpstream.answering(A);
                Sidecar sidecar = new Sidecar(null, config(a, a, "- {path: /a, upstream: a}"));
                Wire client = sidecar.connect()) {
            client.send(get("/b", "h").repeat(500) + get("/a", "h"));
            client.until("aa");
            await().untilAsserted(() -> assertThat(refused(sidecar, 404)).isEqualTo(500));
        }
    }

    private static String config(TestUpstream a, TestUpstream b, String routes) {
        return """
                proxy:
                  upstreams:
                    a: {urls: ["%s"]}
                    b: {urls: ["%s"]}
                  routes:
                %s
                """.formatted(a.url(), b.url(), routes.strip().indent(4));
    }

    private static String get(String target, String host) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    private static double refused(Sidecar sidecar, int status) {
        return sidecar.registry
                .get("retake.requests.refused")
                .tag("status", Integer.toString(status))
                .counter()
                .count();
    }
}
