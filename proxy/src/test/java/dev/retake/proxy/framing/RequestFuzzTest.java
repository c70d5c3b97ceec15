package dev.retake.proxy.framing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.framing.StrictReader.Reading;
import dev.retake.proxy.framing.WireText.End;
import org.junit.jupiter.api.Test;

/**
 * Spoiled requests, read by the relay and by the {@link StrictReader}: whatever the relay accepts, both understand as
 * the same requests; whatever has one strict reading, the relay accepts; and packets make no difference. Reads {@code
 * -Dretake.fuzz.connections}, from {@code -Dretake.fuzz.seed} on; a failure names its seed.
 */
class RequestFuzzTest {
    @Test
    void bothReadersFindTheSameRequests() {
        long seed = Long.getLong("retake.fuzz.seed", 1);
        long until = seed + Long.getLong("retake.fuzz.connections", 50_000);
        int accepted = 0;
        int refused = 0;
        for (; seed < until; seed++) {
            RequestMutator mutator = new RequestMutator(seed, "/f");
            String valid = mutator.valid();
            assertThat(RelayReader.read(valid)).as("seed %d", seed).isEqualTo(StrictReader.read(valid));
            String spoiled = mutator.spoiled(valid);
            Reading relay = RelayReader.read(spoiled);
            Reading strict = StrictReader.read(spoiled);
            compare(seed, relay, strict);
            assertThat(RelayReader.read(spoiled, mutator.cuts(spoiled.length())))
                    .as("seed %d in packets", seed)
                    .isEqualTo(relay);
            if (relay.end() == End.REFUSED) {
                refused++;
            } else {
                accepted++;
            }
        }
        // A mutator that only breaks, or breaks nothing, would show nothing.
        assertThat(accepted).isGreaterThan((accepted + refused) / 20);
        assertThat(refused).isGreaterThan((accepted + refused) / 20);
    }

    private static void compare(long seed, Reading relay, Reading strict) {
        if (relay.end() == End.REFUSED) {
            // The relay may refuse a line before its end has come, the other reads whole lines only.
            assertThat(strict.end()).as("seed %d is refused by one alone", seed).isNotEqualTo(End.NOTHING);
            assertThat(strict.requests()).as("seed %d", seed).isEqualTo(relay.requests());
        } else {
            assertThat(relay).as("seed %d", seed).isEqualTo(strict);
        }
    }
}
