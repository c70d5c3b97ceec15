package dev.retake.privacy.value;

import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.encoding.Escaping;

/**
 * What kinds of bytes a value holds, one bit each, gathered in the pass that finds the value's end: most values show by
 * that alone that there is nothing in them to undo.
 */
public final class Marks {
    static final int PERCENT = 1;
    static final int BACKSLASH = 1 << 1;
    static final int AMPERSAND = 1 << 2;
    /** {@code :} or {@code =}, as between a name and a value. */
    static final int SEPARATOR = 1 << 3;

    static final int SLASH = 1 << 4;
    /** Neither of base64's alphabets nor its padding. */
    static final int OTHER = 1 << 5;
    /** What JSON or markup begins with. */
    static final int BRACKET = 1 << 6;

    static final int PLUS = 1 << 7;
    static final int QUOTE = 1 << 8;
    static final int APOSTROPHE = 1 << 9;
    static final int BAR = 1 << 10;
    static final int HYPHEN = 1 << 11;

    private static final short[] OF = new short[256];

    static {
        for (int i = 0; i < 256; i++) {
            OF[i] = (short) (Base64Text.isAlphabet((byte) i) || i == '=' ? 0 : OTHER);
        }
        OF['%'] |= PERCENT;
        OF['\\'] |= BACKSLASH;
        OF['&'] |= AMPERSAND;
        OF[':'] |= SEPARATOR;
        OF['='] |= SEPARATOR;
        OF['/'] |= SLASH;
        OF['{'] |= BRACKET;
        OF['['] |= BRACKET;
        OF['<'] |= BRACKET;
        OF['+'] |= PLUS;
        OF['"'] |= QUOTE;
        OF['\''] |= APOSTROPHE;
        OF['|'] |= BAR;
        OF['-'] |= HYPHEN;
    }

    private Marks() {}

    /** The mark of one byte; those of a text are joined by {@code |}. */
    public static int of(byte b) {
        return OF[b & 0xff];
    }

    /** The marks of {@code source[from, to)}. */
    static int of(byte[] source, int from, int to) {
        int marks = 0;
        for (int i = from; i < to; i++) {
            marks |= OF[source[i] & 0xff];
        }
        return marks;
    }

    /** Whether text with {@code marks} may hold {@code name: value}, or the same with another sign between the two. */
    static boolean mayHoldPair(int marks) {
        return (marks & (SEPARATOR | BAR)) != 0 || (marks & (HYPHEN | OTHER)) == (HYPHEN | OTHER);
    }

    /** Whether text with {@code marks} may hold an escape of {@code escaping}. */
    static boolean mayHold(Escaping escaping, int marks) {
        int wanted = switch (escaping) {
            case NONE -> 0;
            case JSON, QUOTED_STRING, COPY -> BACKSLASH;
            case PERCENT -> PERCENT;
            case FORM -> PERCENT | PLUS;
            case MARKUP -> AMPERSAND;
            case CSV -> QUOTE;
            case SQL -> APOSTROPHE;
        };
        return (marks & wanted) != 0;
    }
}
