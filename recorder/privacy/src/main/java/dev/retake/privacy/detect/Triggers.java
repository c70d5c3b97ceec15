package dev.retake.privacy.detect;

/**
 * Finds the places where a detector has something to look at. Each trigger is three sets of bytes: one before a place, one
 * at it and one after it. Every byte knows the triggers that it fits in as bits of a word, so that three loads and two
 * ANDs ask all triggers at once. Beginnings of keys and telling names share a few triggers, which let through what mixes
 * them; a second look at the three bytes tells.
 */
final class Triggers {
    /** What to do where a trigger fires, in the order in which they are tried at one place. */
    enum Action {
        AT,
        KEY,
        TOKEN,
        SIGNED,
        HASH,
        PRIVATE_KEY,
        USER_INFO,
        ORACLE,
        NAME_END,
        SCHEME,
        LETTER_DIGITS,
        NUMBER,
        PLUS,
        BRACKET,
        COLON,
        HYPHEN,
        DOT,
        HOUSE_SIGN,
        DEGREE,
        WORD_NUMBER,
        POSTCODE,
        BANK_CODE,
        CAPITAL,
        SCRIPT
    }

    private static final int OUTSIDE = 0;
    private static final String DIGITS = "0123456789";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String HEX = DIGITS + "abcdefABCDEF";

    private static final long[] BEFORE = new long[256];
    private static final long[] AT = new long[256];
    private static final long[] AFTER = new long[256];
    private static final Action[] ACTIONS = new Action[Long.SIZE];
    private static int used;

    private static final Trigrams KEYS = new Trigrams(KeyPrefix.texts());
    private static final Trigrams NAMES = new Trigrams(TellingName.texts());

    /** The triggers that stand for texts among {@link #KEYS} and {@link #NAMES}. */
    private static final long KEY_BITS;

    private static final long NAME_BITS;

    static {
        String letters = where(b -> Bytes.kind((byte) b) == Bytes.LETTER);
        String words = letters + DIGITS;
        String breaks = where(b -> !Bytes.isWord((byte) b));
        String all = where(b -> true);

        add(Action.AT, words + "\"'.-+!#$%&*~/=?^`{|}", "@", words + "[");
        int key = used;
        KeyPrefix.triggers().forEach(window -> add(Action.KEY, window));
        KEY_BITS = bits(key);
        add(Action.TOKEN, "e", "y", "J");
        add(Action.SIGNED, letters + DIGITS + "-", ".", letters + DIGITS + "-");
        add(Action.SIGNED, letters + "09", ":", letters + DIGITS);
        add(Action.HASH, letters + DIGITS, "$", letters + DIGITS + "./");
        add(Action.PRIVATE_KEY, "-", "B", "E");
        add(Action.USER_INFO, ":", "/", "/");
        add(Action.ORACLE, "n", ":", words);
        int name = used;
        TellingName.triggers().forEach(window -> add(Action.NAME_END, window));
        NAME_BITS = bits(name);
        add(Action.SCHEME, "eE", "aA", "rR");
        add(Action.SCHEME, "aA", "sS", "iI");
        add(Action.LETTER_DIGITS, letters, DIGITS, DIGITS);
        add(Action.NUMBER, breaks, DIGITS, DIGITS + " ,-./()\u00c2\u00e2");
        add(Action.PLUS, breaks, "+", DIGITS + "(");
        add(Action.BRACKET, breaks, "(", DIGITS);
        add(Action.COLON, all, ":", ":");
        add(Action.COLON, HEX, ":", HEX);
        add(Action.HYPHEN, HEX, "-", HEX);
        add(Action.DOT, HEX, ".", HEX);
        add(Action.HOUSE_SIGN, DIGITS, "\u00e4\u00e5\u00e7", "\u0095\u008f\u00b8");
        add(Action.HOUSE_SIGN, where(b -> b >= 0x80 && b <= 0xBF), DIGITS, "-" + DIGITS);
        add(Action.DEGREE, DIGITS, "\u00c2", "\u00b0");
        add(Action.WORD_NUMBER, letters + ".,:", " ", DIGITS);
        add(Action.POSTCODE, " ", DIGITS, CAPITALS);
        add(Action.BANK_CODE, "bB", "iI", "cC");
        add(Action.BANK_CODE, "iI", "fF", "tT");
        add(Action.CAPITAL, letters + ".,:;!\r\n", " \n", CAPITALS + "\u00c3\u00c4\u00c5\u00ce\u00d0");
        String scripts =
                "\u00d6\u00d7\u00d8\u00d9\u00da\u00db\u00e0\u00e3\u00e4\u00e5\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ec\u00ed";
        add(Action.SCRIPT, breaks, scripts, where(b -> b >= 0x80 && b <= 0xBF));
    }

    private Triggers() {}

    /** Whether a byte belongs to a set. */
    private interface Membership {
        boolean contains(int b);
    }

    /** The first place from {@code p} on where a trigger fires, or {@code to}. */
    static int next(byte[] text, int from, int p, int to) {
        if (p >= to) {
            return to;
        }
        int k = p;
        int before = k == from ? OUTSIDE : text[k - 1] & 0xFF;
        int at = text[k] & 0xFF;
        for (; k < to - 1; k++) {
            int after = text[k + 1] & 0xFF;
            if (at(before, at, after) != 0) {
                return k;
            }
            before = at;
            at = after;
        }
        return at(before, at, OUTSIDE) == 0 ? to : k;
    }

    /** Bits of the triggers that fire at {@code p}, the first to be tried lowest. */
    static long at(byte[] text, int from, int p, int to) {
        int before = p == from ? OUTSIDE : text[p - 1] & 0xFF;
        int after = p + 1 == to ? OUTSIDE : text[p + 1] & 0xFF;
        return at(before, text[p] & 0xFF, after);
    }

    private static long at(int before, int at, int after) {
        long bits = BEFORE[before] & AT[at] & AFTER[after];
        return (bits & (KEY_BITS | NAME_BITS)) == 0 ? bits : told(bits, before, at, after);
    }

    /** Bits without those that fire for a mixture. Hyphens and underscores within a name are passed over, so they tell nothing. */
    private static long told(long bits, int before, int at, int after) {
        long told = bits;
        if (after != '_' && !KEYS.mayHold(before, at, after)) {
            told &= ~KEY_BITS;
        }
        if (before != '_' && before != '-' && !NAMES.mayHold(before, at, after)) {
            told &= ~NAME_BITS;
        }
        return told;
    }

    /** What the lowest of {@code bits} asks for. */
    static Action action(long bits) {
        return ACTIONS[Long.numberOfTrailingZeros(bits)];
    }

    /** Bits of the triggers that were added since there were {@code first}. */
    private static long bits(int first) {
        return (1L << used) - (1L << first);
    }

    private static void add(Action action, String[] window) {
        add(action, window[0], window[1], window[2]);
    }

    private static void add(Action action, String before, String at, String after) {
        long bit = 1L << used;
        ACTIONS[used++] = action;
        for (int k = 0; k < before.length(); k++) {
            BEFORE[before.charAt(k)] |= bit;
        }
        for (int k = 0; k < at.length(); k++) {
            AT[at.charAt(k)] |= bit;
        }
        for (int k = 0; k < after.length(); k++) {
            AFTER[after.charAt(k)] |= bit;
        }
    }

    private static String where(Membership set) {
        StringBuilder bytes = new StringBuilder();
        for (int b = 0; b < 256; b++) {
            if (set.contains(b)) {
                bytes.append((char) b);
            }
        }
        return bytes.toString();
    }
}
