package dev.retake.privacy.detect;

import java.util.List;

/**
 * A text inside a key by which it is known, where its beginning says nothing: {@code 0123…cdef-us21}, {@code 12345678:AA…}.
 *
 * @param text the mark, at least three characters
 * @param leastBefore fewest characters before it
 * @param mostBefore most characters before it
 * @param before which they are
 * @param least fewest characters after it
 * @param most most characters after it
 * @param after which they are
 */
record KeyMark(
        String text,
        int leastBefore,
        int mostBefore,
        KeyPrefix.Alphabet before,
        int least,
        int most,
        KeyPrefix.Alphabet after) {
    private static final List<KeyMark> KNOWN = List.of(
            // Mailchimp, Telegram, Azure, Terraform, RapidAPI, Firebase, DeepL, New Relic, Azure, Salesforce, MaxMind
            new KeyMark("-us", 32, 32, KeyPrefix.Alphabet.HEX, 1, 2, KeyPrefix.Alphabet.HEX),
            new KeyMark(":AA", 8, 10, KeyPrefix.Alphabet.HEX, 30, 36, KeyPrefix.Alphabet.WORD),
            new KeyMark("8Q~", 3, 3, KeyPrefix.Alphabet.WORD, 31, 37, KeyPrefix.Alphabet.JOINED),
            new KeyMark("7Q~", 3, 3, KeyPrefix.Alphabet.WORD, 31, 37, KeyPrefix.Alphabet.JOINED),
            new KeyMark(".atlasv1.", 14, 14, KeyPrefix.Alphabet.ALPHANUMERIC, 60, 80, KeyPrefix.Alphabet.WORD),
            new KeyMark("jsn", 35, 35, KeyPrefix.Alphabet.ALPHANUMERIC, 12, 12, KeyPrefix.Alphabet.ALPHANUMERIC),
            new KeyMark(":APA91b", 11, 22, KeyPrefix.Alphabet.WORD, 100, 200, KeyPrefix.Alphabet.WORD),
            new KeyMark(":fx", 36, 36, KeyPrefix.Alphabet.WORD, 0, 0, KeyPrefix.Alphabet.WORD),
            new KeyMark("JQQJ99", 52, 52, KeyPrefix.Alphabet.ALPHANUMERIC, 26, 30, KeyPrefix.Alphabet.ALPHANUMERIC),
            new KeyMark("!AQ", 15, 18, KeyPrefix.Alphabet.ALPHANUMERIC, 40, 200, KeyPrefix.Alphabet.ANY),
            new KeyMark("_mmk", 36, 36, KeyPrefix.Alphabet.WORD, 0, 0, KeyPrefix.Alphabet.WORD),
            new KeyMark("NRAL", 36, 36, KeyPrefix.Alphabet.HEX, 0, 0, KeyPrefix.Alphabet.WORD));

    /** The first three characters of each mark. */
    static List<String[]> texts() {
        return KNOWN.stream().map(mark -> mark.text.substring(0, 3).split("")).toList();
    }

    /** Looks for a key whose mark has its second character at {@code p}; returns as {@link KeyPrefix#find} does. */
    static long find(byte[] text, int floor, int p, int to) {
        for (KeyMark mark : KNOWN) {
            if (mark.text.charAt(1) == text[p] && Bytes.matches(text, p - 1, to, mark.text)) {
                long found = mark.around(text, floor, p - 1, to);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    private long around(byte[] text, int floor, int at, int to) {
        int start = at;
        while (start > floor && at - start < mostBefore && before.contains(text[start - 1])) {
            start--;
        }
        int from = at + text().length();
        int end = from;
        while (end < to && end - from < most && after.contains(text[end])) {
            end++;
        }
        boolean whole = at - start >= leastBefore
                && end - from >= least
                && Bytes.startsToken(text, floor, start)
                && Bytes.endsToken(text, end, to);
        return whole ? (long) end << 32 | start : -1;
    }
}
