package dev.retake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Withheld;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RecorderTest extends RecorderFixture {
    @Test
    void recordsWhatItIsGivenAndAccountsForAll() {
        start("{}", List.of("http://127.0.0.1:8080"));
        recorder.completed(exchange(1, 2, "GET /b HTTP/1.1\nHost: a"));
        recorder.completed(exchange(1, 1, "POST /a HTTP/1.1\nHost: a\nContent-Type: text/plain\n\nhello"));
        recorder.completed(exchange(2, 3, "GET /c HTTP/1.1\nHost: a"));
        recorder.excluded();
        recorder.close(DEADLINE);

        List<Exchange> recorded = store.exchanges();
        assertThat(recorded).extracting(e -> e.request().target()).containsExactlyInAnyOrder("/a", "/b", "/c");
        assertThat(recorded).extracting(Exchange::sequence).containsExactlyInAnyOrder(1, 2, 1);
        Exchange posted = recorded.stream()
                .filter(e -> e.request().target().equals("/a"))
                .findFirst()
                .orElseThrow();
        assertThat(text(posted.request().body())).isEqualTo("hello");
        assertThat(posted.policyVersion()).isPositive();
        assertThat(store.forwarded.get()).isEqualTo(4);
        assertThat(store.accounted()).isEqualTo(4);
        assertThat(store.upstreams).containsExactly("http://127.0.0.1:8080");
        assertThat(store.sessions()).hasSize(2).allSatisfy((id, update) -> {
            assertThat(update.closed()).isTrue();
            assertThat(update.complete()).isTrue();
        });
        assertThat(store.closed).isTrue();
        System.gc();
        assertThat(meters.get("retake.exchanges.captured").functionCounter().count())
                .as("a registry holds what it counts weakly")
                .isEqualTo(3);
    }

    @Test
    void withinABatchTheOrderOfAcceptanceCounts() {
        CountDownLatch mayOpen = new CountDownLatch(1);
        start("{}", () -> {
            awaitUninterruptibly(mayOpen);
            return store;
        });
        for (int i : new int[] {3, 1, 4, 2, 5}) {
            recorder.completed(exchange(1, i, "GET /" + i + " HTTP/1.1\nHost: a"));
        }
        mayOpen.countDown();
        recorder.close(DEADLINE);

        assertThat(store.exchanges())
                .extracting(e -> e.sequence() + e.request().target())
                .containsExactly("1/1", "2/2", "3/3", "4/4", "5/5");
        assertThat(store.forwarded.get()).isEqualTo(5);
    }

    @Test
    void largeBodiesAreWrittenFewAtATime() {
        CountDownLatch mayOpen = new CountDownLatch(1);
        start("{}", () -> {
            awaitUninterruptibly(mayOpen);
            return store;
        });
        String page = "HTTP/1.1 200 OK\nContent-Type: text/plain\n\n" + "a line ".repeat(16_000);
        for (int i = 0; i < 64; i++) {
            recorder.completed(captures.exchange(i, START + i, "GET / HTTP/1.1\nHost: a", page));
        }
        mayOpen.countDown();
        recorder.close(DEADLINE);

        assertThat(store.exchanges()).hasSize(64);
        assertThat(store.batches)
                .allSatisfy(batch -> assertThat(batch.exchanges().stream()
                                .mapToInt(exchange ->
                                        exchange.exchange().response().body().bytes().length)
                                .sum())
                        .as("bytes held by one batch")
                        .isLessThan(5 << 19));
    }

    @Test
    void beforeTheJournalIsOpenOnlyWhatFindsNoRoomIsDropped() {
        CountDownLatch mayOpen = new CountDownLatch(1);
        start("{queue: 16}", () -> {
            awaitUninterruptibly(mayOpen);
            return store;
        });
        for (int i = 0; i < 20; i++) {
            recorder.completed(exchange(i, i, "GET / HTTP/1.1\nHost: a"));
        }
        mayOpen.countDown();
        recorder.close(DEADLINE);

        assertThat(store.exchanges()).hasSize(16);
        assertThat(store.dropped(DropReason.STARTING)).isEqualTo(4);
        assertThat(store.forwarded.get()).isEqualTo(20);
    }

    @Test
    void aJournalThatCannotBeOpenedIsSaidAndNothingIsKept() {
        start("{}", () -> {
            throw new RetakeException(ErrorCode.LOCKED, "It is locked; stop the other one.");
        });

        assertThatThrownBy(() -> recorder.opened().get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("It is locked; stop the other one.");
        recorder.completed(exchange(1, 1, "GET / HTTP/1.1\nHost: a"));
        assertThat(recorder.budget().used()).isZero();
        assertThat(dropped(DropReason.STOPPING) + dropped(DropReason.JOURNAL)).isEqualTo(1);
    }

    @Test
    void aFullQueueDropsCountsAndMarksTheSession() {
        start("{queue: 16, batchSize: 1}", List.of());
        store.mayAppend.drainPermits();
        for (int i = 0; i < 100; i++) {
            recorder.completed(exchange(1, i, "GET /" + i + " HTTP/1.1\nHost: a"));
        }
        assertThat(dropped(DropReason.QUEUE)).isGreaterThanOrEqualTo(82);
        store.mayAppend.release(Integer.MAX_VALUE);
        recorder.close(DEADLINE);

        assertThat(store.accounted()).isEqualTo(100);
        String session = store.exchanges().get(0).session();
        assertThat(store.sessions().get(session).complete()).isFalse();
    }

    @Test
    void whatTheProxyDropsMarksItsSessionAndStopsItsCapture() {
        start("{}", List.of());
        recorder.completed(exchange(1, 1, "GET /1 HTTP/1.1\nHost: a"));
        await().atMost(DEADLINE).until(() -> store.exchanges().size() == 1);
        await().atMost(DEADLINE)
                .until(() -> meters.get("retake.sessions.open").gauge().value() == 1);
        recorder.dropped(DropReason.BUDGET, exchange(1, 2, "GET /2 HTTP/1.1\nHost: a"));
        await().atMost(DEADLINE).until(() -> store.dropped(DropReason.BUDGET) == 1);
        recorder.completed(exchange(1, 3, "GET /3 HTTP/1.1\nHost: a"));
        recorder.completed(exchange(2, 3, "GET /3 HTTP/1.1\nHost: a"));
        recorder.close(DEADLINE);

        assertThat(store.exchanges()).hasSize(2);
        assertThat(store.dropped(DropReason.SESSION_INCOMPLETE)).isEqualTo(1);
        assertThat(store.sessions().get(store.exchanges().get(0).session()).complete())
                .isFalse();
        assertThat(store.sessions().get(store.exchanges().get(1).session()).complete())
                .isTrue();
        assertThat(store.accounted()).isEqualTo(store.forwarded.get()).isEqualTo(4);
    }

    @Test
    void aDropOfWhichNothingIsKnownMakesEveryOpenSessionIncomplete() {
        start("{}", List.of());
        recorder.completed(exchange(1, 1, "GET /1 HTTP/1.1\nHost: a"));
        await().atMost(DEADLINE).until(() -> store.exchanges().size() == 1);
        recorder.dropped(DropReason.LAG, new RawExchange(recorder.budget(), 2, "127.0.0.1", START + 2));
        recorder.close(DEADLINE);

        assertThat(store.sessions().get(store.exchanges().get(0).session()).complete())
                .isFalse();
    }

    @Test
    void oneBatchIsMadeWhileAnotherIsWritten() {
        store.mayAppend.drainPermits();
        AtomicInteger sanitized = new AtomicInteger();
        Sanitizer sanitizer = Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS);
        start("{batchSize: 1}", () -> store, raw -> {
            sanitized.incrementAndGet();
            return sanitizer.sanitize(raw);
        });
        for (int i = 1; i <= 3; i++) {
            recorder.completed(exchange(1, i, "GET /" + i + " HTTP/1.1\nHost: a"));
        }

        // The first is being written and the second ready; the third waits until the first is there.
        await().atMost(DEADLINE).until(() -> sanitized.get() == 2);
        assertThat(store.batches).isEmpty();
        store.mayAppend.release(Integer.MAX_VALUE);
        recorder.close(DEADLINE);
        assertThat(store.exchanges()).extracting(Exchange::sequence).containsExactly(1, 2, 3);
        assertThat(store.accounted()).isEqualTo(3);
    }

    @Test
    void aFaultWhileABatchIsHandedOnCostsThatBatchAlone() {
        store.faulty = true;
        start("{}", List.of("http://127.0.0.1:8080"));
        recorder.completed(exchange(1, 1, "GET /lost HTTP/1.1\nHost: a"));
        await().atMost(DEADLINE).until(() -> !store.faulty);
        recorder.completed(exchange(2, 2, "GET /kept HTTP/1.1\nHost: b"));
        recorder.close(DEADLINE);

        assertThat(store.exchanges()).extracting(e -> e.request().target()).contains("/kept");
        assertThat(store.upstreams).containsExactly("http://127.0.0.1:8080");
        assertThat(store.accounted()).isEqualTo(2);
    }

    @Test
    void whileTheJournalCannotBeWrittenCaptureShedsAndThenResumes() {
        start("{}", List.of());
        recorder.completed(exchange(1, 1, "GET /1 HTTP/1.1\nHost: a"));
        await().atMost(DEADLINE).until(() -> store.exchanges().size() == 1);
        store.failing = true;
        recorder.completed(exchange(1, 2, "GET /2 HTTP/1.1\nHost: a"));
        await().atMost(DEADLINE).until(() -> dropped(DropReason.JOURNAL) == 1);
        recorder.completed(exchange(1, 3, "GET /3 HTTP/1.1\nHost: a"));
        assertThat(dropped(DropReason.JOURNAL)).isEqualTo(2);
        assertThat(recorder.budget().used()).isLessThan(1_000);

        store.failing = false;
        await().atMost(DEADLINE).until(() -> store.dropped(DropReason.JOURNAL) == 2);
        await().atMost(DEADLINE).until(() -> {
            recorder.completed(exchange(9, 9, "GET /9 HTTP/1.1\nHost: a"));
            return store.exchanges().stream().anyMatch(e -> e.request().target().equals("/9"));
        });
        recorder.close(DEADLINE);
        assertThat(store.accounted()).isEqualTo(store.forwarded.get());
        assertThat(store.sessions().get(store.exchanges().get(0).session()).complete())
                .isFalse();
        assertThat(errors.counts()).isNotEmpty();
    }

    @Test
    void aFailureOnOneExchangeReachesNoOther() {
        Sanitizer sanitizer = Sanitizer.create(keys.root(), PrivacySettings.DEFAULTS);
        start("{}", () -> store, raw -> {
            if (raw.request().target().equals("/bad")) {
                throw new IllegalStateException("planted");
            }
            return sanitizer.sanitize(raw);
        });
        recorder.completed(exchange(1, 1, "GET /good HTTP/1.1\nHost: a"));
        recorder.completed(exchange(2, 2, "GET /bad HTTP/1.1\nHost: a"));
        recorder.completed(exchange(3, 3, "\nno head"));
        recorder.completed(exchange(4, 4, "GET /better HTTP/1.1\nHost: a"));
        recorder.close(DEADLINE);

        assertThat(store.exchanges()).extracting(e -> e.request().target()).containsExactly("/good", "/better");
        assertThat(store.dropped(DropReason.RECORDER)).isEqualTo(2);
        assertThat(errors.counts()).hasSize(1);
        assertThat(errors.counts().keySet().iterator().next()).doesNotContain("planted");
    }

    @Test
    void bodiesAreDecodedAndThoseThatAreNotKeptWholeHaveADigest() throws IOException {
        start("{}", List.of());
        byte[] json = "{\"a\":[1,2,3]}".getBytes(StandardCharsets.UTF_8);
        RawExchange gzipped = exchange(
                1,
                1,
                "GET /gzip HTTP/1.1\nHost: a",
                "HTTP/1.1 200 OK\nContent-Type: application/json\n" + "Content-Encoding: gzip");
        captures.keep(gzipped, gzipped.responseBody(), gzip(json));
        RawExchange binary =
                exchange(1, 2, "GET /binary HTTP/1.1\nHost: a", "HTTP/1.1 200 OK\nContent-Type: image/png");
        captures.keep(binary, binary.responseBody(), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});
        RawExchange cut = exchange(1, 3, "GET /cut HTTP/1.1\nHost: a", "HTTP/1.1 200 OK\nContent-Type: text/plain");
        captures.keep(cut, cut.responseBody(), "the beginning of".getBytes(StandardCharsets.UTF_8));
        cut.responseBody().truncate();
        cut.responseBody().passed(1_000);
        RawExchange broken = exchange(
                1,
                4,
                "GET /broken HTTP/1.1\nHost: a",
                "HTTP/1.1 200 OK\nContent-Type: text/plain\n" + "Content-Encoding: gzip\n\nnot gzip");
        List.of(gzipped, binary, cut, broken).forEach(recorder::completed);
        recorder.close(DEADLINE);

        List<Body> bodies = store.exchanges().stream()
                .sorted(Comparator.comparingInt(Exchange::sequence))
                .map(e -> e.response().body())
                .toList();
        assertThat(text(bodies.get(0))).isEqualTo(new String(json, StandardCharsets.UTF_8));
        assertThat(bodies.get(0).coding()).isEqualTo("gzip");
        assertThat(bodies.get(0).size()).isEqualTo(json.length);
        assertThat(bodies.get(0).digest()).isNull();
        assertThat(bodies.get(1).withheld()).isEqualTo(Withheld.BINARY);
        assertThat(bodies.get(1).digest()).hasSize(32);
        assertThat(bodies.get(1).size()).isEqualTo(7);
        assertThat(bodies.get(2).truncated()).isTrue();
        assertThat(bodies.get(2).digest())
                .isEqualTo(keys.digest("the beginning of".getBytes(StandardCharsets.UTF_8), 16));
        assertThat(bodies.get(2).digestedBytes()).isEqualTo(16);
        assertThat(bodies.get(2).size()).isEqualTo(1_016);
        assertThat(bodies.get(3).withheld()).isEqualTo(Withheld.UNPARSEABLE);
        assertThat(bodies.get(3).bytes()).isEmpty();
        assertThat(bodies.get(3).digest()).hasSize(32);
        assertThat(meters.get("retake.bodies.withheld")
                        .tag("reason", "binary")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("retake.bodies.truncated").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void ofABodyThatAPolicyWithholdsTheSizeIsKept() {
        start("{}", List.of());
        RawExchange raw = exchange(
                1,
                1,
                "GET /heads HTTP/1.1\nHost: a",
                "HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Encoding: gzip");
        raw.responseBody().withhold();
        raw.responseBody().passed(1_000);
        recorder.completed(raw);
        recorder.close(DEADLINE);

        Body body = store.exchanges().get(0).response().body();
        assertThat(body.withheld()).isEqualTo(Withheld.POLICY);
        assertThat(body.bytes()).isEmpty();
        assertThat(body.size()).isEqualTo(1_000);
        assertThat(store.exchanges().get(0).request().body().withheld()).isNull();
        assertThat(meters.get("retake.bodies.withheld")
                        .tag("reason", "policy")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void manyProducersLoseNothingUncounted() throws InterruptedException {
        start("{queue: 256, batchInterval: 1ms}", List.of());
        int producers = 4;
        int each = 3_000;
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    recorder.completed(exchange(
                            producer * 1_000 + i / 10, producer * each + i, "GET /" + i % 10 + " HTTP/1.1\nHost: a"));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        recorder.close(DEADLINE);

        assertThat(store.forwarded.get()).isEqualTo((long) producers * each);
        assertThat(store.accounted()).isEqualTo((long) producers * each);
        Map<String, List<Exchange>> sessions =
                store.exchanges().stream().collect(Collectors.groupingBy(Exchange::session));
        assertThat(sessions).allSatisfy((id, exchanges) -> {
            int[] sequences = exchanges.stream().mapToInt(Exchange::sequence).toArray();
            assertThat(sequences).isSorted().doesNotHaveDuplicates();
            assertThat(exchanges)
                    .extracting(e -> e.timings().acceptedAt())
                    .as("one connection completes its exchanges in order")
                    .isSorted();
            if (store.sessions().get(id).complete()) {
                assertThat(exchanges.get(exchanges.size() - 1).sequence()).isEqualTo(exchanges.size());
            }
        });
    }

    @Test
    void afterItsEndWhatComesIsCountedAndReleased() {
        start("{}", List.of());
        recorder.close(DEADLINE);
        recorder.completed(exchange(1, 1, "GET / HTTP/1.1\nHost: a"));

        assertThat(dropped(DropReason.STOPPING)).isEqualTo(1);
    }

    private void start(String yaml, List<String> upstreams) {
        begin(yaml, () -> store, sanitizer::sanitize, upstreams);
        recorder.opened().join();
    }

    private void start(String yaml, Supplier<RecordStore> opener) {
        begin(yaml, opener, sanitizer::sanitize, List.of());
    }

    private void start(String yaml, Supplier<RecordStore> opener, SanitizeStep sanitize) {
        begin(yaml, opener, sanitize, List.of());
    }

    private RawExchange exchange(long connection, long at, String request) {
        return exchange(connection, at, request, OK);
    }

    private RawExchange exchange(long connection, long at, String request, String response) {
        return captures.exchange(connection, START + at, request, response);
    }

    private long dropped(DropReason reason) {
        return (long) meters.get("retake.exchanges.dropped")
                .tag("reason", reason.text())
                .functionCounter()
                .count();
    }

    private static String text(Body body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(plain);
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size());
    }
}
