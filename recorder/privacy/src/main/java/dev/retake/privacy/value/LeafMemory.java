package dev.retake.privacy.value;

import dev.retake.privacy.encoding.Escaping;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of values that were replaced, by field and text: a session shows the same few again and again, and
 * its keys make them the same each time. A fixed number of slots, each for the last value that fell on it. Not
 * thread-safe.
 */
public final class LeafMemory {
    private static final int LONGEST = 128;

    private final @Nullable Outcome[] slots;
    private @Nullable Replacer replacer;

    /** @param slots how many values are remembered, a power of two; 0 for none */
    public LeafMemory(int slots) {
        if (Integer.bitCount(slots) > 1) {
            throw new IllegalArgumentException("slots must be a power of two or 0, not " + slots);
        }
        this.slots = new Outcome[slots];
    }

    /** What a value became: edits relative to its start, and what was learnt from it. */
    static final class Outcome {
        private final Field field;
        private final Escaping escaping;
        private final byte[] value;
        private final int[] bounds;
        private final byte[][] texts;
        private final List<Lesson> lessons;

        private Outcome(
                Field field, Escaping escaping, byte[] value, int[] bounds, byte[][] texts, List<Lesson> lessons) {
            this.field = field;
            this.escaping = escaping;
            this.value = value;
            this.bounds = bounds;
            this.texts = texts;
            this.lessons = lessons;
        }

        private boolean isOf(Field other, Escaping spelling, byte[] source, int from, int to) {
            return field == other && escaping == spelling && Arrays.equals(value, 0, value.length, source, from, to);
        }

        /** Does the same again to the value at {@code source[from, to)}. */
        void apply(byte[] source, int from, int to, Edits edits, Learnt learnt) {
            int done = from;
            for (int i = 0; i < texts.length; i++) {
                learnt.kept(source, done, from + bounds[2 * i]);
                done = from + bounds[2 * i + 1];
                edits.add(from + bounds[2 * i], done, texts[i]);
            }
            learnt.kept(source, done, to);
            for (int i = 0; i < lessons.size(); i++) {
                learnt.learn(lessons.get(i));
            }
        }
    }

    /** From here on values are replaced by {@code current}; what another did is forgotten. */
    void replacedBy(Replacer current) {
        if (!current.equals(replacer)) {
            Arrays.fill(slots, null);
            replacer = current;
        }
    }

    boolean isWorth(int length) {
        return length <= LONGEST && slots.length > 0;
    }

    @Nullable
    Outcome find(Field field, Escaping escaping, byte[] source, int from, int to) {
        Outcome known = slots[slot(field, source, from, to)];
        return known != null && known.isOf(field, escaping, source, from, to) ? known : null;
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
            List<Lesson> lessons) {
        int count = edits.count() - mark;
        int[] bounds = new int[2 * count];
        byte[][] texts = new byte[count][];
        int end = from;
        for (int i = 0; i < count; i++) {
            if (edits.from(mark + i) < end) {
                return; // out of order, as only composite values are
            }
            end = edits.to(mark + i);
            bounds[2 * i] = edits.from(mark + i) - from;
            bounds[2 * i + 1] = end - from;
            texts[i] = edits.text(mark + i);
        }
        slots[slot(field, source, from, to)] =
                new Outcome(field, escaping, Arrays.copyOfRange(source, from, to), bounds, texts, lessons);
    }

    private int slot(Field field, byte[] source, int from, int to) {
        int hash = field.identity();
        for (int i = from; i < to; i++) {
            hash = 31 * hash + source[i];
        }
        return (hash ^ hash >>> 15) & slots.length - 1;
    }
}
