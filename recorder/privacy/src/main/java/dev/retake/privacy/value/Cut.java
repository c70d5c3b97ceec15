package dev.retake.privacy.value;

import dev.retake.privacy.encoding.Utf8;

/** Finds where text that the end of a capture has cut can be kept up to, so that no half of a value is left. */
public final class Cut {
    /** The longest value that is written in groups with spaces, as an IBAN or a phone number. */
    private static final int LONGEST_GROUPED = 64;

    private Cut() {}

    /** The end of what is kept of {@code source[from, to)}: its last token goes, and groups of digits before it. */
    public static int safeEnd(byte[] source, int from, int to) {
        int end = tokenStart(source, from, to);
        while (end > from && to - end < LONGEST_GROUPED) {
            int space = end;
            while (space > from && Utf8.isSpace(source[space - 1])) {
                space--;
            }
            int token = tokenStart(source, from, space);
            if (!hasDigit(source, token, space)) {
                break;
            }
            end = token;
        }
        return end;
    }

    private static int tokenStart(byte[] source, int from, int to) {
        int start = to;
        while (start > from && !endsToken(source[start - 1])) {
            start--;
        }
        return start;
    }

    private static boolean endsToken(byte b) {
        return Utf8.isSpace(b) || b == ',' || b == ';' || b == '<' || b == '>' || b == '"' || b == '&' || b == '|';
    }

    private static boolean hasDigit(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] >= '0' && source[i] <= '9') {
                return true;
            }
        }
        return false;
    }
}
