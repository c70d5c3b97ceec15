package dev.retake.journal;

import dev.retake.common.keys.KeySet;
import java.nio.file.Path;
import java.util.List;

/** Reads every byte of a journal and says what is damaged; changes nothing. */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalVerifier {
    private JournalVerifier() {}

    /**
     * What a verification found.
     *
     * @param sessions how many sessions were read
     * @param exchanges how many exchanges were read whole
     * @param damage what is wrong, at most 10,000 places; empty where the journal is sound
     */
    public record Findings(long sessions, long exchanges, List<Damage> damage) {
        public Findings {
            damage = List.copyOf(damage);
        }
    }

    /**
     * Verifies the journal at {@code directory}.
     *
     * @throws dev.retake.common.error.RetakeException with INPUT where there is no journal, KEY where {@code keys} do not
     *     open it, FORMAT where it is of a newer format
     */
    public static Findings verify(Path directory, KeySet keys) {
        throw new UnsupportedOperationException();
    }
}
