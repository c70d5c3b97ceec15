package dev.retake.replay.source;

import dev.retake.common.exchange.Exchange;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Sessions of one journal. Reads one at a time, since a reader serves one thread. */
public final class JournalSource implements SessionSource {
    private final String name;
    private final JournalReader reader;
    private final SessionQuery query;

    /**
     * Takes over {@code reader}, and closes it in the end.
     *
     * @param name how the user named the journal
     * @param query which sessions
     */
    public JournalSource(String name, JournalReader reader, SessionQuery query) {
        this.name = name;
        this.reader = reader;
        this.query = query;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Iterator<RecordedSession> sessions() {
        // Only the heads, a few hundred bytes each: a stream kept open would tie up the reader while sessions are read.
        try (Stream<Session> sessions = reader.sessions(query)) {
            return sessions.map(JournalSource::head).toList().iterator();
        }
    }

    @Override
    public synchronized List<Exchange> exchanges(RecordedSession session) {
        try (Stream<Exchange> exchanges = reader.exchanges(session.id())) {
            return exchanges.toList();
        }
    }

    @Override
    public synchronized Set<String> upstreams() {
        return Set.copyOf(reader.upstreams());
    }

    @Override
    public synchronized void close() {
        reader.close();
    }

    private static RecordedSession head(Session session) {
        Instant started = Instant.EPOCH.plus(session.startedAt(), ChronoUnit.MICROS);
        return new RecordedSession(session.id(), session.identity(), started, session.complete());
    }
}
