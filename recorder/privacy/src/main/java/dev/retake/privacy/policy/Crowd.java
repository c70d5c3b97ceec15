package dev.retake.privacy.policy;

/**
 * Counts in how many sessions a value was seen, in bounded memory, for a decision that errs to the private side alone.
 *
 * <p>Values and sessions come as keyed hashes of 64 bits. A bucket of eight entries holds for each value the sessions that
 * had it, exactly, until they are enough; then it only holds that they were. So a session counts once, however often it
 * repeats a value, and a value is never taken for one of more sessions than it had, but for one error: two values whose
 * hashes are equal are counted together. A value meets at most eight entries, so that the chance of this is at most 8 /
 * 2^64 for each different value, below one in 10^9 over the first billion of them. Two sessions with equal hashes count as
 * one, which is the private side, and so is what a full bucket does: it forgets the entry of fewest sessions, of those the
 * one seen least recently, and counts it anew. A restart counts anew as well. Not thread-safe.
 */
final class Crowd {
    private static final int WAYS = 8;

    /** Of an entry without its sessions: hash, count, and when it was seen last. */
    private static final int ENTRY_BYTES = 8 + 1 + 4;

    private static final long LARGEST = 1L << 30;

    private final int wanted;
    private final long[] values;
    private final byte[] counts;
    private final int[] seen;

    /** Of each entry the session and the subject of all sightings but the last, which makes it common. */
    private final long[] sightings;

    private final int bucketMask;
    private int clock;

    /**
     * A table.
     *
     * @param sessions how many make a value common, 2 to 100
     * @param memory bytes, at most 1 GiB of which are used
     */
    Crowd(int sessions, long memory) {
        this.wanted = sessions;
        long entry = ENTRY_BYTES + 2L * Long.BYTES * (sessions - 1);
        long room = Math.max(WAYS, Math.min(memory, LARGEST) / entry);
        int entries = (int) Long.highestOneBit(room);
        this.values = new long[entries];
        this.counts = new byte[entries];
        this.seen = new int[entries];
        this.sightings = new long[2 * (sessions - 1) * entries];
        this.bucketMask = entries / WAYS - 1;
    }

    /**
     * Counts that {@code session} had {@code value}.
     *
     * @param value keyed hash
     * @param session keyed hash
     * @param subject keyed hash of whom the session belongs to, 0 where that is not known; sessions of one subject count as
     *     one
     * @return whether enough sessions have had it, this one included
     */
    boolean saw(long value, long session, long subject) {
        long tag = value == 0 ? 1 : value;
        int entry = entry(tag);
        seen[entry] = ++clock;
        int count = counts[entry];
        if (count == wanted) {
            return true;
        }
        int from = entry * 2 * (wanted - 1);
        for (int i = 0; i < count; i++) {
            boolean same = sightings[from + 2 * i] == session;
            if (same && sightings[from + 2 * i + 1] == 0) {
                sightings[from + 2 * i + 1] = subject;
            }
            if (same || subject != 0 && sightings[from + 2 * i + 1] == subject) {
                return false;
            }
        }
        counts[entry]++;
        if (counts[entry] == wanted) {
            return true;
        }
        sightings[from + 2 * count] = session;
        sightings[from + 2 * count + 1] = subject;
        return false;
    }

    private int entry(long tag) {
        int first = ((int) (tag >>> 32) & bucketMask) * WAYS;
        int worst = first;
        for (int i = first; i < first + WAYS; i++) {
            if (values[i] == tag) {
                return i;
            }
            boolean fewer = counts[i] < counts[worst];
            boolean older = counts[i] == counts[worst] && seen[i] - seen[worst] < 0;
            worst = fewer || older ? i : worst;
        }
        values[worst] = tag;
        counts[worst] = 0;
        return worst;
    }
}
