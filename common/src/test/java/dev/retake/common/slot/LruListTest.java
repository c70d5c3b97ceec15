package dev.retake.common.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LruListTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesLikeAnOrderedSet(long seed) {
        Random random = new Random(seed);
        LruList list = new LruList();
        Set<Integer> model = new LinkedHashSet<>();
        for (int step = 0; step < 5_000; step++) {
            int slot = random.nextInt(200);
            if (!model.contains(slot)) {
                list.add(slot);
                model.add(slot);
            } else if (random.nextBoolean()) {
                list.touch(slot);
                model.remove(slot);
                model.add(slot);
            } else {
                list.remove(slot);
                model.remove(slot);
            }
            assertThat(slots(list)).isEqualTo(List.copyOf(model));
        }
    }

    @Test
    void clearedItIsEmpty() {
        LruList list = new LruList();
        list.add(3);
        list.add(500);

        list.clear();

        assertThat(list.first()).isEqualTo(KeySlots.NONE);
        list.add(500);
        assertThat(slots(list)).containsExactly(500);
    }

    private static List<Integer> slots(LruList list) {
        List<Integer> slots = new ArrayList<>();
        for (int slot = list.first(); slot != KeySlots.NONE; slot = list.next(slot)) {
            slots.add(slot);
        }
        return slots;
    }
}
