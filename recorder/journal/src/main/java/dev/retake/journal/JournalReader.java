package dev.retake.journal;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.query.SessionQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a journal, also while a recorder writes it, as of its opening or its last {@link #refresh()}. What it reports it
 * has first made durable. It never changes the journal. For one thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalReader implements AutoCloseable {
    private JournalReader() {}

    /**
     * Opens the journal at {@code directory}.
     *
     * @throws dev.retake.common.error.RetakeException with INPUT where there is no journal, KEY where {@code keys} do not
     *     open it, FORMAT where it is of a newer format, DAMAGED where it needs salvaging, DISK where it cannot be read
     */
    public static JournalReader open(Path directory, KeySet keys) {
        throw new UnsupportedOperationException();
    }

    /** Takes in what was written since. */
    public void refresh() {
        throw new UnsupportedOperationException();
    }

    /**
     * The sessions of which an exchange satisfies {@code query}, oldest first. Close the stream. Memory does not grow with
     * the journal. Sessions that cannot be read are passed over, and listed by {@link #damage()}.
     */
    public Stream<Session> sessions(SessionQuery query) {
        throw new UnsupportedOperationException();
    }

    /** The session {@code id}, empty where there is none. */
    public Optional<Session> session(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * The exchanges of the session {@code id} in order; none where there is no such session. Close the stream. An
     * exchange that cannot be read ends it with a RetakeException of code DAMAGED that names the place.
     */
    public Stream<Exchange> exchanges(String id) {
        throw new UnsupportedOperationException();
    }

    /** Ledger and size. */
    public JournalStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Origins that were recorded as production, in order of their names. */
    public List<String> upstreams() {
        throw new UnsupportedOperationException();
    }

    /** What {@link #sessions} had to pass over so far; at most 1,000 places. */
    public List<Damage> damage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
