package dev.retake.privacy.value;

import dev.retake.common.slot.BlockChains;
import dev.retake.common.slot.KeySlots;
import dev.retake.privacy.encoding.Escaping;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of values that were replaced, by field and text: a session shows the same few again and again, and
 * its keys make them the same each time. A fixed number of slots, each for the last value that fell on it, packed into
 * bytes: what lives for some seconds and then dies, thousands a second, is what a collector bears worst. Not thread-safe.
 *
 * <pre>
 * record := value parts:u16 (start:u16 end:u16 text) ... lessons:u16 (value surrogate lasting:u8) ...
 * value, text, surrogate := length:u16 bytes
 * </pre>
 */
public final class LeafMemory {
    private static final int LONGEST = 128;

    /** Longer values, tokens for the most part, have this many slots of their own, so that memory stays bounded. */
    private static final int LONG_SLOTS = 256;

    private static final int LONGEST_RULED = 2_048;
    private static final int BLOCK_BYTES = 64;
    private static final int LONGEST_RECORD = Character.MAX_VALUE;
    private static final int MOST_SHOWN = 4_096;

    private static final FoundValue[] NOTHING_FOUND = {};

    /** By slot: the first block of its record, {@link KeySlots#NONE} where it has none, and what else its value has. */
    private final int[] records;

    private final int[] hashes;
    private final @Nullable Field[] fields;
    private final @Nullable Escaping[] escapings;
    private final FoundValue[][] found;

    private final BlockChains chains = new BlockChains(BLOCK_BYTES);

    /** What single values showed, each once: there are as many as fields and classes, not as many as values. */
    private final Map<FoundValue, FoundValue[]> shown = new HashMap<>();

    private final CleanTexts clean;
    private final Outcome outcome = new Outcome();
    private ByteBuffer record = ByteBuffer.allocate(4 * BLOCK_BYTES);
    private @Nullable Replacer replacer;

    /** @param slots how many values are remembered, a power of two; 0 for none */
    public LeafMemory(int slots) {
        if (Integer.bitCount(slots) > 1) {
            throw new IllegalArgumentException("slots must be a power of two or 0, not " + slots);
        }
        this.records = new int[slots];
        this.hashes = new int[slots];
        this.fields = new Field[slots];
        this.escapings = new Escaping[slots];
        this.found = new FoundValue[slots][];
        this.clean = new CleanTexts(slots / 2);
        Arrays.fill(records, KeySlots.NONE);
    }

    /** What a value became, for the call that asked for it: texts in place of its parts, and what was learnt from it. */
    final class Outcome {
        private FoundValue[] values = NOTHING_FOUND;

        private Outcome() {}

        /** Does the same again to the value at {@code source[from, to)}. */
        void apply(byte[] source, int from, int to, Edits edits, Learnt learnt, FoundValues all) {
            record.position(Character.BYTES + to - from);
            int done = from;
            for (int parts = record.getChar(); parts > 0; parts--) {
                int start = from + record.getChar();
                learnt.kept(source, done, start);
                done = from + record.getChar();
                edits.add(start, done, bytes());
            }
            learnt.kept(source, done, to);
            for (int lessons = record.getChar(); lessons > 0; lessons--) {
                learnt.learn(new Lesson(bytes(), bytes(), record.get() != 0));
            }
            all.addAll(values);
        }
    }

    /** From here on values are replaced by {@code current}; what another did is forgotten. */
    void replacedBy(Replacer current) {
        if (current != replacer && !current.equals(replacer)) {
            Arrays.fill(records, KeySlots.NONE);
            chains.clear();
            replacer = current;
        }
    }

    /** Texts in which nothing is found, whoever replaces. */
    CleanTexts clean() {
        return clean;
    }

    boolean isWorth(Field field, int length) {
        return records.length > 0 && length <= (field.isRuled() ? LONGEST_RULED : LONGEST);
    }

    @Nullable
    Outcome find(Field field, Escaping escaping, byte[] source, int from, int to) {
        int hash = hash(field, source, from, to);
        int slot = slot(hash, to - from);
        if (hashes[slot] != hash
                || records[slot] == KeySlots.NONE
                || fields[slot] != field
                || escapings[slot] != escaping) {
            return null;
        }
        byte[] read = chains.read(records[slot], record.array());
        if (read != record.array()) {
            record = ByteBuffer.wrap(read);
        }
        record.clear();
        int length = record.getChar();
        if (length != to - from || !Arrays.equals(read, Character.BYTES, Character.BYTES + length, source, from, to)) {
            return null;
        }
        outcome.values = found[slot];
        return outcome;
    }

    /** Remembers what {@code edits} from {@code mark} on make of {@code source[from, to)}. */
    void remember(
            Field field,
            Escaping escaping,
            byte[] source,
            int from,
            int to,
            Edits edits,
            int mark,
            List<Lesson> lessons,
            List<FoundValue> values) {
        int length = to - from + 3 * Character.BYTES;
        int before = from;
        for (int i = mark; i < edits.count(); i++) {
            if (edits.from(i) < before) {
                return; // out of order, as only composite values are
            }
            before = edits.to(i);
            length += 3 * Character.BYTES + edits.text(i).length;
        }
        for (Lesson lesson : lessons) {
            length += 2 * Character.BYTES + 1 + lesson.value().length + lesson.surrogate().length;
        }
        if (length > LONGEST_RECORD) {
            return;
        }
        if (record.capacity() < length) {
            record = ByteBuffer.allocate(2 * length);
        }
        record.clear();
        put(source, from, to);
        record.putChar((char) (edits.count() - mark));
        for (int i = mark; i < edits.count(); i++) {
            record.putChar((char) (edits.from(i) - from)).putChar((char) (edits.to(i) - from));
            put(edits.text(i), 0, edits.text(i).length);
        }
        record.putChar((char) lessons.size());
        for (Lesson lesson : lessons) {
            put(lesson.value(), 0, lesson.value().length);
            put(lesson.surrogate(), 0, lesson.surrogate().length);
            record.put((byte) (lesson.isLasting() ? 1 : 0));
        }
        int hash = hash(field, source, from, to);
        int slot = slot(hash, to - from);
        if (records[slot] != KeySlots.NONE) {
            chains.remove(records[slot]);
        }
        records[slot] = chains.add(record.array(), record.position());
        hashes[slot] = hash;
        fields[slot] = field;
        escapings[slot] = escaping;
        found[slot] = shared(values);
    }

    private FoundValue[] shared(List<FoundValue> values) {
        if (values.size() != 1) {
            return values.toArray(NOTHING_FOUND);
        }
        if (shown.size() == MOST_SHOWN) {
            shown.clear();
        }
        return shown.computeIfAbsent(values.get(0), value -> new FoundValue[] {value});
    }

    private void put(byte[] bytes, int from, int to) {
        record.putChar((char) (to - from)).put(bytes, from, to - from);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[record.getChar()];
        record.get(bytes);
        return bytes;
    }

    private int slot(int hash, int length) {
        int usable = length > LONGEST ? Math.min(LONG_SLOTS, records.length) : records.length;
        return (hash ^ hash >>> 15) & usable - 1;
    }

    private static int hash(Field field, byte[] source, int from, int to) {
        int hash = field.identity();
        for (int i = from; i < to; i++) {
            hash = 31 * hash + source[i];
        }
        return hash;
    }
}
