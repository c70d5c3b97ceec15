package dev.retake.privacy.detect;

/** What single bytes of UTF-8 text are, and where tokens begin and end. */
final class Bytes {
    static final byte OTHER = 0;
    /** Letters, the underscore, and every byte beyond ASCII. */
    static final byte LETTER = 1;

    static final byte DIGIT = 2;
    private static final byte[] KINDS = new byte[256];
    private static final boolean[] GROUPS = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            if (c >= 0x80 || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')) {
                KINDS[c] = LETTER;
            } else if (c >= '0' && c <= '9') {
                KINDS[c] = DIGIT;
            }
        }
        for (char group : "0123456789 -./()\u00a0\u00c2\u00e2\u0080\u0089\u0091\u00af".toCharArray()) {
            GROUPS[group] = true;
        }
    }

    private Bytes() {}

    static byte kind(byte b) {
        return KINDS[b & 0xFF];
    }

    /** Whether digits in groups may have this byte: a digit or a separator. */
    static boolean isGroup(byte b) {
        return GROUPS[b & 0xFF];
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** A letter, digit, underscore or byte beyond ASCII. */
    static boolean isWord(byte b) {
        byte kind = KINDS[b & 0xFF];
        return kind == LETTER || kind == DIGIT;
    }

    static boolean isAlphanumeric(byte b) {
        int lower = b | 0x20;
        return isDigit(b) || (lower >= 'a' && lower <= 'z');
    }

    static boolean isHex(byte b) {
        int lower = b | 0x20;
        return isDigit(b) || (lower >= 'a' && lower <= 'f');
    }

    /** The alphabets of base64 and base64url, without padding. */
    static boolean isBase64(byte b) {
        return isAlphanumeric(b) || b == '+' || b == '/' || b == '-' || b == '_';
    }

    /** Whether a token may begin at {@code i}: no word byte stands before it. */
    static boolean startsToken(byte[] text, int from, int i) {
        return i == from || !isWord(text[i - 1]);
    }

    /** Whether a token may end before {@code i}. */
    static boolean endsToken(byte[] text, int i, int to) {
        return i == to || !isWord(text[i]);
    }

    /**
     * Whether a number may begin at {@code i}: it is no later part of a longer token joined by dots, hyphens or
     * underscores (a UUID, a version, a file name).
     */
    static boolean startsNumber(byte[] text, int from, int i) {
        if (i == from) {
            return true;
        }
        byte before = text[i - 1];
        if (isWord(before)) {
            return false;
        }
        boolean joiner = before == '-' || before == '.' || before == '+';
        return !joiner || i - 1 == from || !(isWord(text[i - 2]) || text[i - 2] == ')');
    }

    /** Whether a number may end before {@code i}. */
    static boolean endsNumber(byte[] text, int i, int to) {
        if (i == to) {
            return true;
        }
        byte after = text[i];
        if (isWord(after) || after == '@') {
            return false;
        }
        boolean joiner = after == '-' || after == '.';
        return !joiner || i + 1 == to || !isWord(text[i + 1]);
    }

    /** Whether the bytes at {@code i} are {@code ascii}. */
    static boolean matches(byte[] text, int i, int to, String ascii) {
        if (to - i < ascii.length()) {
            return false;
        }
        for (int k = 0; k < ascii.length(); k++) {
            if (text[i + k] != ascii.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** The same without regard to case; {@code lower} has small letters. */
    static boolean matchesIgnoreCase(byte[] text, int i, int to, String lower) {
        if (to - i < lower.length()) {
            return false;
        }
        for (int k = 0; k < lower.length(); k++) {
            char wanted = lower.charAt(k);
            int actual = wanted >= 'a' && wanted <= 'z' ? text[i + k] | 0x20 : text[i + k];
            if (actual != wanted) {
                return false;
            }
        }
        return true;
    }
}
