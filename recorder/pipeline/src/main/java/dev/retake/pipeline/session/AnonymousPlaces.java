package dev.retake.pipeline.session;

import dev.retake.common.slot.KeySlots;
import dev.retake.common.slot.LruList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of the places that anonymous requests come from; those not seen for longest are forgotten. For one thread. */
final class AnonymousPlaces {
    private final int bound;
    private final SessionColumns columns;
    private final KeySlots keys = new KeySlots();

    /** The one that was not seen for longest first. */
    private final LruList order = new LruList();

    /** By the slot of a place: the slot of its session, {@link KeySlots#NONE} where it has none. */
    private int[] sessions = {};

    private boolean[] shared = {};

    AnonymousPlaces(int bound, SessionColumns columns) {
        this.bound = bound;
        this.columns = columns;
    }

    /** One connection, or one address, as a view of its slot: for the call that asked for it. */
    final class Place {
        private final int slot;

        private Place(int slot) {
            this.slot = slot;
        }

        /** Where its anonymous exchanges go; null before the first, and after it was found to be shared. It may have ended. */
        @Nullable
        OpenSession session() {
            return sessions[slot] == KeySlots.NONE ? null : new OpenSession(columns, sessions[slot]);
        }

        /** Has its anonymous exchanges go to {@code session}. */
        void lead(OpenSession session) {
            columns.refer(session.slot());
            leadNowhere();
            sessions[slot] = session.slot();
        }

        /** Has its next anonymous exchange begin a session. */
        void leadNowhere() {
            int before = sessions[slot];
            sessions[slot] = KeySlots.NONE;
            if (before != KeySlots.NONE) {
                columns.unrefer(before);
            }
        }

        /** Whether several users come from here. */
        boolean shared() {
            return shared[slot];
        }

        void markShared() {
            shared[slot] = true;
        }
    }

    Place at(IdentityKey key) {
        Place known = known(key);
        if (known != null) {
            return known;
        }
        if (keys.size() == bound) {
            int eldest = order.first();
            new Place(eldest).leadNowhere();
            order.remove(eldest);
            keys.remove(eldest);
        }
        int slot = keys.add(key.high(), key.low());
        if (sessions.length < keys.capacity()) {
            sessions = Arrays.copyOf(sessions, keys.capacity());
            shared = Arrays.copyOf(shared, keys.capacity());
        }
        sessions[slot] = KeySlots.NONE;
        shared[slot] = false;
        order.add(slot);
        return new Place(slot);
    }

    @Nullable
    Place known(IdentityKey key) {
        int slot = keys.find(key.high(), key.low());
        if (slot == KeySlots.NONE) {
            return null;
        }
        order.touch(slot);
        return new Place(slot);
    }
}
