package dev.retake.journal;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.KeySet;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The one owner of a journal, which appends to it. All methods but {@link #forwarded()}'s are for one thread at a time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalWriter implements AutoCloseable {
    private JournalWriter() {}

    /**
     * Opens the journal at {@code directory}, or makes a new one.
     *
     * @throws dev.retake.common.error.RetakeException with LOCKED where another process owns it, KEY where {@code keys}
     *     do not open it, FORMAT where it is of a newer format, DAMAGED where it needs salvaging, DISK where it cannot
     *     be written
     */
    public static JournalWriter open(
            Path directory, KeySet keys, JournalSettings settings, Clock clock, BackgroundErrors errors) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes {@code batch} as a whole.
     *
     * @throws JournalUnavailableException nothing of it was written; a later call tries to open the journal again, at
     *     most once a second
     * @throws IllegalArgumentException if a sequence number of a session was used before
     */
    public void append(JournalBatch batch) throws JournalUnavailableException {
        throw new UnsupportedOperationException();
    }

    /** Makes everything that was appended durable, whatever {@link Durability} says. */
    public void sync() throws JournalUnavailableException {
        throw new UnsupportedOperationException();
    }

    /** Where the recorder counts each completed exchange, captured or not. Stays valid after {@link #close()}, without effect. */
    public ForwardedMark forwarded() {
        throw new UnsupportedOperationException();
    }

    /** How many exchanges of this writer's batches are durable. Thread-safe. */
    public long durableExchanges() {
        throw new UnsupportedOperationException();
    }

    /** What is recorded of the session {@code id}, for a recorder that goes on with it. */
    public Optional<Session> session(String id) {
        throw new UnsupportedOperationException();
    }

    /** Notes that {@code origin} (as {@code https://api.example.com:443}) is production, durably. */
    public void recordUpstream(String origin) throws JournalUnavailableException {
        throw new UnsupportedOperationException();
    }

    /** Bytes on disk, keyring included. Thread-safe. */
    public long bytes() {
        throw new UnsupportedOperationException();
    }

    /** Closes the sessions that are still open, syncs, and lets go of the journal. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
