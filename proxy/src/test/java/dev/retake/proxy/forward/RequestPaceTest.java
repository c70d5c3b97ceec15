package dev.retake.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.http1.BodyScanner;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestPaceTest {
    private final RequestPace pace = new RequestPace(new ClientLimits(0, Duration.ofMinutes(5), 100, 0));
    private final BodyScanner body = new BodyScanner(1_000, false);

    @BeforeEach
    void begin() {
        body.length(1_000_000);
        pace.begin(0, 0);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void aBodyHasThirtySecondsToShowItsRate() {
        assertThat(pace.tooSlow(seconds(30), body, true)).isNull();
        assertThat(pace.tooSlow(seconds(31), body, true)).contains("proxy.limits.bodyRate");
    }

    @Test
    void aBodyThatKeepsTheRateGoesOn() {
        body.scan(Unpooled.wrappedBuffer(new byte[20_000]), null);
        assertThat(pace.tooSlow(seconds(200), body, true)).isNull();
        assertThat(pace.tooSlow(seconds(201), body, true)).isNotNull();
    }

    @Test
    void timeThatTheUpstreamTakesIsNotTheClients() {
        assertThat(pace.tooSlow(seconds(200), body, false)).isNull();
        assertThat(pace.tooSlow(seconds(229), body, true)).isNull();
        assertThat(pace.tooSlow(seconds(231), body, true)).isNotNull();
    }

    @Test
    void aStreamMayRest() {
        body.chunked();
        assertThat(pace.tooSlow(seconds(300), body, true)).isNull();
    }

    @Test
    void aWholeRequestHasItsTime() {
        body.chunked();
        assertThat(pace.tooSlow(seconds(301), body, true)).contains("proxy.timeouts.request");
    }

    @Test
    void zeroSetsNoLimit() {
        RequestPace patient = new RequestPace(new ClientLimits(0, Duration.ZERO, 0, 0));
        patient.begin(0, 0);
        assertThat(patient.tooSlow(seconds(100_000), body, true)).isNull();
    }
}
