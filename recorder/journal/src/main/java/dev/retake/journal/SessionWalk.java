package dev.retake.journal;

import dev.retake.journal.query.SessionQuery;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.table.Keys;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Goes through the sessions of a journal, one in memory at a time. */
final class SessionWalk extends Spliterators.AbstractSpliterator<Session> {
    private final JournalReader reader;
    private final StoreCursor cursor;
    private final SessionQuery query;
    private boolean started;

    SessionWalk(JournalReader reader, StoreCursor cursor, SessionQuery query) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT);
        this.reader = reader;
        this.cursor = cursor;
        this.query = query;
    }

    Stream<Session> stream() {
        return StreamSupport.stream(this, false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Session> action) {
        Session session = null;
        boolean more = advance();
        while (more && (session = current()) == null) {
            more = advance();
        }
        if (session == null) {
            return false;
        }
        action.accept(session);
        return true;
    }

    private @Nullable Session current() {
        return reader.select(cursor, query);
    }

    private boolean advance() {
        if (started) {
            cursor.next();
        } else {
            cursor.seek(Keys.sessionsFrom(0));
            started = true;
        }
        try {
            return cursor.valid();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DAMAGED) {
                reader.note(new Damage("sessions", "are damaged in a table; what follows them is not shown"));
                return false;
            }
            throw reader.failed(e);
        }
    }
}
