package dev.retake.proxy.route;

/**
 * The bytes of a path with every percent-encoding taken off, also those that only taking off another lays bare
 * ({@code %252e}): what the most eager of servers could make of them. One for each event loop.
 */
final class PathBytes {
    private byte[] bytes = {};
    private int at;
    private int to;
    private boolean decoded;
    private boolean malformed;

    /** Begins with {@code text[from, end)}. */
    void begin(byte[] text, int from, int end) {
        bytes = text;
        at = from;
        to = end;
        decoded = false;
        malformed = false;
    }

    boolean hasNext() {
        return at < to;
    }

    /** The next byte, from 0 to 255. */
    int next() {
        int b = bytes[at++] & 0xff;
        decoded = false;
        while (b == '%') {
            int high = at + 1 < to ? digit(bytes[at]) : -1;
            int low = at + 1 < to ? digit(bytes[at + 1]) : -1;
            if (high < 0 || low < 0) {
                malformed |= !decoded || at < to && (bytes[at] == 'u' || bytes[at] == 'U');
                return b;
            }
            decoded = true;
            b = high << 4 | low;
            at += 2;
        }
        return b;
    }

    /** Whether the byte that {@link #next} gave was percent-encoded. */
    boolean decoded() {
        return decoded;
    }

    /** Whether a percent sign stood before what are not two hexadecimal digits. */
    boolean malformed() {
        return malformed;
    }

    private static int digit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
