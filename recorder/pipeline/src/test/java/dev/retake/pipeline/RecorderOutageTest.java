package dev.retake.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What keeps the recorder from recording is said, counted and got over. */
class RecorderOutageTest extends RecorderFixture {
    private List<String> upstreams = List.of();
    private long connection;

    @Test
    void aFullJournalIsSaidAndItsEndToo() {
        start(() -> store, sanitizer::sanitize);
        store.failing = true;
        record(1);
        await().atMost(DEADLINE).until(() -> "The journal cannot be written.".equals(recorder.whyOff()));
        assertThat(meters.get("retake.capture.on").gauge().value()).isZero();

        store.failing = false;
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
        assertThat(meters.get("retake.capture.on").gauge().value()).isEqualTo(1);
        record(2);
        recorder.close(DEADLINE);
        assertThat(store.accounted()).isEqualTo(store.forwarded.get()).isEqualTo(3);
    }

    @Test
    void aJournalThatIsPutBackInTimeGoesOn() {
        start(() -> store, sanitizer::sanitize);
        record(1);
        await().atMost(DEADLINE).until(() -> store.exchanges().size() == 1);
        store.gone = true;
        record(1);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() != null);
        assertThat(recorder.whyOff()).contains("moved or removed");
        store.gone = false;
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
        record(1);
        recorder.close(DEADLINE);

        assertThat(store.abandoned).isFalse();
        assertThat(store.accounted()).isEqualTo(store.forwarded.get()).isEqualTo(3);
    }

    @Test
    void anotherJournalTakesThePlaceOfOneThatIsGoneAndAccountsForTheGap() {
        MemoryStore second = new MemoryStore();
        AtomicInteger opened = new AtomicInteger();
        AtomicBoolean blocked = new AtomicBoolean(true);
        start(
                () -> {
                    if (opened.getAndIncrement() == 0) {
                        return store;
                    }
                    if (blocked.get()) {
                        throw new RetakeException(ErrorCode.DISK, "There is no place yet.");
                    }
                    return second;
                },
                sanitizer::sanitize);
        record(5);
        await().atMost(DEADLINE).until(() -> store.exchanges().size() == 5);
        store.gone = true;
        store.durable = 3; // two of the five were not durable when it went
        record(4);
        await().atMost(DEADLINE).until(() -> "There is no place yet.".equals(recorder.whyOff()));
        record(6);
        blocked.set(false);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
        record(7);
        await().atMost(DEADLINE).until(() -> second.exchanges().size() == 7);
        recorder.close(DEADLINE);

        assertThat(store.abandoned).isTrue();
        assertThat(store.closed).isFalse();
        assertThat(second.closed).isTrue();
        assertThat(second.dropped(DropReason.JOURNAL)).isEqualTo(2 + 4 + 6);
        assertThat(second.forwarded.get()).isEqualTo(2 + 4 + 6 + 7);
        assertThat(second.accounted()).isEqualTo(second.forwarded.get());
        assertThat(counter("retake.exchanges.forwarded")).isEqualTo(22);
        assertThat(counter("retake.exchanges.captured")).isEqualTo(3 + 7);
        assertThat(second.exchanges())
                .allSatisfy(exchange -> assertThat(
                                second.sessions().get(exchange.session()).complete())
                        .as("of what began before nothing is taken for whole")
                        .isEqualTo(exchange.timings().acceptedAt() > START + 15));
    }

    @Test
    void aSanitizerThatAlwaysFailsIsSaidAndNothingRawIsKept() {
        AtomicBoolean failing = new AtomicBoolean(true);
        start(() -> store, raw -> {
            if (failing.get()) {
                throw new IllegalStateException("planted");
            }
            return sanitizer.sanitize(raw);
        });
        record(20);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() != null);
        assertThat(recorder.whyOff()).contains("fails to be recorded");
        assertThat(store.exchanges()).isEmpty();
        failing.set(false);
        await().atMost(DEADLINE).until(() -> {
            record(1);
            return recorder.whyOff() == null;
        });
        recorder.close(DEADLINE);
        assertThat(store.dropped(DropReason.RECORDER)).isGreaterThanOrEqualTo(20);
        assertThat(store.accounted()).isEqualTo(store.forwarded.get());
    }

    @Test
    void memoryThatRunsOutCostsExchangesAndNotTheRecorder() {
        AtomicReference<Error> next = new AtomicReference<>(new OutOfMemoryError("planted"));
        start(() -> store, raw -> {
            Error error = next.getAndSet(null);
            if (error != null) {
                throw error;
            }
            return sanitizer.sanitize(raw);
        });
        record(1);
        await().atMost(DEADLINE).until(() -> store.dropped(DropReason.RECORDER) == 1);
        record(1);
        recorder.close(DEADLINE);
        assertThat(store.exchanges()).hasSize(1);
        assertThat(store.accounted()).isEqualTo(store.forwarded.get()).isEqualTo(2);
        assertThat(errors.counts().keySet()).anyMatch(kind -> kind.contains("OutOfMemoryError"));
    }

    @Test
    void memoryThatRunsOutWhileABatchIsWrittenIsGotOver() {
        start(() -> store, sanitizer::sanitize);
        store.error = new OutOfMemoryError("planted");
        record(3);
        await().atMost(DEADLINE).until(() -> store.dropped(DropReason.RECORDER) == 3);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
        record(1);
        recorder.close(DEADLINE);
        assertThat(store.accounted()).isEqualTo(store.forwarded.get()).isEqualTo(4);
    }

    @Test
    void memoryThatRunsOutInTheLoopIsGotOver() {
        upstreams = List.of("http://127.0.0.1:8080");
        store.error = new OutOfMemoryError("planted"); // met on the recorder's thread, which notes the upstream
        start(() -> store, sanitizer::sanitize);
        record(3);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() != null);
        assertThat(recorder.whyOff()).contains("larger heap");
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
        record(1);
        recorder.close(DEADLINE);
        assertThat(store.upstreams).containsExactlyElementsOf(upstreams);
        assertThat(store.dropped(DropReason.RECORDER)).isEqualTo(3);
        assertThat(store.accounted()).isEqualTo(store.forwarded.get()).isEqualTo(4);
    }

    @Test
    void aRecorderThatStandsStillIsSaid() {
        CountDownLatch go = new CountDownLatch(1);
        start(() -> store, raw -> {
            awaitUninterruptibly(go);
            return sanitizer.sanitize(raw);
        });
        record(1);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() != null);
        assertThat(recorder.whyOff()).contains("busy with one batch");
        go.countDown();
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
    }

    @Test
    void aJournalThatTakesLongIsSaid() {
        start(() -> store, sanitizer::sanitize);
        store.mayAppend.drainPermits();
        record(1);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() != null);
        assertThat(recorder.whyOff()).contains("has not taken a batch");
        store.mayAppend.release(Integer.MAX_VALUE);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() == null);
    }

    @Test
    void aJournalThatOpensSlowlyIsSaid() {
        CountDownLatch mayOpen = new CountDownLatch(1);
        begin(
                () -> {
                    awaitUninterruptibly(mayOpen);
                    return store;
                },
                sanitizer::sanitize);
        await().atMost(DEADLINE).until(() -> recorder.whyOff() != null);
        assertThat(recorder.whyOff()).contains("is not open");
        mayOpen.countDown();
        recorder.opened().join();
        assertThat(recorder.whyOff()).isNull();
    }

    @Test
    void aClockThatIsSetBackChangesNoOrder() {
        CountDownLatch mayOpen = new CountDownLatch(1);
        begin(
                () -> {
                    awaitUninterruptibly(mayOpen);
                    return store;
                },
                sanitizer::sanitize);
        long hour = Duration.ofHours(1).toNanos() / 1_000;
        for (int i = 1; i <= 4; i++) {
            long wall = START + i - (i > 2 ? hour : 0);
            RawExchange raw = captures.exchange(1, wall, "GET /" + i + " HTTP/1.1\nHost: a", OK);
            raw.acceptedTick = i;
            recorder.completed(raw);
        }
        mayOpen.countDown();
        recorder.close(DEADLINE);
        assertThat(store.exchanges())
                .extracting(e -> e.sequence() + e.request().target())
                .containsExactly("1/1", "2/2", "3/3", "4/4");
    }

    private void record(int exchanges) {
        for (int i = 0; i < exchanges; i++) {
            connection++;
            recorder.completed(captures.exchange(connection, START + connection, "GET / HTTP/1.1\nHost: a", OK));
        }
    }

    private void start(Supplier<RecordStore> opener, SanitizeStep sanitize) {
        begin(opener, sanitize);
        recorder.opened().join();
    }

    private void begin(Supplier<RecordStore> opener, SanitizeStep sanitize) {
        begin("{}", opener, sanitize, upstreams);
    }

    private long counter(String name) {
        return (long) meters.get(name).functionCounter().count();
    }
}
