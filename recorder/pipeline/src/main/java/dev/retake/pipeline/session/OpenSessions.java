package dev.retake.pipeline.session;

import dev.retake.common.slot.KeySlots;
import dev.retake.common.slot.LruList;
import dev.retake.journal.SessionUpdate;
import dev.retake.pipeline.session.Bindings.Binding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are open, the identities that lead to them, and what the journal is yet to be told of them. Bounded:
 * past the bound the session that has been idle longest is closed. For one thread.
 */
final class OpenSessions {
    private final KeyedHash hash;
    private final String salt;
    private final int bound;
    private final SessionColumns columns;
    private final Bindings bindings;

    /** Those that are open, the one that has been idle longest first. */
    private final LruList order = new LruList();

    private final LinkedHashMap<String, SessionUpdate> updates = new LinkedHashMap<>();
    private int open;
    private long opened;
    private long evicted;

    OpenSessions(KeyedHash hash, String salt, int bound, SessionColumns columns) {
        this.hash = hash;
        this.salt = salt;
        this.bound = bound;
        this.columns = columns;
        this.bindings = new Bindings(columns);
    }

    OpenSession open(long startedAt, long now) {
        if (open == bound) {
            end(view(order.first()));
            evicted++;
        }
        return add(startedAt, now);
    }

    private OpenSession add(long startedAt, long now) {
        int slot = columns.add(hash.of("session id", salt, Long.toString(++opened)));
        columns.startedAt[slot] = startedAt;
        columns.lastActive[slot] = now;
        order.add(slot);
        open++;
        return view(slot);
    }

    /** A session that takes the place of {@code session}, which ends, with all that leads to it. */
    OpenSession succeed(OpenSession session, long startedAt, long now) {
        String identity = session.identity();
        OpenSession successor = add(startedAt, now);
        successor.markIncomplete();
        if (session.led()) {
            successor.markLed();
        }
        bindings.move(session.slot(), successor.slot());
        columns.subjects.move(session.slot(), successor.slot());
        end(session, identity);
        return successor;
    }

    @Nullable
    Binding binding(IdentityKey key) {
        return bindings.find(key);
    }

    /** The open session {@code id}, null where there is none. */
    @Nullable
    OpenSession byId(String id) {
        IdentityKey key = IdentityKey.ofHex(id);
        int slot = key == null ? KeySlots.NONE : columns.ids.find(key.high(), key.low());
        return slot == KeySlots.NONE || columns.is(slot, SessionColumns.ENDED) ? null : view(slot);
    }

    /** Leads {@code key} to {@code session}, unless it leads to one already. */
    void bind(OpenSession session, IdentityKey key, boolean issued) {
        bindings.bind(session.slot(), key, issued);
    }

    void touch(OpenSession session, long now) {
        session.active(now);
        order.touch(session.slot());
    }

    /** Marks {@code session} incomplete. */
    void incomplete(OpenSession session) {
        session.markIncomplete();
        changed(session);
    }

    /** Marks the session {@code id} incomplete, one of whose placed exchanges is not recorded; it may have ended since. */
    void unrecorded(String id) {
        OpenSession session = byId(id);
        if (session == null) {
            updates.computeIfPresent(
                    id,
                    (same, known) -> new SessionUpdate(id, known.startedAt(), known.identity(), known.closed(), false));
            return;
        }
        session.unrecorded();
        if (!session.isRecorded()) {
            updates.remove(id);
        }
    }

    /** Has the journal told what is now known of {@code session}; nothing where it has no exchange of it. */
    void changed(OpenSession session) {
        tell(session, session.identity());
    }

    private void tell(OpenSession session, @Nullable String identity) {
        if (session.isRecorded()) {
            String id = session.id();
            updates.put(id, new SessionUpdate(id, session.startedAt(), identity, session.ended(), session.complete()));
        }
    }

    void closeIdle(long idleSince) {
        while (open > 0) {
            OpenSession oldest = view(order.first());
            if (oldest.lastActive() - idleSince > 0) {
                return;
            }
            end(oldest);
        }
    }

    void closeAll() {
        while (open > 0) {
            end(view(order.first()));
        }
    }

    /** Shows every open session to {@code visitor}, which must not open or end one. */
    void forEach(Consumer<OpenSession> visitor) {
        for (int slot = order.first(); slot != KeySlots.NONE; slot = order.next(slot)) {
            visitor.accept(view(slot));
        }
    }

    int size() {
        return open;
    }

    long evicted() {
        return evicted;
    }

    List<SessionUpdate> takeUpdates() {
        List<SessionUpdate> taken = List.copyOf(updates.values());
        updates.clear();
        return taken;
    }

    /** Takes back updates that were not written; what became known since stands. */
    void untake(List<SessionUpdate> unwritten) {
        Map<String, SessionUpdate> since = new LinkedHashMap<>(updates);
        updates.clear();
        unwritten.forEach(update -> updates.put(update.session(), update));
        updates.putAll(since);
    }

    private void end(OpenSession session) {
        end(session, session.identity());
    }

    private void end(OpenSession session, @Nullable String identity) {
        int slot = session.slot();
        session.markEnded();
        tell(session, identity);
        bindings.remove(slot);
        columns.subjects.remove(slot);
        order.remove(slot);
        open--;
        columns.removeEnded(slot);
    }

    private OpenSession view(int slot) {
        return new OpenSession(columns, slot);
    }
}
