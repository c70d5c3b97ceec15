package dev.retake.journal.append;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.journal.Session;
import dev.retake.journal.SessionUpdate;
import dev.retake.journal.keyring.KeyringWriter;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.UnreadableException;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.table.Keys;
import dev.retake.journal.table.Operations;
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.SessionTally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sessions that this writer appends to, each with its data key and its sums. Those that the last batches were about are
 * objects, and the others packed ({@link IdleSessions}); past a bound, those used longest ago are forgotten, and read back
 * from the tables when they go on.
 */
final class OpenSessions {
    /** About two batches of sessions; so few that they end before the collector takes them for old. */
    private static final int UNPACKED = 512;

    private final SessionTables tables;
    private final KeyringWriter keyring;
    private final Map<String, OpenSession> sessions = new LinkedHashMap<>(64, 0.75f, true);
    private final IdleSessions idle;

    /** The operations that sessions have in common. */
    private final Operations operations = new Operations();

    OpenSessions(SessionTables tables, KeyringWriter keyring) {
        this.tables = tables;
        this.keyring = keyring;
        this.idle = new IdleSessions(operations);
    }

    /** One of them. */
    static final class OpenSession {
        private final SessionTag tag;
        private final SessionTally tally;
        private final RecordKey key;
        private boolean rowDue;

        OpenSession(SessionTag tag, SessionTally tally, RecordKey key, boolean fresh) {
            this.tag = tag;
            this.tally = tally;
            this.key = key;
            this.rowDue = fresh;
        }

        SessionTag tag() {
            return tag;
        }

        SessionTally tally() {
            return tally;
        }

        RecordKey key() {
            return key;
        }

        /** Whether its row has to be written; asking settles it. */
        boolean takeRowDue() {
            boolean due = rowDue;
            rowDue = false;
            return due;
        }

        void add(Exchange exchange, String operation) {
            String identity = tally.identity();
            rowDue |= tally.closed();
            tally.reopen();
            tally.add(exchange, operation);
            rowDue |= !Objects.equals(identity, tally.identity());
        }

        void apply(SessionUpdate update) {
            String identity = tally.identity();
            boolean complete = tally.complete();
            boolean closed = tally.closed();
            tally.apply(update);
            rowDue |= closed != tally.closed()
                    || complete != tally.complete()
                    || !Objects.equals(identity, tally.identity());
        }
    }

    /** The session {@code id}, which begins at {@code startedAt} unless it is recorded already. */
    OpenSession get(String id, long startedAt) throws StoreException, IOException {
        OpenSession known = sessions.get(id);
        if (known != null) {
            return known;
        }
        SessionTag tag = SessionTag.of(id);
        OpenSession session = idle.take(tag);
        if (session == null) {
            session = load(id, tag, Math.max(0, startedAt));
        }
        sessions.put(id, session);
        return session;
    }

    /** Packs all but those used last; for between batches, since changes to what was packed are lost. */
    void packIdle() {
        Iterator<OpenSession> eldest = sessions.values().iterator();
        for (int left = sessions.size(); left > UNPACKED; left--) {
            idle.add(eldest.next());
            eldest.remove();
        }
    }

    /** The operation of {@code exchange}. */
    String operation(Exchange exchange) {
        return operations.shared(PathTemplate.operation(exchange.request()));
    }

    private OpenSession load(String id, SessionTag tag, long startedAt) throws StoreException, IOException {
        long start = tables.startedAt(tag).orElse(startedAt);
        boolean fresh = false;
        SessionTally tally;
        try {
            Session row = tables.row(tag);
            fresh = row == null;
            tally = row == null ? new SessionTally(id, start) : tables.tally(row, tag);
        } catch (UnreadableException e) {
            // What was recorded of it is damaged, which verifying will find; what follows is still worth keeping.
            tally = new SessionTally(id, start);
            tally.markIncomplete();
            fresh = true;
        }
        return new OpenSession(tag, tally, keyring.next(Keys.day(start)), fresh);
    }

    /** Forgets the session {@code id}, which the last batch closed. */
    void forget(String id) {
        sessions.remove(id);
    }

    /** Forgets all: what is in memory may differ from what was written. */
    void forgetAll() {
        sessions.clear();
        idle.clear();
    }

    /** Up to {@code count} of those in memory, which are forgotten; none where there are none left. */
    List<OpenSession> take(int count) {
        List<OpenSession> taken = new ArrayList<>(count);
        Iterator<OpenSession> unpacked = sessions.values().iterator();
        while (taken.size() < count && unpacked.hasNext()) {
            taken.add(unpacked.next());
            unpacked.remove();
        }
        while (taken.size() < count && idle.size() > 0) {
            taken.add(idle.takeEldest());
        }
        return taken;
    }

    /** Days on which a session that is still in memory began. */
    Set<Integer> days() {
        Set<Integer> days = new TreeSet<>(idle.days());
        sessions.values().forEach(session -> days.add(session.key().day()));
        return days;
    }
}
