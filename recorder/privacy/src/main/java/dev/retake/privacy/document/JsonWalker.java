package dev.retake.privacy.document;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Stops;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the strings, numbers and keys of JSON texts (RFC 8259) without building anything from them: white space, key
 * order, spelling of numbers, duplicate keys and escapes stay as they are, whatever is replaced. It takes one text or
 * several one after another (NDJSON; RFC 7464 with its record separators). Nesting costs no stack.
 *
 * <p>An instance walks one document, once.
 */
final class JsonWalker {
    private static final byte RECORD_SEPARATOR = 0x1e;
    private static final int LONGEST_HEADING = 64;
    private static final Stops STOPS = Stops.at('"', '\\');
    private static final byte[] VARIABLES = "variables".getBytes(StandardCharsets.UTF_8);

    private enum Expected {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        COMMA_OR_END
    }

    /** A value that the members beside it may say more of, and the one that waits since before it. */
    private record Waiting(
            Field field,
            int from,
            int to,
            boolean number,
            @Nullable Waiting before) {}

    private final Leaves leaves;
    private final byte[] source;
    private final int end;
    private final boolean cut;
    private final Edits edits;
    private final int level;

    /** Of each open array or object: its field, whether it is an object, whether it pairs members, and its last one. */
    private Field[] fields = new Field[16];

    private boolean[] objects = new boolean[16];
    private boolean[] paired = new boolean[16];
    /** One for each depth, for one object after another. */
    private @Nullable NamedValue[] pairs = new NamedValue[4];

    private @Nullable Field[] members = new Field[16];

    /** Of each open object: what its members tell of each other, and those that wait for it. */
    private long[] company = new long[16];

    private @Nullable Waiting[] waiting = new Waiting[16];
    private int depth;

    /** Where the content of each open object begins. */
    private int[] begins = new int[16];

    private @Nullable RowHeadings headings;

    /** What the variables of the GraphQL request that is walked are given to, and at which depth they stand. */
    private @Nullable GraphqlArguments arguments;

    private int variables;
    private Field field;
    private Expected expected = Expected.VALUE;
    private int at;

    /** Whether there are escapes in the string that was read last. */
    private boolean escaped;

    /**
     * A walker of {@code source[from, to)}.
     *
     * @param cut the document goes on after {@code to}, where the capture ended
     * @param level how many encodings this document is nested in
     */
    JsonWalker(Leaves leaves, Field root, byte[] source, int from, int to, boolean cut, Edits edits, int level) {
        this.leaves = leaves;
        this.field = root;
        this.source = source;
        this.at = from;
        this.end = to;
        this.cut = cut;
        this.edits = edits;
        this.level = level;
    }

    /**
     * Walks as far as the bytes are JSON.
     *
     * @return where they cease to be: the end for a whole document or one that was cut. What lies before has been walked
     */
    int walk() {
        int reached = steps();
        for (int i = depth - 1; i >= 0; i--) {
            decide(i);
        }
        return reached;
    }

    private int steps() {
        while (true) {
            while (at < end && source[at] <= ' ' && isBetween(source[at])) {
                at++;
            }
            if (at == end || !step(source[at])) {
                return at;
            }
        }
    }

    private boolean isBetween(byte b) {
        return Utf8.isSpace(b) || depth == 0 && b == RECORD_SEPARATOR;
    }

    /** Whether the walk ended between two texts, none of them open. */
    boolean complete() {
        return at == end && depth == 0 && expected == Expected.VALUE;
    }

    private boolean step(byte b) {
        return switch (expected) {
            case VALUE -> value(b);
            case VALUE_OR_END -> b == ']' ? close(false) : value(b);
            case KEY -> b == '"' && key();
            case KEY_OR_END -> b == '}' ? close(true) : b == '"' && key();
            case COLON -> b == ':' && expect(Expected.VALUE);
            case COMMA_OR_END ->
                switch (b) {
                    case ',' -> nextMember();
                    case ']' -> close(false);
                    case '}' -> close(true);
                    default -> false;
                };
        };
    }

    private boolean expect(Expected next) {
        expected = next;
        at++;
        return true;
    }

    private boolean value(byte b) {
        return switch (b) {
            case '{' -> open(true);
            case '[' -> open(false);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> (b == '-' || b >= '0' && b <= '9') && number();
        };
    }

    private boolean open(boolean object) {
        if (depth == fields.length) {
            fields = Arrays.copyOf(fields, depth * 2);
            objects = Arrays.copyOf(objects, depth * 2);
            paired = Arrays.copyOf(paired, depth * 2);
            members = Arrays.copyOf(members, depth * 2);
            company = Arrays.copyOf(company, depth * 2);
            waiting = Arrays.copyOf(waiting, depth * 2);
            begins = Arrays.copyOf(begins, depth * 2);
        }
        fields[depth] = field;
        paired[depth] = false;
        members[depth] = null;
        company[depth] = 0;
        begins[depth] = at + 1;
        if (object && depth > 0 && objects[depth - 1] && field.isNamed(VARIABLES)) {
            arguments = GraphqlArguments.beside(source, begins[depth - 1], end);
            variables = depth;
        }
        boolean inArray = depth > 0 && !objects[depth - 1];
        objects[depth++] = object;
        if (headings == null && !object && (inArray || field.namesColumns())) {
            headings = new RowHeadings();
            for (int i = 0; i < depth - 1; i++) {
                headings.opened(i, !objects[i], i > 0 && !objects[i - 1], false);
            }
        }
        if (headings != null) {
            Field first = headings.opened(depth - 1, !object, inArray, field.namesColumns());
            field = first == null ? field : first;
        }
        return expect(object ? Expected.KEY_OR_END : Expected.VALUE_OR_END);
    }

    private boolean close(boolean object) {
        if (depth == 0 || objects[depth - 1] != object) {
            return false;
        }
        depth--;
        if (depth == variables) {
            arguments = null;
        }
        if (waiting[depth] != null) {
            decide(depth);
        }
        if (headings != null && !object) {
            headings.closed(depth);
        }
        field = fields[depth];
        at++;
        valueEnded();
        return true;
    }

    private boolean nextMember() {
        field = fields[depth - 1];
        if (headings != null && !objects[depth - 1]) {
            Field column = headings.next(depth - 1);
            field = column == null ? field : column;
        }
        return expect(objects[depth - 1] ? Expected.KEY : Expected.VALUE);
    }

    private void valueEnded() {
        if (depth == 0) {
            expected = Expected.VALUE;
        } else if (at < end && source[at] == ',') {
            nextMember();
        } else {
            expected = Expected.COMMA_OR_END;
        }
    }

    private boolean key() {
        int from = at + 1;
        Field object = fields[depth - 1];
        Field last = members[depth - 1];
        Field likely = object.expected(last);
        if (likely != null && likely.isQuotedAt(source, from, end)) {
            keyed(likely, from, from + likely.length());
            return true;
        }
        int to = endOfString(from);
        if (to < 0) {
            if (cut) {
                leaves.cut(object, source, from, end, Escaping.JSON, level, edits);
                at = end;
            }
            return cut;
        }
        DecodedText decoded = Escaping.JSON.decode(source, from, to);
        Field member =
                decoded == null ? object.child(source, from, to) : object.child(decoded.bytes(), 0, decoded.length());
        object.follows(last, member);
        keyed(member, from, to);
        return true;
    }

    private void keyed(Field member, int from, int to) {
        field = member;
        members[depth - 1] = member;
        if (arguments != null && depth - 1 == variables) {
            field = argument(arguments, member);
            company[depth - 1] |= field.company();
        }
        company[depth - 1] |= member.company();
        leaves.name(member, source, from, to, Escaping.JSON, level, edits);
        at = to + 1;
        if (at < end && source[at] == ':') {
            expect(Expected.VALUE);
        } else {
            expected = Expected.COLON;
        }
    }

    /** What the variable {@code member} is given to, unless its own name says what it is. */
    private Field argument(GraphqlArguments given, Field member) {
        Field told = member.isRuled() ? null : given.field(fields[depth - 1], member.name());
        return told == null || !told.isRuled() && told.awaited() == 0 && member.awaited() != 0 ? member : told;
    }

    private boolean string() {
        int from = at + 1;
        int to = endOfString(from);
        if (to < 0) {
            if (cut) {
                leaves.cut(field, source, from, end, Escaping.JSON, level, edits);
            } else {
                leaves.value(field, source, from, end, Escaping.JSON, level, edits);
            }
            at = end;
            return true;
        }
        if (headings != null) {
            heading(headings, from, to);
        }
        if (!pair(from, to, false) && !waits(from, to, false)) {
            leaves.value(field, source, from, to, escaped, Escaping.JSON, level, edits);
        }
        at = to + 1;
        valueEnded();
        return true;
    }

    private boolean number() {
        int from = at;
        int to = from + 1;
        while (to < end && isNumeric(source[to])) {
            to++;
        }
        if (to == end && cut) {
            leaves.cut(field, source, from, to, Escaping.NONE, level, edits);
        } else if (!pair(from, to, true) && !waits(from, to, true)) {
            leaves.number(field, source, from, to, edits);
        }
        at = to;
        valueEnded();
        return true;
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i == end) {
                at = cut ? end : at;
                return cut;
            }
            if (source[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        valueEnded();
        return true;
    }

    /** Notes a string that may be the name of a column, alone or as {@code {"name": "email"}}. */
    private void heading(RowHeadings table, int from, int to) {
        int array = depth > 0 && objects[depth - 1] && field.namesValue() ? depth - 2 : depth - 1;
        if (array >= 0 && !objects[array] && table.gathers(array) && to - from <= LONGEST_HEADING) {
            Field around = fields[array];
            Field parent = around.parent();
            table.name(array, (parent == null ? around : parent).unkept(source, from, to));
        }
    }

    /**
     * Lets a member {@code "name": "email"} say what its neighbour {@code "value": …} is.
     *
     * @return whether the value was walked as what its neighbour names
     */
    private boolean pair(int from, int to, boolean number) {
        if (!field.namesValue() && !field.isNamedValue() || depth == 0 || !objects[depth - 1]) {
            return false;
        }
        NamedValue pair = pairing(depth - 1);
        return field.namesValue()
                ? pair.named(leaves, source, from, to, level, edits)
                : pair.valued(leaves, source, from, to, number, level, edits);
    }

    private NamedValue pairing(int object) {
        if (object >= pairs.length) {
            pairs = Arrays.copyOf(pairs, Math.max(object + 1, 2 * pairs.length));
        }
        NamedValue pair = pairs[object];
        if (pair == null) {
            pair = new NamedValue(fields[object]);
            pairs[object] = pair;
        } else if (!paired[object]) {
            pair.begin(fields[object]);
        }
        paired[object] = true;
        return pair;
    }

    /** Whether the value of a member is left until all members of its object are known. */
    private boolean waits(int from, int to, boolean number) {
        if (field.awaited() == 0 || depth == 0 || !objects[depth - 1]) {
            return false;
        }
        waiting[depth - 1] = new Waiting(field, from, to, number, waiting[depth - 1]);
        return true;
    }

    /** Walks what waited for the end of the object at {@code object}. */
    private void decide(int object) {
        Waiting last = waiting[object];
        waiting[object] = null;
        for (Waiting one = last; one != null; one = one.before()) {
            Field told = one.field().beside(company[object]);
            if (one.number()) {
                leaves.number(told, source, one.from(), one.to(), edits);
            } else {
                leaves.value(told, source, one.from(), one.to(), Escaping.JSON, level, edits);
            }
        }
    }

    /** Index of the quote that ends the string whose content begins at {@code from}, -1 where none does. */
    private int endOfString(int from) {
        int stop = STOPS.next(source, from, end);
        escaped = stop < end && source[stop] == '\\';
        while (stop < end && source[stop] == '\\') {
            stop = STOPS.next(source, Math.min(stop + 2, end), end);
        }
        return stop < end ? stop : -1;
    }

    private static boolean isNumeric(byte b) {
        return b >= '0' && b <= '9' || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
    }
}
