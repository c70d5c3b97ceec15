package dev.retake.replay.source;

import dev.retake.common.exchange.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Several sources as one. A session of which more than one holds a part, as happens when several recorders saw one
 * user, is one session, its exchanges in the order of their time.
 */
public final class MergedSource implements SessionSource {
    private final List<SessionSource> sources;

    /** Takes over {@code sources}, at least one, and closes them in the end. */
    public MergedSource(List<? extends SessionSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public String name() {
        return String.join(", ", sources.stream().map(SessionSource::name).toList());
    }

    @Override
    public Iterator<RecordedSession> sessions() {
        Map<String, RecordedSession> merged = new TreeMap<>();
        for (SessionSource source : sources) {
            source.sessions().forEachRemaining(session -> merged.merge(session.id(), session, MergedSource::merge));
        }
        List<RecordedSession> ordered = new ArrayList<>(merged.values());
        ordered.sort(Comparator.comparing(RecordedSession::started).thenComparing(RecordedSession::id));
        return ordered.iterator();
    }

    @Override
    public List<Exchange> exchanges(RecordedSession session) {
        Map<UUID, Exchange> exchanges = new LinkedHashMap<>();
        for (SessionSource source : sources) {
            source.exchanges(session).forEach(exchange -> exchanges.putIfAbsent(exchange.id(), exchange));
        }
        List<Exchange> ordered = new ArrayList<>(exchanges.values());
        ordered.sort(Comparator.comparingLong((Exchange e) -> e.timings().acceptedAt())
                .thenComparing(Exchange::node)
                .thenComparingInt(Exchange::sequence));
        return ordered;
    }

    @Override
    public Set<String> upstreams() {
        Set<String> upstreams = new HashSet<>();
        sources.forEach(source -> upstreams.addAll(source.upstreams()));
        return upstreams;
    }

    @Override
    public void close() {
        sources.forEach(SessionSource::close);
    }

    private static RecordedSession merge(RecordedSession a, RecordedSession b) {
        return new RecordedSession(
                a.id(),
                a.identity() != null ? a.identity() : b.identity(),
                a.started().isBefore(b.started()) ? a.started() : b.started(),
                a.complete() && b.complete());
    }
}
