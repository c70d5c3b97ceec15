package dev.retake.journal;

import org.jspecify.annotations.Nullable;

/**
 * What became known of a session apart from its exchanges. A session needs no update to begin: its first exchange, or its
 * first update, begins it.
 *
 * @param session id of the session
 * @param startedAt microseconds since the epoch; counts only where this update begins the session
 * @param identity surrogate of its subject; null leaves what was known
 * @param closed no exchange will follow
 * @param complete false once an exchange of the session was dropped; never turns true again
 */
public record SessionUpdate(
        String session, long startedAt, @Nullable String identity, boolean closed, boolean complete) {

    /** The session has ended, and nothing of it was dropped. */
    public static SessionUpdate closed(String session, long startedAt) {
        return new SessionUpdate(session, startedAt, null, true, true);
    }

    /** An exchange of the session was dropped. */
    public static SessionUpdate incomplete(String session, long startedAt) {
        return new SessionUpdate(session, startedAt, null, false, false);
    }

    /** The session's subject is known. */
    public static SessionUpdate identified(String session, long startedAt, String identity) {
        return new SessionUpdate(session, startedAt, identity, false, true);
    }
}
