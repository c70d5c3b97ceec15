package dev.retake.replay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.replay.Recording;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    /** Steps 20 ms apart, each answered in 6 ms. */
    private static final List<Exchange> SESSION = new Recording("s")
            .add(Recording.get("/1"), Recording.response(200, ""))
            .add(Recording.get("/2"), Recording.response(200, ""))
            .add(Recording.get("/3"), Recording.response(200, ""))
            .exchanges();

    @Test
    void pacesAreRead() {
        assertThat(Pace.parse("recorded")).isEqualTo(new Pace.Recorded(1));
        assertThat(Pace.parse("2.5x")).isEqualTo(new Pace.Recorded(2.5));
        assertThat(Pace.parse("max")).isEqualTo(new Pace.Max());
        assertThat(Pace.parse("50/s")).isEqualTo(new Pace.Rate(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x", "0/s", "-1x", "1", "x", "fast", "1e9x", "1/m", "Max"})
    void whatIsNoPace(String text) {
        assertThatThrownBy(() -> Pace.parse(text))
                .isInstanceOf(RetakeException.class)
                .hasMessageContaining("--pace");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 20", "2, 0, 10", "1, 50, 64"})
    void thinkTimesAreKeptHoweverSlowTheTarget(double factor, long targetMillis, long expectedMillis) throws Exception {
        AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(1));
        long first = SESSION.get(0).timings().acceptedAt();
        Schedule schedule = new Schedule(new Pace.Recorded(factor), first, new StopSignal(), clock::get);
        Schedule.Turns turns = schedule.session(SESSION);
        assertThat(turns.await(0)).isTrue();
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(targetMillis));
        turns.done();
        long before = System.nanoTime();
        assertThat(turns.await(1)).isTrue();

        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertThat(waited + targetMillis).isGreaterThanOrEqualTo(expectedMillis - 1);
    }

    @Test
    void whatIsSentLateShowsInTheLag() throws Exception {
        AtomicLong clock = new AtomicLong();
        long first = SESSION.get(0).timings().acceptedAt();
        Schedule schedule = new Schedule(new Pace.Recorded(1), first, new StopSignal(), clock::get);
        clock.set(TimeUnit.MILLISECONDS.toNanos(70));

        assertThat(schedule.session(SESSION).await(0)).isTrue();
        assertThat(schedule.lag().max()).isCloseTo(70, within(1.0));
        assertThat(schedule.lag().p50()).isCloseTo(70, within(1.0));
    }

    @Test
    void aSlowTargetIsNoLag() throws Exception {
        AtomicLong clock = new AtomicLong();
        Schedule schedule = new Schedule(new Pace.Max(), 0, new StopSignal(), clock::get);
        Schedule.Turns turns = schedule.session(SESSION);
        for (int step = 0; step < 3; step++) {
            assertThat(turns.await(step)).isTrue();
            clock.addAndGet(TimeUnit.SECONDS.toNanos(3));
            turns.done();
        }
        assertThat(schedule.lag().max()).isZero();
    }

    @Test
    void aRateIsNeverExceededAndNeverMadeUpFor() throws Exception {
        AtomicLong clock = new AtomicLong();
        Schedule schedule = new Schedule(new Pace.Rate(10), 0, new StopSignal(), clock::get);
        Schedule.Turns turns = schedule.session(SESSION);
        assertThat(turns.await(0)).isTrue();
        clock.set(TimeUnit.MILLISECONDS.toNanos(1_050));
        turns.done();
        assertThat(turns.await(1)).isTrue();
        assertThat(schedule.lag().max()).isCloseTo(950, within(2.0));
        clock.set(TimeUnit.MILLISECONDS.toNanos(1_150));
        turns.done();
        assertThat(turns.await(2)).isTrue();
        assertThat(schedule.lag().p50()).isLessThan(1);
    }

    @Test
    void whoeverWaitsIsWokenWhenTheRunEnds() throws Exception {
        StopSignal stop = new StopSignal();
        Schedule schedule = new Schedule(new Pace.Recorded(0.000001), 0, stop, System::nanoTime);
        Schedule.Turns turns = schedule.session(SESSION);
        Thread stopper = new Thread(() -> stop.stop(new StopSignal.Stop("interrupted", "first")));
        stopper.start();

        assertThat(turns.await(0)).isFalse();
        stop.stop(new StopSignal.Stop("stopped", "second"));
        assertThat(stop.reason()).isEqualTo(new StopSignal.Stop("interrupted", "first"));
        stopper.join();
    }

    @Test
    void theRampDoublesWithAnswersAndLetsAllGoAtTheEnd() throws Exception {
        StopSignal stop = new StopSignal();
        Ramp ramp = new Ramp(6, 2, stop);
        assertThat(ramp.allowed()).isEqualTo(1);
        answers(ramp, 2);
        assertThat(ramp.allowed()).isEqualTo(2);
        answers(ramp, 4);
        assertThat(ramp.allowed()).isEqualTo(4);
        answers(ramp, 8);
        assertThat(ramp.allowed()).isEqualTo(6);
        assertThat(new Ramp(6, 0, stop).allowed()).isEqualTo(6);

        Ramp narrow = new Ramp(2, 100, stop);
        narrow.enter();
        Thread second = new Thread(narrow::enter);
        second.start();
        stop.stop(new StopSignal.Stop("stopped", "enough"));
        second.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(second.isAlive()).isFalse();
    }

    private static void answers(Ramp ramp, int count) {
        for (int i = 0; i < count; i++) {
            ramp.answered();
        }
    }
}
