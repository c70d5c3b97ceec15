package dev.retake.common.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockChainsTest {
    private static final int BLOCK = 16;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(int first, byte[] record) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recordsStayAsTheyWereWhileOthersComeAndGo(long seed) {
        Random random = new Random(seed);
        BlockChains chains = new BlockChains(BLOCK);
        List<Kept> kept = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (kept.size() < 500 && random.nextBoolean()) {
                byte[] record = new byte[1 + random.nextInt(5 * BLOCK)];
                random.nextBytes(record);
                kept.add(new Kept(chains.add(record, record.length), record));
            } else if (!kept.isEmpty()) {
                Kept gone = kept.remove(random.nextInt(kept.size()));
                assertThat(read(chains, gone)).isEqualTo(gone.record());
                chains.remove(gone.first());
            }
        }
        for (Kept each : kept) {
            assertThat(read(chains, each)).isEqualTo(each.record());
        }
    }

    @Test
    void roomIsUsedAgain() {
        BlockChains chains = new BlockChains(BLOCK);
        int first = chains.add(new byte[3 * BLOCK], 3 * BLOCK);
        int other = chains.add(new byte[1], 1);
        chains.remove(first);

        List<Integer> again = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            again.add(chains.add(new byte[1], 1));
        }

        assertThat(again).containsExactly(0, 1, 2);
        assertThat(other).isEqualTo(3);
    }

    private static byte[] read(BlockChains chains, Kept kept) {
        return Arrays.copyOf(chains.read(kept.first(), new byte[1]), kept.record().length);
    }
}
