package dev.retake.common.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySlotsTest {
    private record Key(long high, long low) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void behavesLikeAMap(long seed) {
        Random random = new Random(seed);
        KeySlots slots = new KeySlots();
        Map<Key, Integer> model = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            // Few keys, so that they come and go; low halves that differ in their upper bits alone share a chain.
            Key key = new Key(random.nextInt(3), (long) random.nextInt(2_000) << random.nextInt(2) * 40);
            Integer known = model.get(key);
            assertThat(slots.find(key.high(), key.low())).isEqualTo(known == null ? KeySlots.NONE : known);
            if (known == null && model.size() < 1_000) {
                int slot = slots.add(key.high(), key.low());
                assertThat(slot).isBetween(0, slots.capacity() - 1);
                model.put(key, slot);
            } else if (known != null && random.nextBoolean()) {
                slots.remove(known);
                model.remove(key);
            }
            assertThat(slots.size()).isEqualTo(model.size());
        }
        model.forEach((key, slot) -> {
            assertThat(slots.high(slot)).isEqualTo(key.high());
            assertThat(slots.low(slot)).isEqualTo(key.low());
        });
        assertThat(new HashSet<>(model.values())).hasSameSizeAs(model.keySet());
        assertThat(slots.capacity()).isLessThanOrEqualTo(1_024);
    }

    @Test
    void slotsStayTheirKeysWhenTheTableGrows() {
        KeySlots slots = new KeySlots();
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            given.add(slots.add(i, ~i));
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(slots.find(i, ~i)).isEqualTo(given.get(i));
        }
        assertThat(Set.copyOf(given)).hasSize(1_000);
    }

    @Test
    void clearedItIsAsNew() {
        KeySlots slots = new KeySlots();
        slots.remove(slots.add(1, 1));
        slots.add(2, 2);
        slots.add(3, 3);

        slots.clear();

        assertThat(slots.size()).isZero();
        assertThat(slots.find(2, 2)).isEqualTo(KeySlots.NONE);
        assertThat(slots.add(4, 4)).isZero();
        assertThat(slots.add(5, 5)).isEqualTo(1);
    }
}
