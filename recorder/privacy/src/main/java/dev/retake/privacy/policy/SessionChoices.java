package dev.retake.privacy.policy;

/**
 * Remembers what was decided on a value in a session, so that one that becomes common in between is not replaced in one
 * exchange and kept in the next: what a client takes from a response and sends again must be the same in both. A fixed
 * number of slots, eight for each hash, the oldest of which goes; then that session's value is decided anew. Not
 * thread-safe.
 */
final class SessionChoices {
    private static final int WAYS = 8;

    /** Hashes whose lowest bit is the decision; 0 for none. */
    private final long[] slots;

    private final byte[] next;

    /** @param memory bytes, about */
    SessionChoices(long memory) {
        int entries = (int) Long.highestOneBit(Math.max(WAYS, Math.min(memory, 1L << 28) / Long.BYTES));
        this.slots = new long[entries];
        this.next = new byte[entries / WAYS];
    }

    /** Whether {@code choice} was kept, 1, or replaced, 0; -1 where nothing is known of it. */
    int of(long choice) {
        int first = bucket(choice) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            if ((slots[i] | 1) == (choice | 1) && slots[i] != 0) {
                return (int) (slots[i] & 1);
            }
        }
        return -1;
    }

    void remember(long choice, boolean kept) {
        int bucket = bucket(choice);
        slots[bucket * WAYS + next[bucket]] = kept ? choice | 1 : choice & ~1L;
        next[bucket] = (byte) ((next[bucket] + 1) % WAYS);
    }

    private int bucket(long choice) {
        return (int) (choice >>> 40) & next.length - 1;
    }
}
