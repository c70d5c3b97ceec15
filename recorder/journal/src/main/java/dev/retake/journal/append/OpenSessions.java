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
import dev.retake.journal.table.SessionTables;
import dev.retake.journal.table.SessionTally;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sessions that this writer appends to, each with its data key and its sums. Those used longest ago are forgotten past
 * a bound, and read back from the tables when they go on.
 */
final class OpenSessions {
    private static final int KEPT = 50_000;
    private static final int MAX_OPERATIONS = 1_000;

    private final SessionTables tables;
    private final KeyringWriter keyring;
    private final Map<String, OpenSession> sessions = new LinkedHashMap<>(64, 0.75f, true);

    /** The operations that sessions have in common, each once: they would fill a tenth of what a session takes. */
    private final Map<String, String> operations = new HashMap<>();

    OpenSessions(SessionTables tables, KeyringWriter keyring) {
        this.tables = tables;
        this.keyring = keyring;
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
        OpenSession loaded = load(id, Math.max(0, startedAt));
        sessions.put(id, loaded);
        if (sessions.size() > KEPT) {
            Iterator<OpenSession> eldest = sessions.values().iterator();
            eldest.next();
            eldest.remove();
        }
        return loaded;
    }

    /** The operation of {@code exchange}. */
    String operation(Exchange exchange) {
        String operation = PathTemplate.operation(exchange.request());
        String known = operations.get(operation);
        if (known != null) {
            return known;
        }
        if (operations.size() == MAX_OPERATIONS) {
            operations.clear();
        }
        operations.put(operation, operation);
        return operation;
    }

    private OpenSession load(String id, long startedAt) throws StoreException, IOException {
        SessionTag tag = SessionTag.of(id);
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

    /** Forgets the session {@code id}: it is closed. */
    void forget(String id) {
        sessions.remove(id);
    }

    /** Forgets all: what is in memory may differ from what was written. */
    void forgetAll() {
        sessions.clear();
    }

    /** Those that are in memory, and forgets them. */
    List<OpenSession> takeAll() {
        List<OpenSession> all = List.copyOf(sessions.values());
        sessions.clear();
        return all;
    }

    /** Days on which a session that is still in memory began. */
    Set<Integer> days() {
        Set<Integer> days = new TreeSet<>();
        sessions.values().forEach(session -> days.add(session.key().day()));
        return days;
    }
}
