package dev.retake.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopTickerTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private final Instant wall = Instant.parse("2026-11-21T00:00:00.000123Z");
    private final LoopTicker ticker = new LoopTicker(Duration.ofMillis(100), Duration.ofMillis(5), () -> wall);

    @Test
    void tellsItsWatchesTheTime() {
        List<Long> seen = new ArrayList<>();
        ticker.add(seen::add);
        ticker.tick(7);
        ticker.tick(8);
        assertThat(seen).containsExactly(7L, 8L);
        assertThat(ticker.now()).isEqualTo(8);
    }

    @Test
    void readsTheWallClockOnceATick() {
        ticker.tick(1_000_000);
        assertThat(ticker.wallMicros(1_000_000 + 5_000)).isEqualTo(wall.getEpochSecond() * 1_000_000 + 123 + 5);
    }

    @Test
    void lagsOnlyWhenEveryTickOfASecondIsLate() {
        long late = System.nanoTime() + TimeUnit.DAYS.toNanos(1);
        for (int i = 1; i < 10; i++) {
            ticker.tick(late);
            assertThat(ticker.lagging()).isFalse();
        }
        ticker.tick(late);
        assertThat(ticker.lagging()).isTrue();
        ticker.tick(System.nanoTime() + 100 * MILLI);
        assertThat(ticker.lagging()).isFalse();
    }
}
