package dev.retake.journal;

import dev.retake.privacy.SanitizedExchange;
import java.util.List;

/**
 * What is written at once: after a crash all of it is there or nothing.
 *
 * @param exchanges records to add; a session's sequence number is used once
 * @param sessions what became known of sessions; applied after the exchanges
 * @param ledger what is to be counted beside the exchanges of this batch, which the journal counts itself
 */
public record JournalBatch(List<SanitizedExchange> exchanges, List<SessionUpdate> sessions, LedgerDelta ledger) {
    public JournalBatch {
        exchanges = List.copyOf(exchanges);
        sessions = List.copyOf(sessions);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return exchanges.isEmpty() && sessions.isEmpty() && ledger.isEmpty();
    }
}
