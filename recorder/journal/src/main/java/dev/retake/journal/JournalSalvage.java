package dev.retake.journal;

import dev.retake.common.keys.KeySet;
import java.nio.file.Path;
import java.time.Clock;

/** Saves from a damaged journal whatever is whole, into a new one; the damaged one is not touched. */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalSalvage {
    private JournalSalvage() {}

    /**
     * What was saved.
     *
     * @param sessions sessions of which something was saved
     * @param exchanges exchanges that were saved
     * @param lost exchanges that were counted as captured and could not be found; 0 also where the count itself is lost
     */
    public record Saved(long sessions, long exchanges, long lost) {}

    /**
     * Salvages {@code in} to {@code out}, which must not exist.
     *
     * @throws dev.retake.common.error.RetakeException with INPUT where {@code in} is no journal or {@code out} exists,
     *     LOCKED where another process writes to {@code in}, KEY where {@code keys} do not open it, DISK where {@code out}
     *     cannot be written
     */
    public static Saved salvage(Path in, Path out, KeySet keys, Clock clock) {
        throw new UnsupportedOperationException();
    }
}
