package dev.retake.common.slot;

import java.util.Arrays;

/**
 * Gives 128-bit keys slots: numbers from 0 that stay theirs until they are removed, for the caller's columns to be indexed
 * by. A hash table with separate chaining, linked by slot numbers. Keys must be spread evenly, as keyed hashes are: their
 * low half is taken for the hash. Not thread-safe.
 */
public final class KeySlots {
    /** No slot. */
    public static final int NONE = -1;

    private static final int FIRST_CAPACITY = 64;

    /** The first slot of each chain; as many as there is room for slots, a power of two. */
    private int[] chains = empty(FIRST_CAPACITY);

    /** The slot that follows in its chain; of a free slot, the next one that is free. */
    private int[] next = new int[FIRST_CAPACITY];

    private long[] high = new long[FIRST_CAPACITY];
    private long[] low = new long[FIRST_CAPACITY];
    private int free = NONE;

    /** Slots that were ever given away. */
    private int used;

    private int size;

    /** The slot of a key, {@link #NONE} where it has none. */
    public int find(long keyHigh, long keyLow) {
        int slot = chains[chain(keyLow)];
        while (slot != NONE && (low[slot] != keyLow || high[slot] != keyHigh)) {
            slot = next[slot];
        }
        return slot;
    }

    /** A slot for a key that has none. It is below {@link #capacity()}, which may have grown. */
    public int add(long keyHigh, long keyLow) {
        int slot = free;
        if (slot != NONE) {
            free = next[slot];
        } else {
            if (used == next.length) {
                grow();
            }
            slot = used++;
        }
        high[slot] = keyHigh;
        low[slot] = keyLow;
        link(slot);
        size++;
        return slot;
    }

    /** Takes the slot from its key; the next key that is added gets it. */
    public void remove(int slot) {
        int chain = chain(low[slot]);
        if (chains[chain] == slot) {
            chains[chain] = next[slot];
        } else {
            int before = chains[chain];
            while (next[before] != slot) {
                before = next[before];
            }
            next[before] = next[slot];
        }
        next[slot] = free;
        free = slot;
        size--;
    }

    /** Takes the slots from all keys. */
    public void clear() {
        Arrays.fill(chains, NONE);
        free = NONE;
        used = 0;
        size = 0;
    }

    /** The upper half of the key that has {@code slot}. */
    public long high(int slot) {
        return high[slot];
    }

    /** The lower half of the key that has {@code slot}. */
    public long low(int slot) {
        return low[slot];
    }

    /** How many keys have a slot. */
    public int size() {
        return size;
    }

    /** Every slot is below this; a column needs so many places. */
    public int capacity() {
        return next.length;
    }

    private void grow() {
        int capacity = Math.multiplyExact(2, next.length);
        next = Arrays.copyOf(next, capacity);
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        chains = empty(capacity);
        for (int slot = 0; slot < used; slot++) { // none is free, else there were no need to grow
            link(slot);
        }
    }

    private void link(int slot) {
        int chain = chain(low[slot]);
        next[slot] = chains[chain];
        chains[chain] = slot;
    }

    private int chain(long keyLow) {
        return (int) keyLow & chains.length - 1;
    }

    private static int[] empty(int length) {
        int[] chains = new int[length];
        Arrays.fill(chains, NONE);
        return chains;
    }
}
