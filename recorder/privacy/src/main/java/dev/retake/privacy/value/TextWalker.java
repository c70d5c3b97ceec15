package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Utf8;

/**
 * Walks text of which only its bytes are known: JSON, markup or a form in a string, URLs in it, what is percent-encoded,
 * escaped or in base64, and {@code name: value} pairs; the detectors get what is left.
 */
public final class TextWalker {
    /** The shortest run that is tried as base64 where it is a whole value, and where it stands in other text. */
    static final int SHORTEST_BASE64 = 8;

    /** What nine bytes take, the shortest that most addresses of hosts and people have. */
    private static final int SHORTEST_BASE64_RUN = 12;

    /** Lengths of {@code 2026-11-21T02:30} and of {@code 2026-11-21T02:30:00.123456789+01:00}. */
    private static final int SHORTEST_TIME = 16;

    private static final int LONGEST_TIME = 35;

    private final Leaves leaves;
    private final int nesting;

    TextWalker(Leaves leaves, int nesting) {
        this.leaves = leaves;
        this.nesting = nesting;
    }

    /** How many encodings inside one another are undone. */
    int nesting() {
        return nesting;
    }

    /** Walks {@code source[from, to)}, the value of {@code field}. */
    public void walk(Field field, byte[] source, int from, int to, int level, Edits edits) {
        int all = Marks.of(source, from, to);
        if (isPlain(source, from, to, all)) {
            if (!structured(source, from, to, all, Syntax.PROSE, level, edits)) {
                leaves.detect(source, from, to, Syntax.PROSE, edits);
            }
            return;
        }
        if (isTime(source, from, to)) {
            leaves.leave(source, from, to, edits);
            return;
        }
        int start = from;
        while (start < to && Utf8.isSpace(source[start])) {
            start++;
        }
        if (start == to) {
            return;
        }
        byte first = source[start];
        if (first == '{' || first == '[') {
            if (level >= nesting) {
                leaves.opaque(source, from, to, edits);
                return;
            }
            Field root = field.isJson() ? field : leaves.fields().json();
            start = leaves.nested().json(leaves, root, source, start, to, level + 1, edits);
        } else if (level < nesting && leaves.nested().other(leaves, source, start, to, level + 1, edits)) {
            return;
        }
        run(source, start, to, Syntax.of(source, start, to), level, edits);
    }

    /** Walks what a page's {@code <script>} holds, data or a program. */
    public void script(byte[] source, int from, int to, int level, Edits edits) {
        int start = from;
        while (start < to && Utf8.isSpace(source[start])) {
            start++;
        }
        if (start < to && (source[start] == '{' || source[start] == '[')) {
            start = leaves.nested().json(leaves, leaves.fields().json(), source, start, to, level + 1, edits);
        }
        run(source, start, to, Syntax.CODE, level, edits);
    }

    /** Walks text that is neither JSON nor markup as a whole. */
    public void run(byte[] source, int from, int to, Syntax syntax, int level, Edits edits) {
        int marks = Marks.of(source, from, to);
        if (!structured(source, from, to, marks, syntax, level, edits)) {
            mixed(source, from, to, marks, syntax, level, edits);
        }
    }

    /** Walks tables and INSERT statements in text, and what stands between them; false where there are none. */
    private boolean structured(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        return InsertWalker.mayHold(marks, to - from) && inserts(source, from, to, marks, syntax, level, edits)
                || TableWalker.mayHold(marks, to - from) && tables(source, from, to, marks, syntax, level, edits);
    }

    private boolean inserts(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        int done = from;
        InsertWalker insert = InsertWalker.find(leaves, source, from, from, to);
        if (insert == null) {
            return false;
        }
        while (insert != null) {
            mixed(source, done, insert.start(), marks, syntax, level, edits);
            done = insert.walk(leaves, level, edits);
            insert = InsertWalker.find(leaves, source, from, done, to);
        }
        mixed(source, done, to, marks, syntax, level, edits);
        return true;
    }

    private boolean tables(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        int done = from;
        TableWalker table = TableWalker.find(leaves, source, from, to);
        if (table == null) {
            return false;
        }
        while (table != null) {
            mixed(source, done, table.start(), marks, syntax, level, edits);
            done = table.walk(leaves, level, edits);
            table = TableWalker.find(leaves, source, done, to);
        }
        mixed(source, done, to, marks, syntax, level, edits);
        return true;
    }

    private void mixed(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        if (from >= to) {
            return;
        }
        if ((marks & Marks.SEPARATOR) != 0
                && (marks & Marks.AMPERSAND) != 0
                && FormWalker.looksLikeForm(source, from, to)) {
            FormWalker.walk(leaves, leaves.fields().form(), source, from, to, false, level, edits);
        } else if ((marks & Marks.SLASH) != 0 && (marks & (Marks.SEPARATOR | Marks.PERCENT)) != 0) {
            urls(source, from, to, marks, syntax, level, edits);
        } else {
            paired(source, from, to, marks, syntax, level, edits);
        }
    }

    private void urls(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        int done = from;
        Urls urls = new Urls(source, from, to);
        while (urls.next()) {
            paired(source, done, urls.start(), marks, syntax, level, edits);
            UriWalker.walk(leaves, source, urls.start(), urls.end(), level, edits);
            done = urls.end();
        }
        paired(source, done, to, marks, syntax, level, edits);
    }

    private void paired(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        if (Marks.mayHoldPair(marks)) {
            pairs(source, from, to, marks, syntax, level, edits);
        } else {
            unescaped(source, from, to, marks, syntax, level, edits);
        }
    }

    private void unescaped(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        if (from >= to) {
            return;
        }
        if ((marks & (Marks.PERCENT | Marks.BACKSLASH | Marks.AMPERSAND)) != 0) {
            for (Escaping escaping : Syntax.ESCAPINGS) {
                DecodedText decoded = escaping.decode(source, from, to);
                if (decoded != null) {
                    decoded(decoded, escaping, source, from, to, syntax, level, edits);
                    return;
                }
            }
        }
        encoded(source, from, to, marks, syntax, level, edits);
    }

    private void decoded(
            DecodedText decoded,
            Escaping escaping,
            byte[] source,
            int from,
            int to,
            Syntax syntax,
            int level,
            Edits edits) {
        if (level >= nesting) {
            leaves.opaque(source, from, to, edits);
            return;
        }
        Edits inner = new Edits();
        run(decoded.bytes(), 0, decoded.length(), syntax, level + 1, inner);
        inner.into(edits, decoded, escaping, source);
    }

    /** Replaces the values of pairs whose name tells what they are, and hands on the text between. */
    private void pairs(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        int done = from;
        Pair pair = new Pair(syntax);
        int at = from;
        while (pair.next(source, at, from, to)) {
            at = pair.separator() + 1;
            // Where quotes do not close, the end of a value that was replaced may be the name of the next one.
            Field field = field(pair, source, Math.min(done, pair.nameFrom()));
            if (!field.isRuled() || !pair.holds(source, field, from, to) || pair.valueFrom() < done) {
                continue;
            }
            Edits inner = new Edits();
            leaves.value(field, source, pair.valueFrom(), pair.valueTo(), pair.escaping(), level, inner);
            if (inner.isEmpty()) {
                continue;
            }
            unescaped(source, done, pair.valueFrom(), marks, syntax, level, edits);
            inner.into(edits);
            done = pair.valueTo();
            at = done;
        }
        unescaped(source, done, to, marks, syntax, level, edits);
    }

    /** The field of a pair: by all words of its label where they say something, else by the last one. */
    private Field field(Pair pair, byte[] source, int from) {
        Field texts = leaves.fields().text();
        int word = pair.nameFrom();
        if (pair.widen(source, from)) {
            Field whole = texts.child(source, pair.nameFrom(), pair.nameTo());
            if (whole.isRuled() || pair.isDrawn()) {
                return whole;
            }
            pair.narrow(word);
        }
        return texts.child(source, pair.nameFrom(), pair.nameTo());
    }

    /** Looks into runs of base64, and hands on the text between. */
    private void encoded(byte[] source, int from, int to, int marks, Syntax syntax, int level, Edits edits) {
        int shortest = (marks & Marks.OTHER) == 0 ? SHORTEST_BASE64 : SHORTEST_BASE64_RUN;
        int done = from;
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && Base64Text.isAlphabet(source[end])) {
                end++;
            }
            int token = endOfJwt(source, start, end, to);
            if (token > end && leaves.isWhole(DataClass.JWT, source, start, token)) {
                end = token;
            } else if (end - start >= shortest && looksEncoded(source, start)) {
                int padded = end;
                while (padded < to && padded - end < 2 && source[padded] == '=') {
                    padded++;
                }
                Base64Text text = Base64Text.decode(source, start, padded);
                if (text != null && text.isText()) {
                    byte[] changed = nested(text.bytes(), level);
                    if (changed != text.bytes()) {
                        leaves.detect(source, done, start, syntax, edits);
                        edits.add(start, padded, text.encode(changed));
                        done = padded;
                    }
                }
            }
            start = end + 1;
        }
        leaves.detect(source, done, to, syntax, edits);
    }

    /** The end of the dotted token whose first part is {@code source[start, end)}; {@code end} where it is no JWT. */
    private static int endOfJwt(byte[] source, int start, int end, int to) {
        boolean begins =
                end - start > 3 && source[start] == 'e' && source[start + 1] == 'y' && source[start + 2] == 'J';
        int token = end;
        while (begins && token < to && (source[token] == '.' || Base64Text.isAlphabet(source[token]))) {
            token++;
        }
        while (token > end && source[token - 1] == '.') {
            token--; // the end of a sentence
        }
        return token;
    }

    private byte[] nested(byte[] text, int level) {
        Edits inner = new Edits();
        if (level >= nesting) {
            leaves.opaque(text, 0, text.length, inner);
        } else {
            walk(leaves.fields().nameless(), text, 0, text.length, level + 1, inner);
        }
        return inner.apply(text, 0, text.length);
    }

    /** Whether the first two groups of a run stand for printable ASCII or UTF-8, which few runs do that are no text. */
    private static boolean looksEncoded(byte[] source, int at) {
        for (int group = 0; group < 2; group++) {
            int bits = 0;
            for (int i = 0; i < 4; i++) {
                bits = bits << 6 | digit(source[at + group * 4 + i]);
            }
            for (int shift = 16; shift >= 0; shift -= 8) {
                int b = bits >> shift & 0xff;
                if (b < ' ' && !Utf8.isSpace((byte) b) || b == 0x7f || b > 0xf4) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int digit(byte b) {
        if (b >= 'a') {
            return b - 'a' + 26;
        }
        if (b >= 'A' && b <= 'Z') {
            return b - 'A';
        }
        if (b >= '0' && b <= '9') {
            return b - '0' + 52;
        }
        return b == '+' || b == '-' ? 62 : 63;
    }

    /** Whether the text is a date with a time (RFC 3339 §5.6), the commonest value with colons, which holds nothing else. */
    static boolean isTime(byte[] source, int from, int to) {
        int length = to - from;
        boolean shaped = length >= SHORTEST_TIME
                && length <= LONGEST_TIME
                && source[from + 4] == '-'
                && source[from + 7] == '-'
                && (source[from + 10] == 'T' || source[from + 10] == ' ')
                && source[from + 13] == ':';
        for (int i = from; shaped && i < to; i++) {
            byte b = source[i];
            boolean digit = b >= '0' && b <= '9';
            shaped = digit
                    || i - from >= 4
                            && (b == '-' || b == ':' || b == '.' || b == '+' || b == 'T' || b == ' ' || b == 'Z');
        }
        return shaped;
    }

    /**
     * Whether the text is neither JSON, markup nor a form, and holds no pair, URL, escape or run of base64.
     *
     * @param marks of the text
     */
    boolean isPlain(byte[] source, int from, int to, int marks) {
        if ((marks & (Marks.PERCENT | Marks.BACKSLASH | Marks.AMPERSAND | Marks.SEPARATOR | Marks.BRACKET)) != 0) {
            return false;
        }
        int length = to - from;
        if ((marks & Marks.OTHER) == 0) {
            return length < SHORTEST_BASE64 || !looksEncoded(source, from);
        }
        if (Marks.mayHoldPair(marks) && Pair.mayBeDrawn(source, from, to)) {
            return false;
        }
        return length < SHORTEST_BASE64_RUN || !holdsEncoded(source, from, to);
    }

    private static boolean holdsEncoded(byte[] source, int from, int to) {
        if (!holdsRun(source, from, to)) {
            return false;
        }
        // A run of n bytes covers every n-th byte at least once.
        for (int i = from + SHORTEST_BASE64_RUN - 1; i < to; i += SHORTEST_BASE64_RUN) {
            int start = i + 1;
            while (start > from && isRun(source[start - 1])) {
                start--;
            }
            int end = i;
            while (end < to && isRun(source[end])) {
                end++;
            }
            if (end - start >= SHORTEST_BASE64_RUN && looksEncoded(source, start)) {
                return true;
            }
        }
        return false;
    }

    /** Whether as many bytes as the shortest run has stand somewhere without a space between them. */
    private static boolean holdsRun(byte[] source, int from, int to) {
        int at = from;
        while (to - at >= SHORTEST_BASE64_RUN) {
            int eight = at + SHORTEST_BASE64_RUN - Long.BYTES;
            int space = eight + Runs.lastSpace(source, eight);
            while (space < eight && space >= at && source[space] != ' ') {
                space--;
            }
            if (space < at) {
                return true;
            }
            at = space + 1;
        }
        return false;
    }

    private static boolean isRun(byte b) {
        return (Marks.of(b) & Marks.OTHER) == 0;
    }
}
