package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.rule.FieldRule;

/**
 * Finds pairs of a name and a value in text, one after another: {@code "name": "value"}, {@code name=value},
 * {@code Name: value}. Not thread-safe.
 */
final class Pair {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PHRASE = 200;

    /** Bytes that may be looked at for each byte of text: values of nested pairs are looked at more than once. */
    private static final int PATIENCE = 16;

    private final Syntax syntax;
    private long spent;
    private int separator;
    private int nameFrom;
    private int nameTo;
    private int valueFrom;
    private int valueTo;
    private boolean quoted;
    private boolean assigned;

    Pair(Syntax syntax) {
        this.syntax = syntax;
    }

    int separator() {
        return separator;
    }

    int nameFrom() {
        return nameFrom;
    }

    int nameTo() {
        return nameTo;
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }

    Escaping escaping() {
        return quoted ? Escaping.JSON : assigned ? Escaping.PERCENT : Escaping.NONE;
    }

    /** Finds the next pair whose separator stands at {@code at} or later in the text {@code source[from, to)}. */
    boolean next(byte[] source, int at, int from, int to) {
        for (int i = at; i < to; i++) {
            if ((source[i] == ':' || source[i] == '=') && name(source, i, from)) {
                separator = i;
                return true;
            }
        }
        return false;
    }

    private boolean name(byte[] source, int at, int from) {
        int end = at;
        while (end > from && (source[end - 1] == ' ' || source[end - 1] == '\t')) {
            end--;
        }
        if (end == from) {
            return false;
        }
        byte quote = source[end - 1];
        int start = end;
        if (isQuote(quote)) {
            end--;
            start = end;
            while (start > from && end - start < LONGEST_NAME && source[start - 1] != quote) {
                start--;
            }
        } else {
            while (start > from && end - start < LONGEST_NAME && isNameByte(source[start - 1])) {
                start--;
            }
        }
        nameFrom = start;
        nameTo = end;
        boolean variable = start > from && source[start - 1] == '$';
        boolean number = end > start && source[start] >= '0' && source[start] <= '9';
        return end > start && !variable && !number;
    }

    /**
     * Finds the value of the pair, and whether it looks like one that the rule of {@code field} speaks of.
     *
     * @param to end of the text
     */
    boolean holds(byte[] source, Field field, int from, int to) {
        FieldRule rule = field.rule();
        if (rule == null || spent > (long) PATIENCE * (to - from) + (1 << 16)) {
            return false;
        }
        int at = separator + 1;
        if (at < to && source[at] == '>') {
            at++;
        }
        int start = at;
        while (start < to && (source[start] == ' ' || source[start] == '\t')) {
            start++;
        }
        quoted = start < to && isQuote(source[start]);
        boolean spaced = start > at;
        assigned = source[separator] == '=';
        boolean phrase = !quoted && spaced && !assigned;
        valueFrom = quoted ? start + 1 : start;
        valueTo = quoted
                ? endOfQuoted(source, start, to)
                : (phrase && !isSecret(rule) || assigned && isPhrase(rule) && isOnlyOne(source, to))
                                && startsLine(source, from)
                        ? endOfPhrase(source, start, to, rule.dataClass() == DataClass.ADDRESS && isOnlyOne(source, to))
                        : endOfToken(source, start, to);
        spent += valueTo - valueFrom;
        if (valueTo <= valueFrom
                || !quoted && (source[valueFrom] == '$' || syntax == Syntax.CODE && !isNumber(source))) {
            return false;
        }
        return !(phrase && isSecret(rule)) || looksSecret(source);
    }

    /** Whether values of the rule's class have spaces in them. */
    private static boolean isPhrase(FieldRule rule) {
        return switch (rule.dataClass()) {
            case PERSON_NAME, STREET, ADDRESS, PHONE -> true;
            default -> false;
        };
    }

    /** Whether nothing more is named on the line. */
    private boolean isOnlyOne(byte[] source, int to) {
        for (int i = separator + 1; i < to && source[i] != '\n'; i++) {
            if (source[i] == '=' || source[i] == ':' || i - separator > LONGEST_PHRASE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSecret(FieldRule rule) {
        return switch (rule.dataClass()) {
            case PASSWORD, SECRET -> true;
            default -> false;
        };
    }

    /** Prose goes on after {@code Password:} with words; a secret has more than lower-case letters. */
    private boolean looksSecret(byte[] source) {
        for (int i = valueFrom; i < valueTo; i++) {
            boolean lower = source[i] >= 'a' && source[i] <= 'z';
            boolean first = i == valueFrom && source[i] >= 'A' && source[i] <= 'Z';
            boolean last = i == valueTo - 1 && (source[i] == '.' || source[i] == '!' || source[i] == '?');
            if (!lower && !first && !last) {
                return true;
            }
        }
        return false;
    }

    private boolean isNumber(byte[] source) {
        for (int i = valueFrom; i < valueTo; i++) {
            if (source[i] < '0' || source[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private boolean startsLine(byte[] source, int from) {
        int at = nameFrom;
        while (at > from
                && (source[at - 1] == ' '
                        || source[at - 1] == '-'
                        || source[at - 1] == '*'
                        || isQuote(source[at - 1]))) {
            at--;
        }
        if (at == from) {
            return true;
        }
        byte before = source[at - 1];
        return before == '\n'
                || before == '\r'
                || before == '\t'
                || before == ','
                || before == ';'
                || before == '|'
                || before == '{'
                || before == '('
                || before == '>';
    }

    private static int endOfQuoted(byte[] source, int at, int to) {
        for (int i = at + 1; i < to; i++) {
            if (source[i] == source[at]) {
                return i;
            }
            if (source[i] == '\\') {
                i++;
            }
        }
        return to;
    }

    private static int endOfPhrase(byte[] source, int from, int to, boolean commas) {
        int end = from;
        int limit = Math.min(to, from + LONGEST_PHRASE);
        while (end < limit && (!endsPhrase(source[end]) || commas && source[end] == ',')) {
            end++;
        }
        while (end > from && source[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static boolean endsPhrase(byte b) {
        return b == '\n' || b == '\r' || b == '\t' || b == ',' || b == ';' || b == '|' || b == '<' || b == '>'
                || b == '"' || b == '}' || b == ')';
    }

    private static int endOfToken(byte[] source, int from, int to) {
        int end = from;
        while (end < to
                && source[end] != ' '
                && source[end] != '&'
                && source[end] != '\''
                && source[end] != ']'
                && (!endsPhrase(source[end]) || joins(source, end, from, to))) {
            end++;
        }
        return end;
    }

    /** Whether a bar stands within a token, as in {@code auth0|5f7c8ec7}. */
    private static boolean joins(byte[] source, int at, int from, int to) {
        return source[at] == '|' && at > from && at + 1 < to && source[at + 1] > ' ' && source[at + 1] != '|';
    }

    private static boolean isQuote(byte b) {
        return b == '"' || b == '\'' || b == '`';
    }

    private static boolean isNameByte(byte b) {
        return b < 0
                || b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '_'
                || b == '-'
                || b == '.'
                || b == '['
                || b == ']';
    }
}
