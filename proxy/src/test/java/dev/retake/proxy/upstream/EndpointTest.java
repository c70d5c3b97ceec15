package dev.retake.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an address is avoided, for how long, and when no longer. */
class EndpointTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Endpoint endpoint = new Endpoint(
            Origin.of(URI.create("http://127.0.0.1:1")),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            false,
            new UpstreamMeters("default", registry));

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -500_000_000, Long.MAX_VALUE - 500_000_000})
    void oneThatTakesNoConnectionIsAvoidedForASecondOrSo(long now) {
        assertThat(endpoint.usable(now) && endpoint.healthy()).isTrue();
        endpoint.connectFailed(now);

        assertThat(endpoint.usable(now)).isFalse();
        assertThat(endpoint.usable(now + SECOND * 79 / 100)).isFalse();
        assertThat(endpoint.usable(now + SECOND * 121 / 100)).isTrue();
        assertThat(endpoint.healthy()).isFalse();
        assertThat(avoided()).isEqualTo(1);
    }

    @Test
    void eachTimeItTakesTwiceAsLongUpToAMinute() {
        long now = 0;
        for (int i = 0; i < 12; i++) {
            endpoint.connectFailed(now);
            long seconds = Math.min(60, 1L << Math.min(i, 6));
            assertThat(endpoint.usable(now + seconds * SECOND * 79 / 100))
                    .as("%s", i)
                    .isFalse();
            now += seconds * SECOND * 121 / 100;
            assertThat(endpoint.usable(now)).as("%s", i).isTrue();
        }
    }

    @Test
    void failuresWhileItIsAvoidedDoNotProlongIt() {
        for (int i = 0; i < 100; i++) {
            endpoint.connectFailed(i);
        }
        assertThat(endpoint.usable(SECOND * 121 / 100)).isTrue();
        assertThat(avoided()).isEqualTo(1);
    }

    @Test
    void oneConnectionIsLetThroughAndDecides() {
        endpoint.connectFailed(0);
        long later = 2 * SECOND;
        endpoint.connecting(later, SECOND);
        assertThat(endpoint.usable(later)).isFalse();
        endpoint.connectFailed(later + 1);
        assertThat(endpoint.usable(later + SECOND)).isFalse();
        assertThat(avoided()).isEqualTo(2);

        later = 10 * SECOND;
        endpoint.connecting(later, SECOND);
        endpoint.connected();
        assertThat(endpoint.usable(later) && endpoint.healthy()).isTrue();
    }

    @Test
    void whereNobodySaysWhatBecameOfItTheNextIsLetThrough() {
        endpoint.connectFailed(0);
        endpoint.connecting(2 * SECOND, SECOND);

        assertThat(endpoint.usable(3 * SECOND)).isTrue();
    }

    @Test
    void fiveBrokenInARowAreEnough() {
        for (int i = 0; i < 4; i++) {
            endpoint.broken(0);
        }
        endpoint.succeeded();
        for (int i = 0; i < 4; i++) {
            endpoint.broken(0);
        }
        assertThat(endpoint.usable(0)).isTrue();
        endpoint.broken(0);
        assertThat(endpoint.usable(0)).isFalse();
    }

    @Test
    void aSuccessMakesItForget() {
        endpoint.connectFailed(0);
        endpoint.connecting(2 * SECOND, SECOND);
        endpoint.connected();
        endpoint.succeeded();
        endpoint.connectFailed(3 * SECOND);

        assertThat(endpoint.usable(3 * SECOND + SECOND * 121 / 100)).isTrue();
    }

    @Test
    void checksDecideOnTheirOwn() {
        endpoint.checked(false, false);
        assertThat(endpoint.usable(0) || endpoint.healthy()).isFalse();
        endpoint.succeeded();
        assertThat(endpoint.usable(0)).isFalse();
        endpoint.checked(true, true);
        assertThat(endpoint.usable(0) && endpoint.healthy()).isTrue();
        endpoint.connectFailed(0);
        endpoint.checked(true, false);
        assertThat(endpoint.usable(0)).isFalse();
        endpoint.checked(true, true);
        assertThat(endpoint.usable(0)).isTrue();
    }

    private double avoided() {
        return registry.get("retake.upstream.avoided")
                .tag("upstream", "default")
                .counter()
                .count();
    }
}
