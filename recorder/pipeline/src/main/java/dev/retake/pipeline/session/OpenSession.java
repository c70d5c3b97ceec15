package dev.retake.pipeline.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session that may still get exchanges. For one thread. */
final class OpenSession {
    final String id;

    /** Microseconds since the epoch. */
    final long startedAt;

    /** Identities that lead to it, oldest first. Never changed in place: most sessions have one, and there are many. */
    List<IdentityKey> keys = List.of();

    /** Whom it is about, by the namespace of the name; never changed in place, for the same reason. */
    Map<String, IdentityKey> subjects = Map.of();

    @Nullable
    String identity;

    /** How many exchanges have a place in it; the last one's sequence number. */
    int exchanges;

    /** How many of them were dropped afterwards. */
    int unrecorded;

    boolean complete = true;
    boolean ended;

    /** An identity was issued to it. */
    boolean led;

    /** When its last exchange came, in the tracker's nanoseconds. */
    long lastActive;

    /** It is not captured until {@link #resumesAt}, in the tracker's nanoseconds. */
    boolean stopped;

    long resumesAt;

    OpenSession(String id, long startedAt) {
        this.id = id;
        this.startedAt = startedAt;
    }

    void addKey(IdentityKey key) {
        List<IdentityKey> longer = new ArrayList<>(keys);
        longer.add(key);
        keys = List.copyOf(longer);
    }

    /** Stops {@code key} from leading to it. */
    void removeKey(IdentityKey key) {
        List<IdentityKey> shorter = new ArrayList<>(keys);
        shorter.remove(key);
        keys = List.copyOf(shorter);
    }

    /** It is about {@code subject}, unless it is known to be about somebody else. */
    void isNowAbout(String kind, IdentityKey subject) {
        if (!subjects.containsKey(kind)) {
            Map<String, IdentityKey> more = new HashMap<>(subjects);
            more.put(kind, subject);
            subjects = Map.copyOf(more);
        }
    }

    /** Whether {@code subject} is known to be somebody else than the session is about. */
    boolean isAboutAnother(String kind, IdentityKey subject) {
        IdentityKey known = subjects.get(kind);
        return known != null && !known.equals(subject);
    }

    /** Whether {@code subject} is known to be whom the session is about. */
    boolean isAbout(String kind, IdentityKey subject) {
        return subject.equals(subjects.get(kind));
    }
}
