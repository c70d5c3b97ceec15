package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds where an address ends around its street when only spaces or hyphens part it: a town of several words before a
 * postcode, a town and a postcode before the street, and houses in Indian form, which name a flat, a house and a quarter.
 */
final class AddressEnds {
    private static final int MOST_WORDS = 4;
    private static final int MOST_PARTS = 6;

    /** Words before a postcode. */
    private static final WordTable CODE =
            new WordTable(64).add(1, "cep cp cap pin plz zip postcode pincode eircode індекс индекс postnr");

    private AddressEnds() {}

    /** The end of a town and the postcode behind it, or of a postcode and its town, behind an address up to {@code last}; or -1. */
    static int behind(byte[] text, int last, int to) {
        int at = afterBreak(text, last, to);
        if (at == last) {
            return -1;
        }
        int code = codeEnd(text, at, to);
        if (code > 0) {
            int town = townEnd(text, code + 1, to);
            return code < to && text[code] == ' ' && town > 0 ? town : code;
        }
        int town = townEnd(text, at, to);
        int next = town < 0 ? -1 : afterBreak(text, town, to);
        return next <= town ? -1 : codeEnd(text, next, to);
    }

    /** The start with a town and a postcode before it: {@code 603348, Магнитогорск, }; the town alone in Cyrillic. */
    static int before(byte[] text, int floor, int start) {
        int town = beforeComma(text, floor, start);
        if (town < 0) {
            return start;
        }
        int first = PersonScan.wordStart(text, floor, town);
        if (first == town || !PersonScan.isCapital(text, first)) {
            return start;
        }
        boolean cyrillic = text[first] == (byte) 0xD0;
        int code = beforeComma(text, floor, first);
        int digits = code;
        while (digits > floor && Bytes.isDigit(text[digits - 1])) {
            digits--;
        }
        if (code > 0 && code - digits >= 5 && code - digits <= 6 && Bytes.startsToken(text, floor, digits)) {
            return digits;
        }
        return cyrillic ? first : start;
    }

    /** The end of parts with commas between them behind the number of a house, of which the last has a postcode; or -1. */
    static int parts(byte[] text, int number, int to) {
        int at = number;
        for (int parts = 0; parts < MOST_PARTS; parts++) {
            if (at + 2 >= to || text[at] != ',' || text[at + 1] != ' ') {
                return -1;
            }
            int start = at + 2;
            int end = wordsEnd(text, start, to);
            if (end < 0) {
                return -1;
            }
            int code = codeEnd(text, afterBreak(text, end, to), to);
            if (parts > 0 && code > 0) {
                return code;
            }
            at = end;
        }
        return -1;
    }

    /** Words that begin with capitals or are numbers: {@code 4th Cross}, {@code Sector 18}. */
    private static int wordsEnd(byte[] text, int start, int to) {
        int at = start;
        int end = -1;
        for (int words = 0; words < MOST_WORDS && at < to; words++) {
            int word = at;
            boolean capital = PersonScan.isCapital(text, at);
            while (word < to && (Bytes.isAlphanumeric(text[word]) || text[word] < 0)) {
                word++;
            }
            boolean number = word > at && Bytes.isDigit(text[at]) && word - at <= 4;
            if (word == at || !capital && !number) {
                break;
            }
            end = word;
            if (word >= to || text[word] != ' ') {
                break;
            }
            at = word + 1;
        }
        return end;
    }

    /** Passes over a comma, a line's end, a hyphen between spaces, or a space. */
    private static int afterBreak(byte[] text, int last, int to) {
        int at = last;
        while (at < to
                && at - last < 3
                && (text[at] == ' ' || text[at] == ',' || text[at] == '\n' || text[at] == '-')) {
            at++;
        }
        return at < to && text[last] != '-' ? at : last;
    }

    private static int beforeComma(byte[] text, int floor, int start) {
        return start - 2 > floor && text[start - 1] == ' ' && text[start - 2] == ',' ? start - 2 : -1;
    }

    /** Two to five words, a state of two capitals left out. */
    private static int townEnd(byte[] text, int start, int to) {
        int at = start;
        int end = -1;
        for (int words = 0; words < MOST_WORDS && at < to; words++) {
            int word = PersonScan.wordEnd(text, at, to);
            if (word == at || !PersonScan.isCapital(text, at) || isState(text, at, word)) {
                break;
            }
            end = word;
            if (word >= to || text[word] != ' ') {
                break;
            }
            at = word + 1;
        }
        return end;
    }

    /** The end of a postcode behind a word that says what it is: {@code CEP 30979-653}; or -1. */
    static int toldCodeEnd(byte[] text, int start, int to) {
        int word = PersonScan.wordEnd(text, start, to);
        return word > start && CODE.bits(text, start, word) != 0 ? codeEnd(text, start, to) : -1;
    }

    private static boolean isState(byte[] text, int from, int end) {
        return end - from == 2 && text[from + 1] >= 'A' && text[from + 1] <= 'Z';
    }

    /** The end of five or six digits, four behind a word that says what they are, with what more a country writes; or -1. */
    private static int codeEnd(byte[] text, int start, int to) {
        int at = start;
        int word = PersonScan.wordEnd(text, at, to);
        boolean told = word > at && (CODE.bits(text, at, word) != 0 || isState(text, at, word));
        if (told) {
            at = word + 1;
            at += at < to && (text[word] == '.' || text[word] == ':') ? 1 : 0;
        }
        int end = at;
        while (end < to && end - at < 7 && Bytes.isDigit(text[end])) {
            end++;
        }
        int length = end - at;
        if (length == 5 && end + 3 < to && text[end] == '-') {
            int more = end + 1;
            while (more < to && Bytes.isDigit(text[more])) {
                more++;
            }
            end = more - end > 3 ? more : end;
        }
        return length >= (told ? 4 : 5) && length <= 6 && Bytes.endsToken(text, end, to) ? end : -1;
    }
}
