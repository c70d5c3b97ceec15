package dev.retake.pipeline.session;

import dev.retake.journal.SessionUpdate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are open, the identities that lead to them, and what the journal is yet to be told of them. Bounded:
 * past the bound the session that has been idle longest is closed. For one thread.
 */
final class OpenSessions {
    /** Identities of one session at most; the oldest goes first, as a rotated token is not used again. */
    private static final int MAX_KEYS = 32;

    private final KeyedHash hash;
    private final String salt;
    private final int bound;
    private final Map<IdentityKey, Binding> bindings = new HashMap<>();

    /** By id, the one that has been idle longest first. */
    private final LinkedHashMap<String, OpenSession> sessions = new LinkedHashMap<>();

    private final LinkedHashMap<String, SessionUpdate> updates = new LinkedHashMap<>();
    private long opened;
    private long evicted;

    OpenSessions(KeyedHash hash, String salt, int bound) {
        this.hash = hash;
        this.salt = salt;
        this.bound = bound;
    }

    /** An identity of a session, {@code issued} by one of its responses or else only carried by its requests. */
    record Binding(OpenSession session, boolean issued) {}

    OpenSession open(long startedAt, long now) {
        if (sessions.size() == bound) {
            Iterator<OpenSession> oldest = sessions.values().iterator();
            OpenSession session = oldest.next();
            oldest.remove();
            end(session);
            evicted++;
        }
        String id = hash.of("session id", salt, Long.toString(++opened)).hex();
        OpenSession session = new OpenSession(id, startedAt);
        session.lastActive = now;
        sessions.put(id, session);
        return session;
    }

    /** A session that takes the place of {@code session}, which ends, with all that leads to it. */
    OpenSession succeed(OpenSession session, long startedAt, long now) {
        OpenSession successor = open(startedAt, now);
        successor.identity = session.identity;
        successor.subjects = session.subjects;
        successor.led = session.led;
        successor.complete = false;
        for (IdentityKey key : session.keys) {
            Binding binding = bindings.get(key);
            if (binding != null && binding.session() == session) {
                bindings.remove(key);
                bind(successor, key, binding.issued());
            }
        }
        sessions.remove(session.id);
        end(session);
        return successor;
    }

    @Nullable
    Binding binding(IdentityKey key) {
        return bindings.get(key);
    }

    @Nullable
    OpenSession byId(String id) {
        return sessions.get(id);
    }

    /** Leads {@code key} to {@code session}, unless it leads to one already. */
    void bind(OpenSession session, IdentityKey key, boolean issued) {
        if (bindings.putIfAbsent(key, new Binding(session, issued)) == null) {
            session.addKey(key);
            if (session.keys.size() > MAX_KEYS) {
                IdentityKey oldest = session.keys.get(0);
                bindings.remove(oldest);
                session.removeKey(oldest);
            }
        }
    }

    void touch(OpenSession session, long now) {
        session.lastActive = now;
        sessions.remove(session.id);
        sessions.put(session.id, session);
    }

    /** Marks {@code session} incomplete. */
    void incomplete(OpenSession session) {
        session.complete = false;
        changed(session);
    }

    /** Marks the session {@code id} incomplete, one of whose placed exchanges is not recorded; it may have ended since. */
    void unrecorded(String id) {
        OpenSession session = sessions.get(id);
        if (session == null) {
            updates.computeIfPresent(
                    id,
                    (same, known) -> new SessionUpdate(id, known.startedAt(), known.identity(), known.closed(), false));
            return;
        }
        session.unrecorded++;
        if (session.exchanges == session.unrecorded) {
            updates.remove(id);
        }
    }

    /** Has the journal told what is now known of {@code session}; nothing where it has no exchange of it. */
    void changed(OpenSession session) {
        if (session.exchanges > session.unrecorded) {
            updates.put(
                    session.id,
                    new SessionUpdate(
                            session.id, session.startedAt, session.identity, session.ended, session.complete));
        }
    }

    void closeIdle(long idleSince) {
        Iterator<OpenSession> oldest = sessions.values().iterator();
        while (oldest.hasNext()) {
            OpenSession session = oldest.next();
            if (session.lastActive - idleSince > 0) {
                return;
            }
            oldest.remove();
            end(session);
        }
    }

    void closeAll() {
        sessions.values().forEach(this::end);
        sessions.clear();
    }

    Iterable<OpenSession> all() {
        return sessions.values();
    }

    int size() {
        return sessions.size();
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
        session.ended = true;
        changed(session);
        for (IdentityKey key : session.keys) {
            Binding binding = bindings.get(key);
            if (binding != null && binding.session() == session) {
                bindings.remove(key);
            }
        }
        session.keys = List.of();
    }
}
