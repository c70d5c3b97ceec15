package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds keys of providers that are not listed, by the form that most have today: words that say what the key is, joined by
 * underscores, and characters drawn at random ({@code acme_live_…}, {@code foo_pat_…}). Where no word says so, they have to
 * be more than the random part of an object's id has.
 */
final class TaggedKey {
    private static final int LONGEST_TAG = 40;
    /** Fewest characters behind an underscore that are looked at. */
    private static final int SHORTEST = 10;

    private static final int SHORTEST_TOLD = 16;
    /** Ids of objects have 14 to 27: {@code pi_3MtwBwLkdIwHu7ix28a3tqPa}. */
    private static final int SHORTEST_UNTOLD = 28;

    /** Characters of one case are a word or a hash until there are so many, digits among them. */
    private static final int SHORTEST_FLAT = 24;

    private static final WordTable TELLING = new WordTable(128).add(1, """
                    live test prod production sandbox sbox sbx secret sec token tok key apikey api pat oat sat aat sk rk ak
                    pk tk oauth auth access refresh bot pass priv private signing webhook wh bearer deploy ci svc license
                    password pwd credential credentials seckey apitoken authtoken accesstoken cred pub public
                    """);

    private TaggedKey() {}

    /** Whether enough characters of a token stand behind the underscore before {@code i}. */
    static boolean mayFollow(byte[] text, int i, int to) {
        if (i + SHORTEST > to) {
            return false;
        }
        for (int k = i + SHORTEST - 1; k >= i; k--) {
            if (!Bytes.isBase64(text[k]) && text[k] != '.') {
                return false;
            }
        }
        return true;
    }

    /** Looks for a key with an underscore at {@code p + 1}; returns as {@link KeyPrefix#find} does. */
    static long find(byte[] text, int floor, int p, int to) {
        int start = p + 1;
        while (start > floor && p - start < LONGEST_TAG && isTag(text[start - 1])) {
            start--;
        }
        if (start > floor && !Bytes.startsToken(text, floor, start) || text[start] < 'A') {
            return -1;
        }
        int from = p + 2;
        int end = from;
        int digits = 0;
        int capitals = 0;
        int joints = 0;
        while (end < to && isTag(text[end])) {
            byte b = text[end++];
            digits += Bytes.isDigit(b) ? 1 : 0;
            capitals += b >= 'A' && b <= 'Z' ? 1 : 0;
            joints += b == '_' || b == '-' ? 1 : 0;
        }
        int length = end - from;
        int small = length - digits - capitals - joints;
        boolean mixed = digits >= 2 && capitals >= 2 && small >= 2 && 5 * joints <= length && changes(text, from, end);
        boolean flat = length >= SHORTEST_FLAT
                && joints == 0
                && (capitals == 0 || small == 0)
                && 6 * digits >= length
                && digits + 3 <= length;
        boolean signed = end + 7 < to && text[end] == '.' && text[end + 7] == '.'; // of SealedText
        if (!mixed && !flat || signed || !Bytes.endsToken(text, end, to)) {
            return -1;
        }
        boolean told = length >= SHORTEST_TOLD && isTelling(text, start, p + 1);
        boolean untold = mixed && joints == 0 && length >= SHORTEST_UNTOLD;
        while (end < to && text[end] == '=') {
            end++;
        }
        return told || untold ? (long) end << 32 | start : -1;
    }

    private static boolean isTag(byte b) {
        return Bytes.isAlphanumeric(b) || b == '_' || b == '-';
    }

    /** Whether kinds of characters alternate as they do in what is drawn at random, and not as in {@code SomeName2024}. */
    private static boolean changes(byte[] text, int from, int to) {
        int changes = 0;
        int last = 0;
        for (int k = from; k < to; k++) {
            byte b = text[k];
            int kind = Bytes.isDigit(b) ? 1 : b >= 'a' && b <= 'z' ? 2 : 3;
            changes += kind != last ? 1 : 0;
            last = kind;
        }
        return 3 * changes >= to - from;
    }

    private static boolean isTelling(byte[] text, int from, int to) {
        int word = from;
        for (int k = from; k <= to; k++) {
            if (k == to || text[k] == '_' || text[k] == '-') {
                if (k > word && TELLING.bits(text, word, k) != 0) {
                    return true;
                }
                word = k + 1;
            }
        }
        return false;
    }
}
