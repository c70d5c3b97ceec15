package dev.retake.replay.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Response;
import dev.retake.replay.target.Reply;
import dev.retake.verdict.TransportError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutomaticStopTest {

    @ParameterizedTest
    @CsvSource({
        "503, 200, true",
        "429, 200, true",
        "503, 503, false",
        "429, 429, false",
        "500, 200, false",
        "502, 200, false",
        "504, 200, false",
        "404, 200, false",
        "200, 503, false"
    })
    void aStatusIsASignOrNot(int status, int recorded, boolean sign) {
        Reply reply =
                new Reply.Answered(new Response(status, "", "HTTP/1.1", Headers.EMPTY, Body.EMPTY, Headers.EMPTY), 1);

        assertThat(AutomaticStop.isSuffering(reply, recorded)).isEqualTo(sign);
    }

    @ParameterizedTest
    @EnumSource
    void everyTransportFailureIsASign(TransportError.Kind kind) {
        assertThat(AutomaticStop.isSuffering(new Reply.Failed(new TransportError(kind, "x"), 1), 200))
                .isTrue();
    }

    @Test
    void soManyInARowEndTheRun() {
        AutomaticStop stop = new AutomaticStop(new StopThresholds(3, 100, 1_000));
        assertThat(stop.after(true)).isNull();
        assertThat(stop.after(true)).isNull();
        assertThat(stop.after(false)).isNull();
        assertThat(stop.after(true)).isNull();
        assertThat(stop.after(true)).isNull();
        assertThat(stop.after(true)).contains("3 requests in a row");
    }

    @Test
    void suchAShareOfTheLastOnesEndsTheRun() {
        AutomaticStop stop = new AutomaticStop(new StopThresholds(100, 50, 4));
        assertThat(stop.after(true)).isNull();
        assertThat(stop.after(false)).isNull();
        assertThat(stop.after(false)).isNull();
        assertThat(stop.after(false)).isNull();
        assertThat(stop.after(true)).isNull();
        assertThat(stop.after(true)).contains("2 of the last 4");
    }
}
