package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.DecodedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Values of one exchange that the name of their field gave away, and that their form alone would not: a password, a
 * name. A first walk over the exchange collects them; where one of them shows up elsewhere, as in {@code Hello tiger42},
 * a second walk replaces it there too. Only distinctive values count. Not thread-safe.
 */
public final class Learnt {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 512;
    private static final int MOST = 256;
    private static final int SHORTEST_NUMBER = 6;
    private static final int BUCKETS = 4096;

    /** Words that stand for nobody, though fields for names and passwords hold them. */
    private static final Set<String> COMMON = Set.of(
            "admin",
            "administrator",
            "anonymous",
            "april",
            "august",
            "bearer",
            "bill",
            "black",
            "brown",
            "chase",
            "customer",
            "default",
            "demo",
            "example",
            "faith",
            "false",
            "frank",
            "grace",
            "grant",
            "green",
            "guest",
            "home",
            "hope",
            "house",
            "july",
            "june",
            "king",
            "long",
            "main",
            "mark",
            "mason",
            "miss",
            "name",
            "none",
            "null",
            "order",
            "owner",
            "page",
            "pass",
            "password",
            "price",
            "rich",
            "road",
            "root",
            "rose",
            "secret",
            "shop",
            "small",
            "street",
            "summer",
            "system",
            "test",
            "token",
            "true",
            "undefined",
            "unknown",
            "user",
            "username",
            "white",
            "will",
            "young");

    private final Map<String, byte[]> surrogates = new HashMap<>();
    private final List<byte[]> decoded = new ArrayList<>();
    private byte[][] values = {};
    private byte[][] replacements = {};
    private byte[] shifts = {};
    private final boolean[] first = new boolean[256];
    private int shortest;
    private boolean applied;

    /** Notes that {@code value} was replaced by {@code surrogate}. */
    void learn(DataClass dataClass, String value, String surrogate) {
        if (applied || surrogates.size() >= MOST || !isTelling(dataClass)) {
            return;
        }
        add(value, surrogate);
        if (dataClass == DataClass.PERSON_NAME) {
            String[] names = value.split(" ", -1);
            String[] others = surrogate.split(" ", -1);
            for (int i = 0; names.length == others.length && names.length > 1 && i < names.length; i++) {
                add(names[i], others[i]);
            }
        }
    }

    private void add(String value, String surrogate) {
        if (isDistinctive(value)) {
            surrogates.putIfAbsent(value, surrogate.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Keeps what {@code edits} made of text that stood in the exchange under an escape, to be searched later. */
    void decoded(DecodedText text, Edits edits) {
        if (!applied) {
            decoded.add(edits.apply(text.bytes(), 0, text.length()));
        }
    }

    /** The same for text that needed no change. */
    void decoded(byte[] text) {
        if (!applied) {
            decoded.add(text);
        }
    }

    /** Whether this is the second walk. */
    boolean isApplied() {
        return applied;
    }

    /**
     * Ends the first walk.
     *
     * @param sanitized all text of the exchange as the first walk left it
     * @return whether a learnt value is still in it, so that a second walk is needed
     */
    public boolean endFirstWalk(List<byte[]> sanitized) {
        applied = true;
        if (surrogates.isEmpty()) {
            return false;
        }
        index();
        return sanitized.stream().anyMatch(this::occursIn) || decoded.stream().anyMatch(this::occursIn);
    }

    private void index() {
        values = new byte[surrogates.size()][];
        replacements = new byte[surrogates.size()][];
        List<String> longestFirst = new ArrayList<>(surrogates.keySet());
        longestFirst.sort((a, b) -> b.length() != a.length() ? b.length() - a.length() : a.compareTo(b));
        shortest = LONGEST;
        for (int i = 0; i < values.length; i++) {
            values[i] = longestFirst.get(i).getBytes(StandardCharsets.UTF_8);
            replacements[i] = surrogates.get(longestFirst.get(i));
            shortest = Math.min(shortest, values[i].length);
        }
        // How far a window of the shortest length can move when it ends in a pair of bytes (Wu and Manber, 1994).
        shifts = new byte[BUCKETS];
        Arrays.fill(shifts, (byte) Math.min(Byte.MAX_VALUE, shortest - 1));
        for (byte[] value : values) {
            first[value[0] & 0xff] = true;
            for (int i = 1; i < shortest; i++) {
                int bucket = bucket(value[i - 1], value[i]);
                shifts[bucket] = (byte) Math.min(shifts[bucket], shortest - 1 - i);
            }
        }
    }

    private boolean occursIn(byte[] text) {
        return next(text, 0, text.length) >= 0;
    }

    /** Replaces learnt values in {@code source[from, to)}, at the edges of tokens. */
    void find(byte[] source, int from, int to, Edits edits) {
        if (values.length == 0) {
            return;
        }
        int start = from;
        while (start < to) {
            int at = next(source, start, to);
            if (at < 0) {
                return;
            }
            int value = valueAt(source, at, to);
            edits.add(at, at + values[value].length, replacements[value]);
            start = at + values[value].length;
        }
    }

    /** Replaces a number that was learnt, as a whole. */
    void number(String number, byte[] source, int from, int to, Edits edits) {
        byte[] surrogate = applied ? surrogates.get(number) : null;
        if (surrogate != null) {
            edits.add(from, to, surrogate);
        }
    }

    /** Where the next learnt value begins, -1 where none does. */
    private int next(byte[] source, int from, int to) {
        int last = from + shortest - 1;
        while (last < to) {
            int shift = shifts[bucket(source[last - 1], source[last])];
            if (shift > 0) {
                last += shift;
                continue;
            }
            int start = last - shortest + 1;
            if (first[source[start] & 0xff]
                    && (start == from || !isWord(source[start - 1]))
                    && valueAt(source, start, to) >= 0) {
                return start;
            }
            last++;
        }
        return -1;
    }

    private int valueAt(byte[] source, int start, int to) {
        for (int i = 0; i < values.length; i++) {
            byte[] value = values[i];
            int end = start + value.length;
            if (end <= to
                    && Arrays.equals(source, start, end, value, 0, value.length)
                    && (end == to || !isWord(source[end]))) {
                return i;
            }
        }
        return -1;
    }

    private static int bucket(byte first, byte second) {
        return (first & 0xff) * 31 + (second & 0xff) * 7 & BUCKETS - 1;
    }

    private static boolean isWord(byte b) {
        return b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }

    private static boolean isTelling(DataClass dataClass) {
        return switch (dataClass) {
            case PASSWORD,
                    SECRET,
                    USERNAME,
                    PERSON_NAME,
                    GIVEN_NAME,
                    FAMILY_NAME,
                    STREET,
                    ADDRESS,
                    NATIONAL_ID,
                    BANK_ACCOUNT,
                    PHONE,
                    CARD,
                    IBAN,
                    EMAIL,
                    DATE_OF_BIRTH -> true;
            case CARD_CODE, IPV4, IPV6, MAC, JWT, USER_ID, CITY, POSTCODE, GEO -> false;
        };
    }

    private static boolean isDistinctive(String value) {
        int length = value.length();
        if (length < SHORTEST || length > LONGEST || COMMON.contains(value.toLowerCase(Locale.ROOT))) {
            return false;
        }
        boolean digits = true;
        boolean word = false;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            digits &= c >= '0' && c <= '9';
            word |= Character.isLetterOrDigit(c);
        }
        return word && (!digits || length >= SHORTEST_NUMBER);
    }
}
