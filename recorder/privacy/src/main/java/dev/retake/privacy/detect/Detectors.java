package dev.retake.privacy.detect;

import java.nio.charset.StandardCharsets;

/**
 * Finds values of known form in text: one pass over the bytes finds candidates ({@link Triggers}), and each is checked
 * exactly. Stateless and thread-safe; a scan allocates nothing where nothing is found.
 */
public final class Detectors {
    private static final int SHORTEST = 7;

    private Detectors() {}

    /**
     * Appends to {@code out} what is found in UTF-8 text. What lies outside the bounds is not looked at.
     *
     * @param from first byte
     * @param to after the last byte
     */
    public static void scan(byte[] text, int from, int to, HitList out) {
        int floor = from;
        int p = Triggers.next(text, from, from, to);
        while (p < to) {
            int end = look(text, from, floor, p, to, out);
            if (end > p) {
                floor = end;
                p = end;
            } else {
                p++;
            }
            p = Triggers.next(text, from, p, to);
        }
    }

    /** The same for a text in memory, whose UTF-8 form is returned: bounds count its bytes. */
    public static byte[] scan(String text, HitList out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        scan(bytes, 0, bytes.length, out);
        return bytes;
    }

    /**
     * The class of a whole value: {@code byName}, which its field's name says, unless the value's own form says better (an
     * e-mail as user name, a JWT as token), so that a value has one surrogate wherever it stands.
     */
    public static DataClass refine(DataClass byName, CharSequence value) {
        if (byName == DataClass.PASSWORD) {
            return byName;
        }
        HitList hits = new HitList();
        byte[] bytes = scan(value.toString(), hits);
        boolean whole = hits.size() == 1 && hits.start(0) == 0 && hits.end(0) == bytes.length;
        return whole ? hits.dataClass(0) : byName;
    }

    /** Asks the detectors that are wanted at {@code p}; returns the end of a hit, or -1. */
    private static int look(byte[] text, int from, int floor, int p, int to, HitList out) {
        int end = -1;
        for (long bits = Triggers.at(text, from, p, to); bits != 0 && end <= p; bits &= bits - 1) {
            end = switch (Triggers.action(bits)) {
                case AT -> EmailScan.scan(text, floor, p, to, out);
                case KEY -> CredentialScan.key(text, floor, p, to, out);
                case TOKEN -> token(text, floor, p - 1, to, out);
                case PRIVATE_KEY ->
                    p - 5 >= floor && Bytes.matches(text, p - 5, to, "-----BEGIN ")
                            ? CredentialScan.privateKey(text, p - 5, to, out)
                            : -1;
                case USER_INFO -> CredentialScan.userInfo(text, p - 1, to, out);
                case NAME_END -> NamedSecretScan.scan(text, floor, p, to, out);
                case SCHEME ->
                    p - 2 >= floor && Bytes.startsToken(text, from, p - 2)
                            ? CredentialScan.scheme(text, p - 2, to, out)
                            : -1;
                case LETTER_DIGITS -> IbanScan.scan(text, floor, p - 2, to, out);
                case NUMBER -> number(text, from, floor, p, to, out);
                case PLUS, BRACKET -> out.numbers().scan(text, from, p, to, out);
                case COLON -> NetworkScan.colons(text, floor, p, to, out);
                case HYPHEN -> NetworkScan.hyphens(text, floor, p, to, out);
            };
        }
        return end;
    }

    private static int token(byte[] text, int floor, int start, int to, HitList out) {
        boolean begins =
                start >= floor && Bytes.startsToken(text, floor, start) && (start == floor || text[start - 1] != '-');
        return begins ? CredentialScan.jwt(text, start, to, out) : -1;
    }

    private static int number(byte[] text, int from, int floor, int i, int to, HitList out) {
        if (!Bytes.startsNumber(text, floor, i)) {
            return -1;
        }
        int end = isOctet(text, i, to) ? NetworkScan.ipv4(text, from, i, to, out) : -1;
        return end < 0 && isLong(text, i, to) ? out.numbers().scan(text, from, i, to, out) : end;
    }

    private static boolean isOctet(byte[] text, int i, int to) {
        int limit = Math.min(to, i + 4);
        for (int k = i + 1; k < limit; k++) {
            if (text[k] == '.') {
                return true;
            }
        }
        return false;
    }

    /** Whether the groups of digits from {@code i} on have at least seven. */
    private static boolean isLong(byte[] text, int i, int to) {
        int digits = 0;
        for (int k = i; k < to && Bytes.isGroup(text[k]); k++) {
            digits += Bytes.isDigit(text[k]) ? 1 : 0;
            if (digits == SHORTEST) {
                return true;
            }
        }
        return false;
    }
}
