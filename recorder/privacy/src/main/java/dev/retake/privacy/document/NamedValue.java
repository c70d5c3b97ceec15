package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import org.jspecify.annotations.Nullable;

/** A pair of members such as {@code {"name": "email", "value": "…"}}, in either order: the one says what the other is. */
final class NamedValue {
    private static final int LONGEST_NAME = 64;

    /** Members that may be names are few in one object: {@code {"label": "E-mail", "key": "email", "type": "text"}}. */
    private static final int MOST_NAMES = 4;

    private Field object;
    private final int[] names = new int[2 * MOST_NAMES];
    private int known;
    private int asked;
    private @Nullable Field named;
    private int from = -1;
    private int to;
    private boolean number;

    NamedValue(Field object) {
        this.object = object;
    }

    /** Begins anew with the members of another object. */
    void begin(Field next) {
        object = next;
        known = 0;
        asked = 0;
        named = null;
        from = -1;
    }

    /** Takes a name; never walks it. */
    boolean named(Leaves leaves, byte[] source, int start, int end, int level, Edits edits) {
        // What told something is not untold: {"label": "email", "type": "text"}.
        if (end - start > LONGEST_NAME || end == start || named != null || known == MOST_NAMES) {
            return false;
        }
        names[2 * known] = start;
        names[2 * known + 1] = end;
        known++;
        Field meant = from >= 0 ? meant(source) : null;
        if (meant != null) {
            edits.removeWithin(from, to);
            walk(leaves, meant, source, level, edits);
        }
        return false;
    }

    /** Takes the value; walks it where it is known what it is. */
    boolean valued(Leaves leaves, byte[] source, int valueFrom, int valueTo, boolean isNumber, int level, Edits edits) {
        from = valueFrom;
        to = valueTo;
        number = isNumber;
        Field meant = meant(source);
        if (meant == null) {
            return false;
        }
        walk(leaves, meant, source, level, edits);
        return true;
    }

    /** What the first name that says something says the value is, else null; looked up only once there is a value. */
    private @Nullable Field meant(byte[] source) {
        while (named == null && asked < known) {
            int end = names[2 * asked + 1];
            Field field = object.unkept(source, lastPart(source, names[2 * asked], end), end);
            named = field.rule() == null ? null : field;
            asked++;
        }
        return named;
    }

    /** Where the name begins: behind the last slash of a pointer (RFC 6902 §4), {@code /profile/email}. */
    private static int lastPart(byte[] source, int start, int end) {
        int at = end;
        while (at > start && source[at - 1] != '/') {
            at--;
        }
        return at == end ? start : at;
    }

    private void walk(Leaves leaves, Field field, byte[] source, int level, Edits edits) {
        if (number) {
            leaves.number(field, source, from, to, edits);
        } else {
            leaves.value(field, source, from, to, Escaping.JSON, level, edits);
        }
    }
}
