package dev.retake.common.slot;

import java.util.Arrays;

/**
 * Slots in the order in which they were used, the one that was used longest ago first: a doubly linked list of slot
 * numbers. Not thread-safe.
 */
public final class LruList {
    /** Links are shifted by one, so that the ends of the list need no case of their own: place 0 stands before slot 0. */
    private int[] before = new int[64];

    private int[] after = new int[64];

    /** Puts {@code slot}, which is not in the list, at the end. */
    public void add(int slot) {
        int place = slot + 1;
        if (place >= before.length) {
            int length = Math.max(2 * before.length, place + 1);
            before = Arrays.copyOf(before, length);
            after = Arrays.copyOf(after, length);
        }
        int last = before[0];
        before[place] = last;
        after[place] = 0;
        after[last] = place;
        before[0] = place;
    }

    /** Takes {@code slot}, which is in the list, out of it. */
    public void remove(int slot) {
        int place = slot + 1;
        after[before[place]] = after[place];
        before[after[place]] = before[place];
    }

    /** Moves {@code slot}, which is in the list, to the end: it was used just now. */
    public void touch(int slot) {
        if (before[0] != slot + 1) {
            remove(slot);
            add(slot);
        }
    }

    /** The slot that was used longest ago; {@link KeySlots#NONE} where the list is empty. */
    public int first() {
        return after[0] - 1;
    }

    /** The slot that was used next after {@code slot}; {@link KeySlots#NONE} where it is the last. */
    public int next(int slot) {
        return after[slot + 1] - 1;
    }

    /** Empties the list. */
    public void clear() {
        before[0] = 0;
        after[0] = 0;
    }
}
