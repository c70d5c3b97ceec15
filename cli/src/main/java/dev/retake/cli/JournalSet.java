package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals that one command reads, opened together and read as one, oldest session first. */
final class JournalSet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalSet.class);

    private final List<JournalReader> readers;

    private JournalSet(List<JournalReader> readers) {
        this.readers = readers;
    }

    static JournalSet open(List<Path> directories, KeyOptions keys) {
        List<JournalReader> readers = new ArrayList<>();
        JournalSet set = new JournalSet(readers);
        try {
            for (Path directory : directories) {
                readers.add(JournalReader.open(directory, keys.forReading(directory)));
            }
        } catch (RetakeException e) {
            set.close();
            throw e;
        }
        return set;
    }

    /** All sessions that satisfy {@code query}. Close the stream. */
    Stream<Session> sessions(SessionQuery query) {
        if (readers.size() == 1) {
            return readers.get(0).sessions(query);
        }
        List<Stream<Session>> streams =
                readers.stream().map(reader -> reader.sessions(query)).toList();
        Iterator<Session> merged = new Merge(streams);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED), false)
                .onClose(() -> streams.forEach(Stream::close));
    }

    /** The reader of the journal that holds the session {@code id}. */
    JournalReader holding(String id) {
        return readers.stream()
                .filter(reader -> reader.session(id).isPresent())
                .findFirst()
                .orElseThrow(() -> new RetakeException(
                        ErrorCode.UNKNOWN_ID,
                        "There is no session of that id here; 'retake sessions --journal DIR' lists them."));
    }

    List<JournalReader> readers() {
        return readers;
    }

    void refresh() {
        readers.forEach(JournalReader::refresh);
    }

    void warnOfDamage() {
        int places = readers.stream().mapToInt(reader -> reader.damage().size()).sum();
        if (places > 0) {
            LOG.warn("{} damaged places were passed over; 'retake journal verify' names them", places);
        }
    }

    @Override
    public void close() {
        readers.forEach(JournalReader::close);
    }

    /** Merges streams that are each in order of their sessions' start. */
    private static final class Merge implements Iterator<Session> {
        private record Head(Session session, Iterator<Session> rest) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>(
                Comparator.<Head>comparingLong(head -> head.session().startedAt())
                        .thenComparing(head -> head.session().id()));

        Merge(List<Stream<Session>> streams) {
            streams.forEach(stream -> push(stream.iterator()));
        }

        private void push(Iterator<Session> rest) {
            if (rest.hasNext()) {
                heads.add(new Head(rest.next(), rest));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Session next() {
            Head head = heads.remove();
            push(head.rest());
            return head.session();
        }
    }
}
