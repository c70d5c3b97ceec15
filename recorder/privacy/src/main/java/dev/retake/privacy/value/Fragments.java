package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what no rule and no detector took of a text into the parts that a policy decides on: prose as a whole, what is
 * listed with commas one by one, of a GraphQL document the literals alone. An instance serves one text after another; not
 * thread-safe.
 */
final class Fragments {
    private @Nullable Field field;
    private boolean broken;

    /** Whether a byte of the GraphQL document is part of a literal or comment; null for other texts. */
    private boolean @Nullable [] literal;

    private int start;
    private boolean spaced;

    /**
     * Begins with another text.
     *
     * @param found whether a detector took a part of it
     */
    void begin(Field around, Syntax syntax, byte[] source, int from, int to, boolean found) {
        field = around;
        broken = found;
        start = from;
        boolean document = syntax == Syntax.CODE && Syntax.of(source, from, to) == Syntax.CODE;
        literal = document ? literals(source, from, to) : null;
        spaced = false;
        for (int i = from; i < to && !spaced; i++) {
            spaced = source[i] == ' ' || source[i] == '\n' || source[i] == '\t';
        }
    }

    /** The end of the part that begins at {@code from}. */
    int end(byte[] source, int from, int to) {
        boolean[] inside = literal;
        int end = from + 1;
        if (inside != null) {
            while (end < to && inside[end - start] == inside[from - start]) {
                end++;
            }
            return end;
        }
        while (!spaced && end < to && (isList(source[end - 1]) == isList(source[end]))) {
            end++;
        }
        return spaced ? to : end;
    }

    /** Whether {@code source[from, to)}, such a part, belongs to the API and not to its users. */
    boolean isStructure(byte[] source, int from, int to) {
        boolean[] inside = literal;
        if (inside != null && !inside[from - start]) {
            return true;
        }
        Field around = field;
        return around != null && around.place() == Place.PATH && !broken && around.isSegment(source, from, to);
    }

    private static boolean isList(byte b) {
        return b == ',' || b == ';' || b == '|';
    }

    /** Strings, comments, numbers and words that look like ids (GraphQL, October 2021, §2.1). */
    private static boolean[] literals(byte[] source, int from, int to) {
        boolean[] literal = new boolean[to - from];
        int at = from;
        while (at < to) {
            int end = at + 1;
            boolean data = false;
            if (source[at] == '"') {
                end = endOfString(source, at, to);
                data = true;
            } else if (source[at] == '#') {
                while (end < to && source[end] != '\n') {
                    end++;
                }
                data = true;
            } else if (isWord(source[at])) {
                while (end < to && isWord(source[end])) {
                    end++;
                }
                data = Structure.looksLikeValue(new String(source, at, end - at, StandardCharsets.UTF_8));
            }
            Arrays.fill(literal, at - from, end - from, data);
            at = end;
        }
        return literal;
    }

    private static int endOfString(byte[] source, int from, int to) {
        boolean block = from + 2 < to && source[from + 1] == '"' && source[from + 2] == '"';
        int at = from + (block ? 3 : 1);
        while (at < to) {
            boolean ends =
                    source[at] == '"' && (!block || at + 2 < to && source[at + 1] == '"' && source[at + 2] == '"');
            if (ends) {
                return Math.min(to, at + (block ? 3 : 1));
            }
            at += source[at] == '\\' ? 2 : 1;
        }
        return to;
    }

    private static boolean isWord(byte b) {
        return b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }

    /** What stands in place of {@code source[from, to)}, null where it is the same. */
    static byte @Nullable [] replaced(Replacer replacer, byte[] source, int from, int to) {
        Charset charset = StandardCharsets.UTF_8;
        String text;
        try {
            text = charset.newDecoder()
                    .decode(ByteBuffer.wrap(source, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            charset = StandardCharsets.ISO_8859_1;
            text = new String(source, from, to - from, charset);
        }
        String replaced = replacer.apply(Action.PSEUDONYMIZE, DataClass.OTHER, text);
        return text.equals(replaced) ? null : replaced == null ? new byte[0] : replaced.getBytes(charset);
    }
}
