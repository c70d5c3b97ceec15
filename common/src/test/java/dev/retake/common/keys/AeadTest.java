package dev.retake.common.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AeadTest {
    private static final byte[] PLAIN = "the quick brown fox".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "session 1".getBytes(StandardCharsets.UTF_8);

    private final Aead aead = new Aead(Aead.newKey());

    @Test
    void opensWhatItSealed() throws SealBrokenException {
        assertThat(aead.open(aead.seal(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
        assertThat(aead.open(aead.seal(new byte[0], PLACE), PLACE)).isEmpty();
        assertThat(aead.seal(PLAIN, PLACE)).hasSize(PLAIN.length + Aead.OVERHEAD_BYTES);
    }

    @Test
    void sealsARange() throws SealBrokenException {
        assertThat(aead.open(aead.seal(PLAIN, 4, 5, PLACE), PLACE)).isEqualTo("quick".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesEveryFlippedBit() {
        byte[] sealed = aead.seal(PLAIN, PLACE);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> aead.open(flipped, PLACE)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void refusesAnotherPlaceAnotherKeyAndAStump() {
        byte[] sealed = aead.seal(PLAIN, PLACE);

        assertThatThrownBy(() -> aead.open(sealed, "session 2".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> new Aead(Aead.newKey()).open(sealed, PLACE)).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> aead.open(new byte[11], PLACE)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void neverUsesANonceTwice() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            nonces.add(HexFormat.of().formatHex(aead.seal(PLAIN, PLACE), 0, 12));
        }
        assertThat(nonces).hasSize(10_000);
    }
}
