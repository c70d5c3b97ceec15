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

    /** Identities that lead to it, oldest first. */
    final List<IdentityKey> keys = new ArrayList<>(2);

    /** Whom it is about, by the namespace of the name. */
    final Map<String, IdentityKey> subjects = new HashMap<>(2);

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
