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
    private int from = -1;
    private int to;
    private boolean number;

    NamedValue(Field object) {
        this.object = object;
    }

    /** Takes the name; never walks it. */
    boolean named(Leaves leaves, byte[] source, int nameFrom, int nameTo, int level, Edits edits) {
        if (nameTo - nameFrom > LONGEST_NAME || nameTo == nameFrom) {
            return false;
        }
        Field candidate = object.unkept(source, nameFrom, nameTo);
        if (candidate.rule() == null) {
            return false;
        }
        named = candidate;
        if (from >= 0) {
            edits.removeWithin(from, to);
            walk(leaves, candidate, source, level, edits);
        }
        return false;
    }

    /** Takes the value; walks it where it is known what it is. */
    boolean valued(Leaves leaves, byte[] source, int valueFrom, int valueTo, boolean isNumber, int level, Edits edits) {
        from = valueFrom;
        to = valueTo;
        number = isNumber;
        Field field = named;
        if (field == null) {
            return false;
        }
        walk(leaves, field, source, level, edits);
        return true;
    }

    private void walk(Leaves leaves, Field field, byte[] source, int level, Edits edits) {
        if (number) {
            leaves.number(field, source, from, to, edits);
        } else {
            leaves.value(field, source, from, to, Escaping.JSON, level, edits);
        }
    }
}
