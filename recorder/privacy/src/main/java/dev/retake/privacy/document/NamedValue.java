package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import org.jspecify.annotations.Nullable;

/** A pair of members such as {@code {"name": "email", "value": "…"}}, in either order: the one says what the other is. */
final class NamedValue {
    private static final int LONGEST_NAME = 64;

    private final Field object;
    private @Nullable Field named;
    private int nameFrom = -1;
    private int nameTo;
    private int from = -1;
    private int to;
    private boolean number;

    NamedValue(Field object) {
        this.object = object;
    }

    /** Takes the name; never walks it. */
    boolean named(Leaves leaves, byte[] source, int start, int end, int level, Edits edits) {
        if (end - start > LONGEST_NAME || end == start) {
            return false;
        }
        if (named != null && named.rule() != null) {
            return false; // {"label": "email", "type": "text"}: what told something is not untold
        }
        int before = nameFrom;
        int beforeTo = nameTo;
        nameFrom = start;
        nameTo = end;
        named = object.unkept(source, lastPart(source), nameTo);
        if (named.rule() == null && before >= 0) {
            nameFrom = before;
            nameTo = beforeTo;
            named = null;
        }
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

    /** What the name says the value is, null where it says nothing; looked up only once there are both. */
    private @Nullable Field meant(byte[] source) {
        if (named == null && nameFrom >= 0) {
            named = object.unkept(source, lastPart(source), nameTo);
        }
        return named == null || named.rule() == null ? null : named;
    }

    /** Where the name begins: behind the last slash of a pointer (RFC 6902 §4), {@code /profile/email}. */
    private int lastPart(byte[] source) {
        int at = nameTo;
        while (at > nameFrom && source[at - 1] != '/') {
            at--;
        }
        return at == nameTo ? nameFrom : at;
    }

    private void walk(Leaves leaves, Field field, byte[] source, int level, Edits edits) {
        if (number) {
            leaves.number(field, source, from, to, edits);
        } else {
            leaves.value(field, source, from, to, Escaping.JSON, level, edits);
        }
    }
}
