package dev.retake.privacy.anonymize;

import dev.retake.common.keys.RootKey;
import dev.retake.privacy.DataAnonymizer;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.ReplacedValues;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Leaves;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Anonymizes one stream of data, a piece at a time. What becomes of a record depends on the records' own bytes and the
 * key alone, never on where a piece ends: so a run can be taken up again at any point that {@link #state} describes. Not
 * thread-safe.
 */
public abstract class DataStream {
    /** How far a record is looked through for its end before it is taken in parts, bytes. */
    static final int LONGEST_PEEK = 64 * 1024;

    private static final int ENOUGH_TO_TELL = 8;

    final Values values;
    private boolean legible;

    DataStream(Values values) {
        this.values = values;
    }

    /** A stream whose originals nobody gets. */
    public static DataStream of(DataFormat format, DataLayout layout, RootKey root, PrivacySettings settings) {
        return of(format, layout, root, settings, null);
    }

    /**
     * A stream.
     *
     * @param settings those that capture uses
     * @param taking who gets what is replaced, null for nobody
     * @throws dev.retake.common.error.RetakeException for a rule pack that cannot be read
     */
    public static DataStream of(
            DataFormat format,
            DataLayout layout,
            RootKey root,
            PrivacySettings settings,
            @Nullable ReplacedValues taking) {
        Leaves leaves = DataAnonymizer.leaves(root, settings, taking);
        return switch (format) {
            case CSV -> new CsvData(new Values(leaves, layout.table()), layout);
            case JSON, NDJSON -> new JsonData(new Values(leaves, layout.table()));
            case COPY -> new DumpData(new Values(leaves, ""), layout);
        };
    }

    /**
     * Anonymizes the whole records at the start of {@code source[from, to)}.
     *
     * @param last nothing follows, so that what is there counts as whole
     * @param edits takes what is to be replaced in the bytes that are done
     * @throws dev.retake.common.error.RetakeException with INPUT for data in which no value can be seen
     * @return after the last byte that is done, {@code from} where more bytes are needed first
     */
    public final int take(byte[] source, int from, int to, boolean last, Edits edits) {
        if (!legible && (last || to - from >= ENOUGH_TO_TELL)) {
            Legibility.require(source, from, to);
            legible = true;
        }
        int mark = edits.count();
        int done = walk(source, from, to, last, edits);
        if (done < to && edits.count() > mark) {
            edits.removeWithin(done, Integer.MAX_VALUE);
        }
        values.replaced += edits.count() - mark;
        return done;
    }

    abstract int walk(byte[] source, int from, int to, boolean last, Edits edits);

    /** What a later run must know that goes on behind the last byte that is done; names of fields are in it. */
    public final List<String> state() {
        List<String> state = new ArrayList<>();
        state.add(Long.toString(values.records));
        state.add(Long.toString(values.malformed));
        state.add(Long.toString(values.replaced));
        describe(state);
        return state;
    }

    /**
     * Goes on as of {@code state}, before anything was taken.
     *
     * @throws IllegalArgumentException where it is none of this format
     */
    public final void restore(List<String> state) {
        if (state.size() < 3) {
            throw new IllegalArgumentException("not a state");
        }
        values.records = Long.parseLong(state.get(0));
        values.malformed = Long.parseLong(state.get(1));
        values.replaced = Long.parseLong(state.get(2));
        take(state.subList(3, state.size()));
    }

    /** Adds what this format must know. */
    abstract void describe(List<String> state);

    /** Takes what {@link #describe} added. */
    abstract void take(List<String> state);

    /** Records so far: rows, or elements of the outermost array and texts. */
    public final long records() {
        return values.records;
    }

    /** Records so far that were not as their format or their neighbours say; they are sanitized and kept. */
    public final long malformed() {
        return values.malformed;
    }

    /** Values that were replaced so far. */
    public final long replaced() {
        return values.replaced;
    }
}
