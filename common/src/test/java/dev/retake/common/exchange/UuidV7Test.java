package dev.retake.common.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {
    private final UuidV7 ids = new UuidV7(new Random(1));

    @Test
    void carryTheirTimeVersionAndVariant() {
        UUID id = ids.next(1_800_000_000_123L);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(UuidV7.epochMillis(id)).isEqualTo(1_800_000_000_123L);
    }

    @Test
    void ascendThoughTheClockStandsStillOrStepsBack() {
        String last = "";
        for (int i = 0; i < 20_000; i++) {
            String id = ids.next(1_800_000_000_000L - i % 3 * 3_600_000L).toString();
            assertThat(id).isGreaterThan(last);
            last = id;
        }
    }
}
