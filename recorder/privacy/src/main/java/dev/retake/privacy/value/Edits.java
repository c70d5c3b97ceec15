package dev.retake.privacy.value;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import java.util.Arrays;

/**
 * What is to be replaced in one run of bytes: ranges with their new text. Everything outside stays byte for byte, and
 * nothing is copied where there is no edit. Not thread-safe.
 */
public final class Edits {
    private static final int[] NOWHERE = {};
    private static final byte[][] NOTHING = {};
    private static final int FEW = 4;

    private int[] from = NOWHERE;
    private int[] to = NOWHERE;
    private byte[][] text = NOTHING;
    private int count;
    private boolean ordered = true;

    public boolean isEmpty() {
        return count == 0;
    }

    public int count() {
        return count;
    }

    int from(int index) {
        return from[index];
    }

    int to(int index) {
        return to[index];
    }

    /** What is written in place of a range; not copied, treat as read-only. */
    public byte[] text(int index) {
        return text[index];
    }

    /** Replaces {@code [start, end)} by {@code replacement}. Ranges of one instance never overlap. */
    public void add(int start, int end, byte[] replacement) {
        if (count == from.length) {
            int room = Math.max(FEW, count * 2);
            from = Arrays.copyOf(from, room);
            to = Arrays.copyOf(to, room);
            text = Arrays.copyOf(text, room);
        }
        ordered &= count == 0 || to[count - 1] <= start;
        from[count] = start;
        to[count] = end;
        text[count++] = replacement;
    }

    /** How many bytes longer they make what they edit. */
    public int growth() {
        int growth = 0;
        for (int i = 0; i < count; i++) {
            growth += text[i].length - (to[i] - from[i]);
        }
        return growth;
    }

    /** Adds these edits to {@code outer}, which edits the same bytes. */
    public void into(Edits outer) {
        for (int i = 0; i < count; i++) {
            outer.add(from[i], to[i], text[i]);
        }
    }

    /** Where the last range ends that was added since there were {@code mark}; {@code otherwise} where none was. */
    public int end(int mark, int otherwise) {
        int end = otherwise;
        for (int i = mark; i < count; i++) {
            end = Math.max(end, to[i]);
        }
        return end;
    }

    /** Writes the text of edit {@code index} as {@code escaping} has it. */
    void encode(int index, Escaping escaping, byte[] source) {
        text[index] = escaping.encode(text[index], source, from[index], to[index]);
    }

    /** Adds these edits of decoded text to {@code outer}, as edits of the source that it was decoded from. */
    public void into(Edits outer, DecodedText decoded, Escaping escaping, byte[] source) {
        order();
        for (int i = 0; i < count; i++) {
            int start = decoded.origin(from[i]);
            int end = decoded.origin(to[i]);
            outer.add(start, end, escaping.encode(text[i], source, start, end));
        }
    }

    /** Takes back every edit inside {@code [start, end)}. */
    public void removeWithin(int start, int end) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (from[i] < start || to[i] > end) {
                from[kept] = from[i];
                to[kept] = to[i];
                text[kept++] = text[i];
            }
        }
        count = kept;
    }

    /**
     * The bytes of {@code source[start, end)} with the edits made.
     *
     * @return {@code source} itself where it is wanted whole and unchanged
     * @throws IllegalStateException where two edits overlap, so that nothing is written that one of them should have
     *     removed
     */
    public byte[] apply(byte[] source, int start, int end) {
        if (count == 0) {
            return start == 0 && end == source.length ? source : Arrays.copyOfRange(source, start, end);
        }
        order();
        int length = end - start;
        for (int i = 0; i < count; i++) {
            length += text[i].length - (to[i] - from[i]);
        }
        byte[] edited = new byte[length];
        int read = start;
        int written = 0;
        for (int i = 0; i < count; i++) {
            if (from[i] < read || to[i] > end) {
                throw new IllegalStateException("edits overlap");
            }
            System.arraycopy(source, read, edited, written, from[i] - read);
            written += from[i] - read;
            System.arraycopy(text[i], 0, edited, written, text[i].length);
            written += text[i].length;
            read = to[i];
        }
        System.arraycopy(source, read, edited, written, end - read);
        return edited;
    }

    private void order() {
        if (ordered) {
            return;
        }
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Integer.compare(from[a], from[b]));
        int[] orderedFrom = new int[count];
        int[] orderedTo = new int[count];
        byte[][] orderedText = new byte[count][];
        for (int i = 0; i < count; i++) {
            orderedFrom[i] = from[order[i]];
            orderedTo[i] = to[order[i]];
            orderedText[i] = text[order[i]];
        }
        from = orderedFrom;
        to = orderedTo;
        text = orderedText;
        ordered = true;
    }
}
