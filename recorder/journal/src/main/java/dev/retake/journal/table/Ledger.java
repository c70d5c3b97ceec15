package dev.retake.journal.table;

import dev.retake.journal.store.JournalDb;
import dev.retake.journal.store.StoreBatch;
import dev.retake.journal.store.StoreCursor;
import dev.retake.journal.store.StoreException;
import dev.retake.journal.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counters of a journal. Each batch adds to them in the same write as its records, so what is counted is there, and a
 * batch that is lost takes its counts with it. Not for use by several threads.
 */
public final class Ledger {
    public static final String CAPTURED = "captured";
    public static final String SAMPLED_OUT = "sampled-out";
    public static final String EXCLUDED = "excluded";
    public static final String DROPPED = "dropped/";
    public static final String UNKNOWN = "unknown";
    public static final String TRUNCATED = "truncated";
    public static final String WITHHELD = "withheld";
    public static final String EXPIRED = "expired";
    public static final String UNCLEAN_ENDS = "unclean-ends";

    private final SortedMap<String, Long> counts;

    private Ledger(SortedMap<String, Long> counts) {
        this.counts = counts;
    }

    /** What the journal has counted so far. */
    public static Ledger read(JournalDb db) throws StoreException {
        SortedMap<String, Long> counts = new TreeMap<>();
        try (StoreCursor cursor = db.cursor(Table.LEDGER)) {
            for (cursor.seek(new byte[0]); cursor.valid(); cursor.next()) {
                counts.put(new String(cursor.key(), StandardCharsets.US_ASCII), JournalDb.number(cursor.value()));
            }
        }
        return new Ledger(counts);
    }

    /** Counts as given. */
    public static Ledger of(Map<String, Long> counts) {
        return new Ledger(new TreeMap<>(counts));
    }

    /** Nothing counted. */
    public static Ledger empty() {
        return new Ledger(new TreeMap<>());
    }

    /** Adds {@code counts} in {@code batch}, or takes them back. */
    public static void add(StoreBatch batch, Map<String, Long> counts, int sign) throws StoreException {
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            if (count.getValue() != 0) {
                byte[] key = count.getKey().getBytes(StandardCharsets.US_ASCII);
                batch.add(Table.LEDGER, key, sign * count.getValue());
            }
        }
    }

    /** Every counter by its name; a copy. */
    public Map<String, Long> all() {
        return new TreeMap<>(counts);
    }

    /** The counter {@code name}, 0 where nothing was counted. */
    public long get(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** Dropped exchanges by reason. */
    public SortedMap<String, Long> dropped() {
        SortedMap<String, Long> dropped = new TreeMap<>();
        counts.tailMap(DROPPED).forEach((name, count) -> {
            if (name.startsWith(DROPPED)) {
                dropped.put(name.substring(DROPPED.length()), count);
            }
        });
        return dropped;
    }

    /** Forwarded exchanges of which it is known what became of them, or known that it is unknown. */
    public long accounted() {
        long sum = get(CAPTURED) + get(SAMPLED_OUT) + get(EXCLUDED) + get(UNKNOWN);
        for (long count : dropped().values()) {
            sum += count;
        }
        return sum;
    }
}
