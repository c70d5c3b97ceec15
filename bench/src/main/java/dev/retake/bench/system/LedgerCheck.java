package dev.retake.bench.system;

import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.JournalStats;
import java.nio.file.Path;

/** What the sidecar with everything on recorded of what it forwarded: a row with drops does not count. */
record LedgerCheck(long forwarded, long captured, long dropped, long sessions, long bytes) {
    static LedgerCheck of(Path journal) {
        try (JournalReader reader =
                JournalReader.open(journal, KeySetFile.loadForReading(KeySetFile.defaultFor(journal)))) {
            JournalStats stats = reader.stats();
            long dropped =
                    stats.dropped().values().stream().mapToLong(Long::longValue).sum();
            return new LedgerCheck(
                    stats.forwarded(), stats.captured(), dropped + stats.unknown(), stats.sessions(), stats.bytes());
        }
    }
}
