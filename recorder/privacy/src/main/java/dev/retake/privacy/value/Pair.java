package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.rule.FieldRule;

/**
 * Finds pairs of a name and a value in text, one after another: {@code "name": "value"}, {@code name=value},
 * {@code Name: value}, and where each line of several has one, {@code Name - value} and {@code Name | value}. Not
 * thread-safe.
 *
 * <p>It is long because where a name begins and where a value ends depend on each other.
 */
final class Pair {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PHRASE = 200;

    private static final int LONGEST_SCHEME = 10;
    private static final int SHORTEST_TOKEN = 16;
    private static final int LONGEST_WORD = 24;
    private static final int LONGEST_SHORTENED = 4;

    /** Words of a label that starts a line: {@code Date of birth of holder}. */
    private static final int MOST_WORDS = 5;

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
    private boolean drawn;

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
            byte b = source[i];
            boolean sign = b == ':' || b == '=';
            drawn = !sign && (b == '-' || b == '|') && isDrawn(source, i, from, to);
            if ((sign || drawn) && name(source, i, from)) {
                separator = i;
                return true;
            }
        }
        return false;
    }

    /** Whether a hyphen or bar stands between the name and the value, so that the name has to start its line. */
    boolean isDrawn() {
        return drawn;
    }

    /** Whether a hyphen or bar between spaces may stand behind a name in {@code source[from, to)}. */
    static boolean mayBeDrawn(byte[] source, int from, int to) {
        for (int i = from + 2; i < to; i++) {
            if ((source[i] == '-' || source[i] == '|') && isDrawn(source, i, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDrawn(byte[] source, int at, int from, int to) {
        return at > from + 1 && at + 1 < to && source[at - 1] == ' ' && source[at + 1] == ' ';
    }

    /** Takes all words of a label that starts its line for the name; false where the label is one word. */
    boolean widen(byte[] source, int from) {
        if (nameFrom > from && isQuote(source[nameFrom - 1])) {
            return false;
        }
        int start = nameFrom;
        int words = 1;
        while (start - 1 > from && source[start - 1] == ' ' && isNameByte(source[start - 2])) {
            int word = start - 1;
            while (word > from && isNameByte(source[word - 1])) {
                word--;
            }
            if (source[start - 2] == '.') {
                break; // the end of a sentence
            }
            words++;
            start = word;
            if (words > MOST_WORDS || nameTo - start > LONGEST_NAME) {
                return false;
            }
        }
        int one = nameFrom;
        nameFrom = start;
        boolean whole = words > 1 && (startsLine(source, from) || isApart(source, start, from));
        if (!whole) {
            nameFrom = one;
        }
        return whole || drawn;
    }

    /** Takes the word at {@code from} alone for the name. */
    void narrow(int from) {
        nameFrom = from;
    }

    /** Whether two spaces part {@code start} from what stands before it, as columns are parted. */
    private static boolean isApart(byte[] source, int start, int from) {
        return start - 2 >= from && source[start - 1] == ' ' && source[start - 2] == ' ';
    }

    /** Whether the line before or behind is of the same form, or the value is one that shows itself to be secret. */
    private boolean isOneOfSeveral(byte[] source, int from, int to) {
        int line = nameFrom;
        while (line > from && source[line - 1] != '\n') {
            line--;
        }
        int before = line - 1;
        while (before > from && source[before - 1] != '\n') {
            before--;
        }
        int end = separator;
        while (end < to && source[end] != '\n') {
            end++;
        }
        int behind = end + 1;
        while (behind < to && source[behind] != '\n') {
            behind++;
        }
        return isDrawnIn(source, before, line - 1) || isDrawnIn(source, end + 1, behind);
    }

    private boolean isDrawnIn(byte[] source, int from, int to) {
        int limit = Math.min(to, from + LONGEST_NAME);
        for (int i = Math.max(0, from) + 2; i < limit; i++) {
            if (source[i] == source[separator] && isDrawn(source, i, from, to)) {
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
        if (drawn && (!startsLine(source, from) || !isSecret(rule) && !isOneOfSeveral(source, from, to))) {
            return false;
        }
        boolean phrase = !quoted && spaced && !assigned;
        valueFrom = quoted ? start + 1 : start;
        valueTo = quoted
                ? endOfQuoted(source, start, to)
                : (phrase && !isSecret(rule) || assigned && isPhrase(rule) && isOnlyOne(source, to))
                                && (startsLine(source, from) || isApart(source, nameFrom, from))
                        ? rule.dataClass() == DataClass.ADDRESS
                                ? endOfPhrase(source, start, beforeNext(source, start, to), true)
                                : endOfPhrase(source, start, to, false)
                        : endOfToken(source, start, to);
        spent += valueTo - valueFrom;
        if (valueTo <= valueFrom
                || !quoted && (source[valueFrom] == '$' || syntax == Syntax.CODE && !isNumber(source))) {
            return false;
        }
        if (phrase && isSecret(rule)) {
            afterScheme(source, to);
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

    /** Where the text of this pair ends at the latest: at the last mark before the words that name the next one. */
    private static int beforeNext(byte[] source, int from, int to) {
        int mark = -1;
        int limit = Math.min(to, from + LONGEST_PHRASE);
        for (int i = from; i < limit && source[i] != '\n'; i++) {
            byte b = source[i];
            boolean spaced = i + 1 < to && source[i + 1] == ' ';
            if ((b == ':' || b == '=') && spaced) {
                return mark < 0 ? i : mark;
            }
            mark = spaced && (b == ',' || b == '.' || b == ';') ? i : mark;
        }
        return to;
    }

    private static boolean isSecret(FieldRule rule) {
        return switch (rule.dataClass()) {
            case PASSWORD, SECRET -> true;
            default -> false;
        };
    }

    /** Passes over the scheme of {@code Authorization: SSWS 00…}: a word before what is a long token with digits. */
    private void afterScheme(byte[] source, int to) {
        boolean word = valueTo + 1 < to && source[valueTo] == ' ' && valueTo - valueFrom <= LONGEST_SCHEME;
        for (int i = valueFrom; word && i < valueTo; i++) {
            word = (source[i] | 0x20) >= 'a' && (source[i] | 0x20) <= 'z';
        }
        if (!word) {
            return;
        }
        int end = endOfToken(source, valueTo + 1, to);
        boolean digit = false;
        for (int i = valueTo + 1; i < end; i++) {
            digit |= source[i] >= '0' && source[i] <= '9';
        }
        if (digit && end - valueTo > SHORTEST_TOKEN) {
            valueFrom = valueTo + 1;
            valueTo = end;
        }
    }

    /** Prose goes on after {@code Password:} with words; a secret has more than lower-case letters. */
    private boolean looksSecret(byte[] source) {
        if (valueTo - valueFrom >= LONGEST_WORD) {
            return true;
        }
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
        boolean sentence = (before == '.' || before == '!' || before == '?')
                && source[at] == ' '
                && at - LONGEST_SHORTENED - 1 > from
                && isWordBefore(source, at - 1);
        return sentence
                || before == '\n'
                || before == '\r'
                || before == '\t'
                || before == ','
                || before == ';'
                || before == '|'
                || before == '{'
                || before == '('
                || before == '>';
    }

    /** Whether the stop at {@code at} ends a sentence, and shortens no word: {@code Cad. No: 3}. */
    private static boolean isWordBefore(byte[] source, int at) {
        for (int i = at - LONGEST_SHORTENED; i < at; i++) {
            if (!isNameByte(source[i]) || source[i] == '.') {
                return false;
            }
        }
        return true;
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
            if (source[end] == ' ' && end + 1 < to && source[end + 1] == ' ') {
                break;
            }
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
