package dev.retake.privacy.anonymize;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Stops;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Syntax;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts one after another. The outermost array is taken element by element, and so is, at any depth, an array or
 * object that is longer than {@link #LONGEST_PEEK}: so a text may have any length. Where it is broken, the rest of the line
 * is sanitized as text, and the next line begins anew.
 */
final class JsonData extends DataStream {
    private static final byte RECORD_SEPARATOR = 0x1e;
    private static final Stops STRING = Stops.at('"', '\\');
    private static final int INCOMPLETE = -1;
    private static final int TOO_LONG = -2;

    /** Of each array and object that is taken in parts: its field, and whether it is an object. */
    private Field[] around = new Field[8];

    private boolean[] objects = new boolean[8];

    /** Name of the member of each open object that is being read, null before its key. */
    private @Nullable String[] members = new String[8];

    private int depth;
    private @Nullable Field member;

    JsonData(Values values) {
        super(values);
    }

    @Override
    int walk(byte[] source, int from, int to, boolean last, Edits edits) {
        int at = from;
        while (true) {
            while (at < to && isBetween(source[at])) {
                at++;
            }
            if (at == to) {
                return at;
            }
            int next = depth > 0 && objects[depth - 1] && member == null && source[at] != '}'
                    ? key(source, at, to, last, edits)
                    : value(source, at, to, last, edits);
            if (next == INCOMPLETE) {
                return at;
            }
            at = next;
        }
    }

    /** What may stand between values; commas and ends count as well where an outermost text broke off. */
    private boolean isBetween(byte b) {
        return Utf8.isSpace(b)
                || b == ','
                || depth == 0 && (b == RECORD_SEPARATOR || b == ']' || b == '}' || b < 0 && isMark(b));
    }

    /** A byte of the mark that some programs begin UTF-8 with. */
    private static boolean isMark(byte b) {
        return b == (byte) 0xef || b == (byte) 0xbb || b == (byte) 0xbf;
    }

    private int key(byte[] source, int at, int to, boolean last, Edits edits) {
        int end = source[at] == '"' ? endOfString(source, at + 1, to) : TOO_LONG;
        int colon = end < 0 ? end : end + 1;
        while (colon >= 0 && colon < to && Utf8.isSpace(source[colon])) {
            colon++;
        }
        if (end == INCOMPLETE || colon == to) {
            return last ? broken(source, at, to, true, edits) : INCOMPLETE;
        }
        if (end == TOO_LONG || source[colon] != ':') {
            return broken(source, at, to, last, edits);
        }
        DecodedText decoded = Escaping.JSON.decode(source, at + 1, end);
        String name = decoded == null
                ? new String(source, at + 1, end - at - 1, StandardCharsets.UTF_8)
                : new String(decoded.bytes(), 0, decoded.length(), StandardCharsets.UTF_8);
        Field field = values.column(around[depth - 1], name);
        values.name(field, source, at + 1, end, Escaping.JSON, edits);
        member = field;
        members[depth - 1] = name;
        return colon + 1;
    }

    private int value(byte[] source, int at, int to, boolean last, Edits edits) {
        byte b = source[at];
        if (depth > 0 && (b == ']' || b == '}')) {
            if (objects[depth - 1] != (b == '}')) {
                return broken(source, at, to, last, edits);
            }
            depth--;
            ended();
            return at + 1;
        }
        Field field = member != null ? member : depth > 0 ? around[depth - 1] : values.root();
        boolean container = b == '{' || b == '[';
        if (depth == 0 && b == '[') {
            open(field, false);
            return at + 1;
        }
        int end = endOfValue(source, at, to, last);
        if (end == TOO_LONG && container) {
            open(field, b == '{');
            return at + 1;
        }
        if (end < 0) {
            return last ? broken(source, at, to, true, edits) : INCOMPLETE;
        }
        int stop = values.json(field, source, at, end, edits);
        if (stop < end || stop == at) {
            return broken(source, stop, to, last, edits);
        }
        if (depth == 0 || !objects[depth - 1]) {
            values.records++;
        }
        ended();
        return end;
    }

    private void open(Field field, boolean object) {
        if (depth == around.length) {
            around = Arrays.copyOf(around, depth * 2);
            objects = Arrays.copyOf(objects, depth * 2);
            members = Arrays.copyOf(members, depth * 2);
        }
        around[depth] = field;
        objects[depth] = object;
        members[depth++] = null;
        member = null;
    }

    /** A value has ended: the next one is another member's. */
    private void ended() {
        member = null;
        if (depth > 0) {
            members[depth - 1] = null;
        }
    }

    /** Sanitizes the rest of a line as text, and begins anew behind it. */
    private int broken(byte[] source, int at, int to, boolean last, Edits edits) {
        int end = at;
        while (end < to && source[end] != '\n') {
            end++;
        }
        if (end == to && !last) {
            if (to - at < LONGEST_PEEK) {
                return INCOMPLETE;
            }
            end = at + LONGEST_PEEK - 1;
            while (end > at + 1 && source[end] != ',' && source[end] != ' ') {
                end--;
            }
            end = end > at + 1 ? end : at + LONGEST_PEEK - 1;
        }
        values.text(source, at, end, Syntax.PROSE, edits);
        values.malformed++;
        depth = 0;
        member = null;
        return end;
    }

    private static int endOfValue(byte[] source, int at, int to, boolean last) {
        byte b = source[at];
        if (b == '"') {
            int end = endOfString(source, at + 1, to);
            return end < 0 ? end : end + 1;
        }
        if (b != '{' && b != '[') {
            int end = at + 1;
            while (end < to && isScalar(source[end])) {
                end++;
            }
            return end == to && !last ? INCOMPLETE : end;
        }
        int limit = Math.min(to, at + LONGEST_PEEK);
        int open = 0;
        for (int i = at; i < limit; i++) {
            switch (source[i]) {
                case '{', '[' -> open++;
                case '}', ']' -> {
                    if (--open == 0) {
                        return i + 1;
                    }
                }
                case '"' -> {
                    int end = endOfString(source, i + 1, limit);
                    if (end < 0) {
                        return limit < to || to - at == LONGEST_PEEK ? TOO_LONG : INCOMPLETE;
                    }
                    i = end;
                }
                default -> {}
            }
        }
        return limit < to || to - at == LONGEST_PEEK ? TOO_LONG : INCOMPLETE;
    }

    private static boolean isScalar(byte b) {
        return b != ',' && b != ']' && b != '}' && b != '{' && b != '[' && b != '"' && !Utf8.isSpace(b);
    }

    private static int endOfString(byte[] source, int from, int to) {
        int stop = STRING.next(source, from, to);
        while (stop < to && source[stop] == '\\') {
            stop = STRING.next(source, Math.min(stop + 2, to), to);
        }
        return stop < to ? stop : INCOMPLETE;
    }

    @Override
    void describe(List<String> state) {
        for (int i = 0; i < depth; i++) {
            String name = members[i];
            state.add(!objects[i] ? "[" : name == null ? "{" : "{" + name);
            if (objects[i]) {
                state.add(name == null ? "key" : "value");
            }
        }
    }

    @Override
    void take(List<String> state) {
        depth = 0;
        member = null;
        for (int i = 0; i < state.size(); i++) {
            String frame = state.get(i);
            boolean object = frame.startsWith("{");
            if (!object && !frame.equals("[") || object && i + 1 == state.size()) {
                throw new IllegalArgumentException("not of JSON");
            }
            Field field = member != null ? member : depth > 0 ? around[depth - 1] : values.root();
            open(field, object);
            if (object && state.get(++i).equals("value")) {
                String name = frame.substring(1);
                members[depth - 1] = name;
                member = values.column(field, name);
            }
        }
    }
}
