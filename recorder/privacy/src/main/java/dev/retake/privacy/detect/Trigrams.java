package dev.retake.privacy.detect;

import java.util.List;

/**
 * A set of texts of three bytes that may answer yes for another text, never no for its own: the low five bits of each byte
 * are what is looked at, so that letters count in either case.
 */
final class Trigrams {
    private static final int BITS = 5;
    private static final int LOW = (1 << BITS) - 1;

    private final long[] words = new long[1 << 3 * BITS >>> 6];

    /** The texts of {@code windows}, for each the bytes that may stand at its three places. */
    Trigrams(List<String[]> windows) {
        for (String[] window : windows) {
            for (char first : window[0].toCharArray()) {
                for (char second : window[1].toCharArray()) {
                    for (char third : window[2].toCharArray()) {
                        int index = index(first, second, third);
                        words[index >>> 6] |= 1L << index;
                    }
                }
            }
        }
    }

    boolean mayHold(int first, int second, int third) {
        int index = index(first, second, third);
        return (words[index >>> 6] & 1L << index) != 0;
    }

    private static int index(int first, int second, int third) {
        return (first & LOW) << 2 * BITS | (second & LOW) << BITS | third & LOW;
    }
}
