package dev.retake.pipeline.session;

import dev.retake.common.slot.KeySlots;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The identities that lead to sessions. Those of one session are linked, oldest first, so that they go with it. For one
 * thread.
 */
final class Bindings {
    /** Identities of one session at most; the oldest goes first, as a rotated token is not used again. */
    private static final int MAX_KEYS = 32;

    private final SessionColumns columns;
    private final KeySlots keys = new KeySlots();

    /** By the slot of a key: the session's slot, whether it was issued, and the next key of the session. */
    private int[] sessions = {};

    private boolean[] issued = {};
    private int[] younger = {};

    /** By the session's slot; the youngest counts only where there are any. */
    private int[] counts = {};

    private int[] oldest = {};
    private int[] youngest = {};

    Bindings(SessionColumns columns) {
        this.columns = columns;
    }

    /** An identity of a session, {@code issued} by one of its responses or else only carried by its requests. */
    record Binding(OpenSession session, boolean issued) {}

    @Nullable
    Binding find(IdentityKey key) {
        int slot = keys.find(key.high(), key.low());
        return slot == KeySlots.NONE ? null : new Binding(new OpenSession(columns, sessions[slot]), issued[slot]);
    }

    /** Leads {@code key} to the session in the slot {@code session}, unless it leads to one already. */
    void bind(int session, IdentityKey key, boolean isIssued) {
        if (keys.find(key.high(), key.low()) != KeySlots.NONE) {
            return;
        }
        int slot = keys.add(key.high(), key.low());
        reserve(session);
        sessions[slot] = session;
        issued[slot] = isIssued;
        younger[slot] = KeySlots.NONE;
        if (counts[session] == 0) {
            oldest[session] = slot;
        } else {
            younger[youngest[session]] = slot;
        }
        youngest[session] = slot;
        counts[session]++;
        if (counts[session] > MAX_KEYS) {
            removeOldest(session);
        }
    }

    /** Has all that leads to {@code from} lead to {@code to}, to which nothing leads. */
    void move(int from, int to) {
        reserve(Math.max(from, to));
        if (counts[from] == 0) {
            return;
        }
        for (int slot = oldest[from]; slot != KeySlots.NONE; slot = younger[slot]) {
            sessions[slot] = to;
        }
        oldest[to] = oldest[from];
        youngest[to] = youngest[from];
        counts[to] = counts[from];
        counts[from] = 0;
    }

    /** Has nothing lead to {@code session} any more. */
    void remove(int session) {
        while (session < counts.length && counts[session] > 0) {
            removeOldest(session);
        }
    }

    private void removeOldest(int session) {
        int slot = oldest[session];
        oldest[session] = younger[slot];
        counts[session]--;
        keys.remove(slot);
    }

    private void reserve(int session) {
        int capacity = keys.capacity();
        if (sessions.length < capacity) {
            sessions = Arrays.copyOf(sessions, capacity);
            issued = Arrays.copyOf(issued, capacity);
            younger = Arrays.copyOf(younger, capacity);
        }
        if (session >= counts.length) {
            int length = Math.max(2 * counts.length, session + 1);
            counts = Arrays.copyOf(counts, length);
            oldest = Arrays.copyOf(oldest, length);
            youngest = Arrays.copyOf(youngest, length);
        }
    }
}
