package dev.retake.privacy.value;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What sessions gave away about whom they belong to, so that a user name that was typed at a login is known on every later
 * page, and an id has one surrogate in all exchanges of its session, whatever their fields are called. The sessions that
 * were not seen for longest are forgotten. Not thread-safe; shows no value.
 */
public final class SessionLessons {
    private static final int MOST_OF_ONE = 64;

    private final int most;
    private final Map<String, Lessons> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private int known;

    /** @param most lessons of all sessions together, about 150 bytes each */
    public SessionLessons(int most) {
        this.most = most;
    }

    /** What is known of {@code session}. */
    public Lessons of(String session) {
        return sessions.getOrDefault(session, Lessons.NONE);
    }

    /** Keeps what {@code learnt} has for longer than its exchange. */
    public void add(String session, Lessons learnt) {
        Lessons before = of(session);
        Lessons after = before.with(learnt, MOST_OF_ONE);
        if (after == before) {
            return;
        }
        sessions.put(session, after);
        known += after.size() - before.size();
        Iterator<Lessons> eldest = sessions.values().iterator();
        while (known > most && sessions.size() > 1) {
            known -= eldest.next().size();
            eldest.remove();
        }
    }
}
