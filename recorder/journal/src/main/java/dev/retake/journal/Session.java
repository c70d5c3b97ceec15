package dev.retake.journal;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recorded session without its exchanges.
 *
 * @param id keyed hash in lower-case hex
 * @param identity surrogate of its subject, null where it is anonymous
 * @param startedAt when its first exchange was accepted, microseconds since the epoch
 * @param endedAt when its last exchange ended, microseconds since the epoch; of a session without exchanges, its start
 * @param closed no exchange will follow
 * @param complete none of its exchanges was dropped
 * @param exchanges how many are recorded
 * @param lastSequence the highest sequence number that is recorded, 0 where there is none
 * @param truncated how many of them have a truncated body
 * @param withheld how many of them have a withheld body
 * @param operations {@code METHOD /path/{id}} in order of first appearance, at most 1,000
 * @param statuses how many responses there were by status
 */
public record Session(
        String id,
        @Nullable String identity,
        long startedAt,
        long endedAt,
        boolean closed,
        boolean complete,
        int exchanges,
        int lastSequence,
        int truncated,
        int withheld,
        List<String> operations,
        SortedMap<Integer, Integer> statuses) {
    public Session {
        operations = List.copyOf(operations);
        statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
    }

    /** The id alone: content never shows in a log. */
    @Override
    public String toString() {
        return "Session[" + id + "]";
    }
}
