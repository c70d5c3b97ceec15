package dev.retake.pipeline.session;

import dev.retake.common.slot.KeySlots;
import java.util.Arrays;

/**
 * What is kept of sessions, a column for each thing and a slot for each session. An ended session keeps its slot while the
 * place that anonymous requests came from refers to it, for they may tell that it was stopped. For one thread.
 */
final class SessionColumns {
    static final int INCOMPLETE = 1;
    static final int ENDED = 2;
    static final int LED = 4;
    static final int STOPPED = 8;

    /** Slots by the session's id. */
    final KeySlots ids = new KeySlots();

    final SessionSubjects subjects = new SessionSubjects();

    long[] startedAt = {};
    long[] lastActive = {};
    long[] resumesAt = {};
    int[] exchanges = {};
    int[] unrecorded = {};
    private byte[] marks = {};

    /** How many places refer to the session. */
    private int[] references = {};

    /** A slot for a session without exchanges. */
    int add(IdentityKey id) {
        int slot = ids.add(id.high(), id.low());
        int capacity = ids.capacity();
        if (marks.length < capacity) {
            startedAt = Arrays.copyOf(startedAt, capacity);
            lastActive = Arrays.copyOf(lastActive, capacity);
            resumesAt = Arrays.copyOf(resumesAt, capacity);
            exchanges = Arrays.copyOf(exchanges, capacity);
            unrecorded = Arrays.copyOf(unrecorded, capacity);
            marks = Arrays.copyOf(marks, capacity);
            references = Arrays.copyOf(references, capacity);
        }
        exchanges[slot] = 0;
        unrecorded[slot] = 0;
        marks[slot] = 0;
        references[slot] = 0;
        return slot;
    }

    boolean is(int slot, int mark) {
        return (marks[slot] & mark) != 0;
    }

    void mark(int slot, int mark) {
        marks[slot] |= (byte) mark;
    }

    /** A place refers to the session from here on. */
    void refer(int slot) {
        references[slot]++;
    }

    /** A place that referred to the session does so no more. */
    void unrefer(int slot) {
        references[slot]--;
        removeEnded(slot);
    }

    /** Gives the slot to another session, where this one has ended and nothing refers to it. */
    void removeEnded(int slot) {
        if (references[slot] == 0 && is(slot, ENDED)) {
            ids.remove(slot);
        }
    }
}
