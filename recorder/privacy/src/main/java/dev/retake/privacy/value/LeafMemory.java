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

    /** Longer values, tokens for the most part, have this many slots of their own, so that memory stays bounded. */
    private static final int LONG_SLOTS = 256;

    private static final int LONGEST_RULED = 2_048;

    private static final Lesson[] NONE = {};
    private static final FoundValue[] NOTHING_FOUND = {};

    private final @Nullable Outcome[] slots;
    private final int[] hashes;
    private final CleanTexts clean;
    private @Nullable Replacer replacer;

    /** @param slots how many values are remembered, a power of two; 0 for none */
    public LeafMemory(int slots) {
        if (Integer.bitCount(slots) > 1) {
            throw new IllegalArgumentException("slots must be a power of two or 0, not " + slots);
        }
        this.slots = new Outcome[slots];
        this.hashes = new int[slots];
        this.clean = new CleanTexts(slots / 2);
    }

    /** What a value became: one text in place of a part of it, or more than one, and what was learnt from it. */
    static final class Outcome {
        private final Field field;
        private final Escaping escaping;
        private final byte[] value;

        /** The first part that is replaced, relative to the value's start; most have no other. */
        private final int start;

        private final int end;
        private final byte[] text;
        private final Lesson[] lessons;
        private final FoundValue[] found;
        private final @Nullable Outcome next;

        private Outcome(
                Field field,
                Escaping escaping,
                byte[] value,
                int start,
                int end,
                byte[] text,
                Lesson[] lessons,
                FoundValue[] found,
                @Nullable Outcome next) {
            this.field = field;
            this.escaping = escaping;
            this.value = value;
            this.start = start;
            this.end = end;
            this.text = text;
            this.lessons = lessons;
            this.found = found;
            this.next = next;
        }

        private boolean isOf(Field other, Escaping spelling, byte[] source, int from, int to) {
            return field == other
                    && escaping == spelling
                    && value.length == to - from
                    && Runs.standsAt(value, source, from);
        }

        /** Does the same again to the value at {@code source[from, to)}. */
        void apply(byte[] source, int from, int to, Edits edits, Learnt learnt, FoundValues all) {
            int done = from;
            for (Outcome part = this; part != null; part = part.next) {
                learnt.kept(source, done, from + part.start);
                done = from + part.end;
                edits.add(from + part.start, done, part.text);
            }
            learnt.kept(source, done, to);
            for (Lesson lesson : lessons) {
                learnt.learn(lesson);
            }
            all.addAll(found);
        }
    }

    /** From here on values are replaced by {@code current}; what another did is forgotten. */
    void replacedBy(Replacer current) {
        if (current != replacer && !current.equals(replacer)) {
            Arrays.fill(slots, null);
            replacer = current;
        }
    }

    /** Texts in which nothing is found, whoever replaces. */
    CleanTexts clean() {
        return clean;
    }

    boolean isWorth(Field field, int length) {
        return slots.length > 0 && length <= (field.isRuled() ? LONGEST_RULED : LONGEST);
    }

    @Nullable
    Outcome find(Field field, Escaping escaping, byte[] source, int from, int to) {
        int hash = hash(field, source, from, to);
        int slot = slot(hash, to - from);
        if (hashes[slot] != hash) {
            return null;
        }
        Outcome known = slots[slot];
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
            List<Lesson> lessons,
            List<FoundValue> found) {
        byte[] value = Arrays.copyOfRange(source, from, to);
        Outcome made = null;
        int before = to;
        for (int i = edits.count() - 1; i >= mark; i--) {
            if (edits.to(i) > before) {
                return; // out of order, as only composite values are
            }
            before = edits.from(i);
            Lesson[] learnt = i == mark && !lessons.isEmpty() ? lessons.toArray(NONE) : NONE;
            FoundValue[] shown = i == mark && !found.isEmpty() ? found.toArray(NOTHING_FOUND) : NOTHING_FOUND;
            made = new Outcome(
                    field, escaping, value, before - from, edits.to(i) - from, edits.text(i), learnt, shown, made);
        }
        int hash = hash(field, source, from, to);
        int slot = slot(hash, value.length);
        hashes[slot] = hash;
        slots[slot] = made;
    }

    private int slot(int hash, int length) {
        int usable = length > LONGEST ? Math.min(LONG_SLOTS, slots.length) : slots.length;
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
