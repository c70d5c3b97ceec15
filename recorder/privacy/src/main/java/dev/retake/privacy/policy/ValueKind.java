package dev.retake.privacy.policy;

import java.util.Locale;

/** What a value looks like, as coarse as a review of its field needs. */
public enum ValueKind {
    /** A whole or decimal number of at most six digits. */
    NUMBER(0x1),
    /** A longer number. */
    LONG_NUMBER(0x2),
    /** A date, a time or both. */
    MOMENT(0x4),
    /** Letters alone. */
    WORD(0x8),
    /** Letters and digits without spaces: an identifier. */
    CODE(0x10),
    /** Anything with spaces. */
    TEXT(0x20);

    private static final int FEW_DIGITS = 6;

    private final int bit;

    ValueKind(int bit) {
        this.bit = bit;
    }

    static ValueKind of(byte[] source, int from, int to) {
        int digits = 0;
        int letters = 0;
        int spaces = 0;
        int colons = 0;
        int hyphens = 0;
        int dots = 0;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            digits += b >= '0' && b <= '9' ? 1 : 0;
            letters += b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' ? 1 : 0;
            spaces += b == ' ' || b == '\n' || b == '\t' ? 1 : 0;
            colons += b == ':' ? 1 : 0;
            hyphens += b == '-' ? 1 : 0;
            dots += b == '.' ? 1 : 0;
        }
        boolean moment =
                digits >= 4 && letters <= 2 && spaces <= 1 && dots <= 1 && (colons > 0 || hyphens == 2 && digits == 8);
        if (moment) {
            return MOMENT;
        }
        if (spaces > 0) {
            return TEXT;
        }
        if (letters == 0) {
            return digits <= FEW_DIGITS ? NUMBER : LONG_NUMBER;
        }
        return digits == 0 ? WORD : CODE;
    }

    /** A bit that no other kind has; files keep it. */
    public int bit() {
        return bit;
    }

    /** Lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
