package dev.retake.privacy.detect;

import java.nio.charset.StandardCharsets;

/**
 * Finds values of known form in text: one pass over the bytes finds candidates, and each is checked exactly. Stateless
 * and thread-safe; a scan allocates nothing where nothing is found.
 */
public final class Detectors {
    /** Two letters that a token of interest may begin with: bit {@code 128 * first + second}. */
    private static final long[] BEGINNINGS = new long[128 * 128 / 64];

    static {
        KeyPrefix.known().forEach(prefix -> begin(prefix.text()));
        for (String beginning : new String[] {"ey", "be", "Be", "BE", "ba", "Ba", "BA"}) {
            begin(beginning);
        }
    }

    private Detectors() {}

    /**
     * Appends to {@code out} what is found in UTF-8 text. What lies outside the bounds is not looked at.
     *
     * @param from first byte
     * @param to after the last byte
     */
    public static void scan(byte[] text, int from, int to, HitList out) {
        int floor = from;
        int i = from;
        byte before = Bytes.OTHER;
        while (i < to) {
            byte kind = Bytes.kind(text[i]);
            if (kind == Bytes.OTHER || (kind != Bytes.MARK && (before == Bytes.LETTER || before == Bytes.DIGIT))) {
                before = kind;
                i++;
                continue;
            }
            int end = switch (kind) {
                case Bytes.LETTER -> word(text, floor, i, to, out);
                case Bytes.DIGIT -> number(text, floor, i, to, out);
                default -> mark(text, floor, i, to, out);
            };
            if (end > i) {
                floor = end;
                i = end;
                before = Bytes.OTHER;
            } else {
                before = kind;
                i++;
            }
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

    private static int word(byte[] text, int floor, int i, int to, HitList out) {
        if (i + 3 >= to || text[i] < 0) {
            return -1;
        }
        byte second = text[i + 1];
        if (Bytes.isDigit(text[i + 2]) && Bytes.isDigit(text[i + 3]) && Bytes.kind(second) == Bytes.LETTER) {
            int end = second < 0 ? -1 : IbanScan.scan(text, i, to, out);
            if (end > 0) {
                return end;
            }
        }
        if (second < 0 || !begins(text[i], second)) {
            return -1;
        }
        if (text[i] == 'e') {
            boolean within = i > floor && text[i - 1] == '-';
            return !within && Bytes.matches(text, i, to, "eyJ") ? CredentialScan.jwt(text, i, to, out) : -1;
        }
        int end = CredentialScan.key(text, i, to, out);
        return end < 0 && (text[i] | 0x20) == 'b' ? CredentialScan.scheme(text, i, to, out) : end;
    }

    private static int number(byte[] text, int floor, int i, int to, HitList out) {
        if (!Bytes.startsNumber(text, floor, i)) {
            return -1;
        }
        int end = isOctet(text, i, to) ? NetworkScan.ipv4(text, floor, i, to, out) : -1;
        if (end < 0) {
            end = NumberScan.scan(text, floor, i, to, out);
        }
        return end < 0 && Bytes.matches(text, i, to, "1//0") ? CredentialScan.key(text, i, to, out) : end;
    }

    private static int mark(byte[] text, int floor, int i, int to, HitList out) {
        return switch (text[i]) {
            case '@' -> EmailScan.scan(text, floor, i, to, out);
            case '+', '(' -> NumberScan.scan(text, floor, i, to, out);
            case '-' -> hyphen(text, floor, i, to, out);
            case '=' -> CredentialScan.assignment(text, floor, i, to, out);
            default -> colon(text, floor, i, to, out);
        };
    }

    private static int hyphen(byte[] text, int floor, int i, int to, HitList out) {
        return Bytes.matches(text, i, to, "-----BEGIN ")
                ? CredentialScan.privateKey(text, i, to, out)
                : NetworkScan.hyphens(text, floor, i, to, out);
    }

    private static int colon(byte[] text, int floor, int i, int to, HitList out) {
        if (Bytes.matches(text, i, to, "://")) {
            return CredentialScan.userInfo(text, i, to, out);
        }
        boolean address = i + 1 < to && (text[i + 1] == ':' || Bytes.isHex(text[i + 1]));
        int end = address ? NetworkScan.colons(text, floor, i, to, out) : -1;
        return end < 0 ? CredentialScan.assignment(text, floor, i, to, out) : end;
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

    private static void begin(String prefix) {
        int pair = 128 * prefix.charAt(0) + prefix.charAt(1);
        BEGINNINGS[pair >> 6] |= 1L << pair;
    }

    private static boolean begins(byte first, byte second) {
        int pair = 128 * first + second;
        return (BEGINNINGS[pair >> 6] & 1L << pair) != 0;
    }
}
