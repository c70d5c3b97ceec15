package dev.retake.proxy.http1;

/** Comparisons of bytes as US-ASCII without regard to case. */
final class Ascii {
    private Ascii() {}

    /** Whether {@code bytes[from, to)} spells {@code lower}, which is in lower case. */
    static boolean equalsLower(byte[] bytes, int from, int to, byte[] lower) {
        if (to - from != lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (toLower(bytes[from + i]) != lower[i]) {
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
            if (toLower(bytes[from + i]) != toLower(bytes[otherFrom + i])) {
                return false;
            }
        }
        return true;
    }

    private static int toLower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
