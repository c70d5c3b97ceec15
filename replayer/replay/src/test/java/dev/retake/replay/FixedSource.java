package dev.retake.replay;

import dev.retake.common.exchange.Exchange;
import dev.retake.replay.source.RecordedSession;
import dev.retake.replay.source.SessionSource;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions held in memory. */
public final class FixedSource implements SessionSource {
    private final Map<RecordedSession, List<Exchange>> sessions = new LinkedHashMap<>();
    private final Set<String> upstreams;

    public FixedSource(String... upstreams) {
        this.upstreams = Set.of(upstreams);
    }

    /** Adds a complete session. */
    public FixedSource with(List<Exchange> exchanges) {
        return with(exchanges, true);
    }

    public FixedSource with(List<Exchange> exchanges, boolean complete) {
        Exchange first = exchanges.get(0);
        sessions.put(
                new RecordedSession(
                        first.session(),
                        first.identity(),
                        Instant.ofEpochMilli(first.timings().acceptedAt() / 1000),
                        complete),
                List.copyOf(exchanges));
        return this;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Iterator<RecordedSession> sessions() {
        return List.copyOf(sessions.keySet()).iterator();
    }

    @Override
    public List<Exchange> exchanges(RecordedSession session) {
        return sessions.entrySet().stream()
                .filter(held -> held.getKey().id().equals(session.id()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public Set<String> upstreams() {
        return upstreams;
    }

    @Override
    public void close() {}
}
