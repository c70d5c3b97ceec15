package dev.retake.report;

import org.jspecify.annotations.Nullable;

/**
 * Two values side by side with what they share at both ends told from what differs between, in whole words and numbers,
 * so that a small change in a long value is seen.
 *
 * @param prefix what both begin with
 * @param before what only the recorded value has
 * @param after what only the target's value has
 * @param suffix what both end with
 */
record ValueDiff(String prefix, String before, String after, String suffix) {

    /** The difference of two texts; of a value that is absent, all of the other differs. */
    static ValueDiff of(@Nullable String before, @Nullable String after) {
        if (before == null || after == null) {
            return new ValueDiff("", before == null ? "" : before, after == null ? "" : after, "");
        }
        int shorter = Math.min(before.length(), after.length());
        int start = 0;
        while (start < shorter && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        while (start > 0 && (inWord(before, start) || inWord(after, start))) {
            start--;
        }
        int end = 0;
        while (end < shorter - start
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        while (end > 0 && (inWord(before, before.length() - end) || inWord(after, after.length() - end))) {
            end--;
        }
        return new ValueDiff(
                before.substring(0, start),
                before.substring(start, before.length() - end),
                after.substring(start, after.length() - end),
                before.substring(before.length() - end));
    }

    /** Whether a cut at {@code at} would part a word, a number or a surrogate pair. */
    private static boolean inWord(String text, int at) {
        return at > 0 && at < text.length() && wordChar(text.charAt(at - 1)) && wordChar(text.charAt(at));
    }

    private static boolean wordChar(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
