package dev.retake.proxy.http1;

/** Bytes as US-ASCII: comparisons without regard to case, and classes of characters. */
public final class Ascii {
    private static final boolean[] TOKEN = tokenCharacters();

    private Ascii() {}

    /** Whether a token may hold {@code b} (RFC 9110 §5.6.2). */
    public static boolean isToken(byte b) {
        return b >= 0 && TOKEN[b];
    }

    /** Whether {@code bytes[from, to)} spells {@code lower}, which is in lower case. */
    public static boolean equalsLower(byte[] bytes, int from, int to, byte[] lower) {
        if (to - from != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether two ranges of {@code bytes} spell the same. */
    static boolean equalRanges(byte[] bytes, int from, int to, int otherFrom, int otherTo) {
        if (to - from != otherTo - otherFrom) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if (lower(bytes[from + i]) != lower(bytes[otherFrom + i])) {
                return false;
            }
        }
        return true;
    }

    /** {@code b} in lower case where it is a letter. */
    public static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    private static boolean[] tokenCharacters() {
        boolean[] token = new boolean[128];
        for (char c = '!'; c < 0x7f; c++) {
            token[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
        return token;
    }
}
