package dev.retake.privacy.value;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import org.jspecify.annotations.Nullable;

/** Walks {@code name=value} pairs joined by {@code &}: URL-encoded forms and queries (WHATWG URL §5). */
public final class FormWalker {
    private static final int LONGEST_NAME = 64;

    private FormWalker() {}

    /**
     * Walks {@code source[from, to)}.
     *
     * @param root what the names stand under
     * @param cut the form goes on after {@code to}
     */
    public static void walk(
            Leaves leaves, Field root, byte[] source, int from, int to, boolean cut, int level, Edits edits) {
        long company = 0;
        boolean awaited = false;
        for (int start = from; start < to; start = pairEnd(source, start, to) + 1) {
            Field field = named(root, source, start, equals(source, start, to));
            company |= field == null ? 0 : field.company();
            awaited |= field != null && field.awaited() != 0;
        }
        walk(leaves, root, source, from, to, cut, level, edits, awaited ? company : 0);
    }

    /** What the pair that begins at {@code start} is called where it has a name; null where it has none. */
    private static @Nullable Field named(Field root, byte[] source, int start, int equals) {
        if (equals < 0) {
            return null;
        }
        DecodedText name = Escaping.FORM.decode(source, start, equals);
        return name == null ? root.child(source, start, equals) : root.child(name.bytes(), 0, name.length());
    }

    private static int pairEnd(byte[] source, int start, int to) {
        int end = start;
        while (end < to && source[end] != '&') {
            end++;
        }
        return end;
    }

    private static int equals(byte[] source, int start, int to) {
        for (int i = start; i < to && source[i] != '&'; i++) {
            if (source[i] == '=') {
                return i;
            }
        }
        return -1;
    }

    private static void walk(
            Leaves leaves,
            Field root,
            byte[] source,
            int from,
            int to,
            boolean cut,
            int level,
            Edits edits,
            long company) {
        int start = from;
        while (start < to) {
            int end = start;
            int equals = -1;
            while (end < to && source[end] != '&') {
                if (equals < 0 && source[end] == '=') {
                    equals = end;
                }
                end++;
            }
            pair(leaves, root, source, start, equals, end, cut && end == to, level, edits, company);
            start = end + 1;
        }
    }

    private static void pair(
            Leaves leaves,
            Field root,
            byte[] source,
            int from,
            int equals,
            int to,
            boolean cut,
            int level,
            Edits edits,
            long company) {
        if (equals < 0) {
            if (cut) {
                leaves.cut(root, source, from, to, Escaping.FORM, level, edits);
            } else {
                leaves.value(root, source, from, to, Escaping.FORM, level, edits);
            }
            return;
        }
        DecodedText name = Escaping.FORM.decode(source, from, equals);
        Field own = name == null ? root.child(source, from, equals) : root.child(name.bytes(), 0, name.length());
        Field field = own.beside(company);
        leaves.name(field, source, from, equals, Escaping.FORM, level, edits);
        if (cut) {
            leaves.cut(field, source, equals + 1, to, Escaping.FORM, level, edits);
        } else {
            leaves.value(field, source, equals + 1, to, Escaping.FORM, level, edits);
        }
    }

    /** Whether {@code source[from, to)} is a form as far as its syntax says: at least two pairs, nothing else. */
    public static boolean looksLikeForm(byte[] source, int from, int to) {
        int pairs = 0;
        int nameStart = from;
        boolean inName = true;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            if (b <= ' ' || b == '<' || b == '"' || b == '{') {
                return false;
            }
            if (inName && b == '=') {
                if (i == nameStart || i - nameStart > LONGEST_NAME) {
                    return false;
                }
                pairs++;
                inName = false;
            } else if (b == '&') {
                if (inName) {
                    return false;
                }
                inName = true;
                nameStart = i + 1;
            } else if (inName && (b == '/' || b == ':' || b == '?')) {
                return false;
            }
        }
        return pairs >= 2 && !inName;
    }
}
