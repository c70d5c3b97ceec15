package dev.retake.privacy.detect;

import java.nio.charset.StandardCharsets;

/**
 * Finds values of known form in text: one pass over the bytes finds candidates ({@link Triggers}), and each is checked
 * exactly. Stateless and thread-safe; a scan allocates nothing where nothing is found.
 */
public final class Detectors {
    private static final int SHORTEST = 7;
    private static final int LONGEST = 20;

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
        return whole && isBetter(hits.dataClass(0), byName) ? hits.dataClass(0) : byName;
    }

    /** Whether a value's form says more than its field's name: not where the form only says what running text tells. */
    private static boolean isBetter(DataClass byForm, DataClass byName) {
        return switch (byForm) {
            case PERSON_NAME -> byName == DataClass.USERNAME;
            case ADDRESS, POSTCODE, GEO, DATE_OF_BIRTH, BANK_ACCOUNT -> false;
            default -> true;
        };
    }

    /** Asks the detectors that are wanted at {@code p}; returns the end of a hit or of what is known to be none, or -1. */
    private static int look(byte[] text, int from, int floor, int p, int to, HitList out) {
        int end = -1;
        for (long bits = Triggers.at(text, from, p, to); bits != 0 && end <= p; bits &= bits - 1) {
            end = switch (Triggers.action(bits)) {
                case AT -> EmailScan.scan(text, floor, p, to, out);
                case KEY -> CredentialScan.key(text, floor, p, to, out);
                case TOKEN -> token(text, floor, p - 1, to, out);
                case SIGNED -> SealedText.signed(text, floor, p, to, out);
                case HASH -> SealedText.hash(text, floor, p, to, out);
                case PRIVATE_KEY ->
                    p - 5 >= floor && Bytes.matches(text, p - 5, to, "-----BEGIN ")
                            ? CredentialScan.privateKey(text, p - 5, to, out)
                            : -1;
                case USER_INFO -> CredentialScan.userInfo(text, p - 1, to, out);
                case ORACLE -> CredentialScan.oracle(text, floor, p, to, out);
                case NAME_END -> NamedSecretScan.scan(text, floor, p, to, out);
                case SCHEME ->
                    p - 2 >= floor && Bytes.startsToken(text, from, p - 2)
                            ? CredentialScan.scheme(text, p - 2, to, out)
                            : -1;
                case LETTER_DIGITS -> letterDigits(text, from, floor, p, to, out);
                case NUMBER -> number(text, from, floor, p, to, out);
                case PLUS, BRACKET -> out.numbers().scan(text, from, p, to, out);
                case COLON -> colon(text, floor, p, to, out);
                case HYPHEN -> hyphen(text, floor, p, to, out);
                case DOT -> NetworkScan.dots(text, floor, p, to, out);
                case HOUSE_SIGN -> AddressLine.ideographic(text, floor, p, to, out);
                case DEGREE -> MomentScan.degrees(text, floor, p, to, out);
                case WORD_NUMBER -> wordNumber(text, from, floor, p + 1, to, out);
                case POSTCODE -> AddressScan.numberedPostcode(text, floor, p, to, out);
                case BANK_CODE -> BankCodeScan.scan(text, floor, p + 2, to, out);
                case CAPITAL -> PersonScan.scan(text, floor, p, to, out);
                case SCRIPT -> ScriptNames.scan(text, floor, p, to, out);
            };
        }
        return end;
    }

    private static int colon(byte[] text, int floor, int p, int to, HitList out) {
        int end = CredentialScan.numbered(text, floor, p, to, out);
        return end < 0 ? NetworkScan.colons(text, floor, p, to, out) : end;
    }

    private static int token(byte[] text, int floor, int start, int to, HitList out) {
        boolean begins =
                start >= floor && Bytes.startsToken(text, floor, start) && (start == floor || text[start - 1] != '-');
        return begins ? CredentialScan.jwt(text, start, to, out) : -1;
    }

    private static int letterDigits(byte[] text, int from, int floor, int p, int to, HitList out) {
        int end = IbanScan.scan(text, floor, p - 2, to, out);
        if (end < 0 && p - 2 >= floor) {
            end = NationalId.british(text, floor, p - 3 >= floor && text[p - 1] == ' ' ? p - 3 : p - 2, to, out);
        }
        if (end < 0) {
            end = NationalId.hongKong(text, floor, p - 1, to, out);
        }
        return end < 0 ? NationalId.lettered(text, from, floor, p, to, out) : end;
    }

    private static int number(byte[] text, int from, int floor, int i, int to, HitList out) {
        if (!Bytes.startsNumber(text, floor, i)) {
            return -1;
        }
        int run = i + 1;
        while (run < to && run - i < LONGEST && Bytes.isDigit(text[run])) {
            run++;
        }
        int length = run - i;
        byte next = run < to ? text[run] : 0;
        if (length <= 4 && isAmount(text, run, next, to)) {
            return -1;
        }
        int end = -1;
        if (next == '.' && length <= 3) {
            end = NetworkScan.ipv4(text, from, i, to, out);
            end = end < 0 ? MomentScan.coordinate(text, from, i, length, to, out) : end;
        }
        if (end < 0 && (next == '-' || next == '/' || next == '.') && length <= 4 || length == 8) {
            end = end < 0 ? MomentScan.birth(text, from, i, to, out) : end;
        }
        if (end < 0 && isIsoDate(text, i, to)) {
            return afterTime(text, i, to);
        }
        if (end < 0 && isLong(text, i, to)) {
            end = out.numbers().scan(text, from, i, to, out);
        }
        if (end < 0 && length >= 6 && run < to && (next == '-' || next == '+' || Bytes.isAlphanumeric(next))) {
            end = NationalId.lettered(text, from, floor, i, to, out);
        }
        if (end < 0 && length <= 8) {
            end = MomentScan.oneTime(text, from, i, length, to, out);
        }
        if (end < 0 && length <= 5 && run < to) {
            end = MomentScan.namedDay(text, from, i, length, to, out);
            end = end < 0 ? AddressScan.numberFirst(text, floor, i, run, to, out) : end;
            boolean marked = end < 0 && i - 2 > floor && (text[i - 1] == ':' || text[i - 1] == '#');
            end = marked ? AddressLine.wordsFirst(text, floor, i, to, out) : end;
        }
        return end;
    }

    /** Whether a few digits that end at {@code run} are a count or a price, as most numbers in documents are. */
    private static boolean isAmount(byte[] text, int run, byte next, int to) {
        int end = run;
        if (next == '.') {
            end++;
            while (end < to && end - run <= 3 && Bytes.isDigit(text[end])) {
                end++;
            }
            if (end - run > 3) {
                return false;
            }
        } else if (next != ',') {
            return false;
        }
        return end == to
                || text[end] == '}'
                || text[end] == '"'
                || text[end] == ',' && (end + 1 == to || text[end + 1] != ' ');
    }

    private static int wordNumber(byte[] text, int from, int floor, int i, int to, HitList out) {
        int end = MomentScan.namedMonth(text, from, floor, i, to, out);
        if (end < 0 && i - 3 >= floor) {
            end = NationalId.british(text, floor, i - 3, to, out);
        }
        return end < 0 ? AddressScan.wordFirst(text, floor, i, to, out) : end;
    }

    /** {@code 2026-03-14}, alone or before a time. */
    private static boolean isIsoDate(byte[] text, int i, int to) {
        return i + 10 <= to
                && text[i + 4] == '-'
                && text[i + 7] == '-'
                && (text[i] == '1' || text[i] == '2')
                && (i + 10 == to || text[i + 10] == 'T' || text[i + 10] == ' ');
    }

    /** Where a date and the time behind it end: what is in them is nobody's. */
    private static int afterTime(byte[] text, int i, int to) {
        int end = i + 10;
        int limit = Math.min(to, i + 35);
        while (end < limit && (Bytes.isDigit(text[end]) || "T:.Z+-".indexOf(text[end]) >= 0)) {
            end++;
        }
        return end;
    }

    /** The end of a UUID of which the first hyphen is at {@code p}, or -1. */
    private static int uuidEnd(byte[] text, int floor, int p, int to) {
        boolean formed = p - 8 >= floor
                && p + 28 <= to
                && text[p + 5] == '-'
                && text[p + 10] == '-'
                && text[p + 15] == '-'
                && Bytes.endsToken(text, p + 28, to)
                && Bytes.startsToken(text, floor, p - 8);
        if (!formed) {
            return -1;
        }
        for (int k = p - 8; k < p + 28; k++) {
            if (!Bytes.isHex(text[k]) && text[k] != '-') {
                return -1;
            }
        }
        return p + 28;
    }

    private static int hyphen(byte[] text, int floor, int p, int to, HitList out) {
        int end = uuidEnd(text, floor, p, to);
        if (end > 0 && Bytes.matches(text, end, to, ":fx") && Bytes.endsToken(text, end + 3, to)) {
            out.add(p - 8, end + 3, DataClass.SECRET); // a key of DeepL's free service
            return end + 3;
        }
        return end < 0 ? NetworkScan.hyphens(text, floor, p, to, out) : end;
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
