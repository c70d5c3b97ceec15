package dev.retake.journal;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a journal and its size. {@code forwarded = captured + sampledOut + excluded + sum(dropped) + unknown}.
 *
 * @param forwarded completed exchanges since the journal was made
 * @param captured of these, the recorded ones, whether or not retention has removed them since
 * @param sampledOut left out by sampling
 * @param excluded of trusted replayers
 * @param dropped forwarded and lost, by reason
 * @param unknown forwarded and not accounted for: lost in a crash, or, while a recorder runs, still on their way
 * @param truncated captured exchanges with a truncated body
 * @param withheld captured exchanges with a withheld body
 * @param expired captured exchanges that retention has removed
 * @param sessions sessions that can be read
 * @param bytes size on disk, keyring included
 * @param oldest when the oldest session started, microseconds since the epoch; null where there is none
 * @param newest when the newest session started, microseconds since the epoch; null where there is none
 * @param uncleanEnds how many recorders ended without closing the journal
 */
public record JournalStats(
        long forwarded,
        long captured,
        long sampledOut,
        long excluded,
        SortedMap<String, Long> dropped,
        long unknown,
        long truncated,
        long withheld,
        long expired,
        long sessions,
        long bytes,
        @Nullable Long oldest,
        @Nullable Long newest,
        long uncleanEnds) {
    public JournalStats {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }
}
