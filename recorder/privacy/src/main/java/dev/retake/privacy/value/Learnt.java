package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    private static final int LONGEST_COMMON = 13;
    private static final int SHORTEST_HANDLE = 6;
    private static final int SHORTEST_SECRET = 8;
    private static final int LONGEST_LASTING = 128;
    private static final int BUCKETS = 4096;
    private static final int USUALLY_KEPT = 4096;
    private static final byte[][] NONE = {};
    private static final Comparator<Lesson> LONGEST_FIRST = Comparator.<Lesson>comparingInt(
                    lesson -> -lesson.value().length)
            .thenComparing(Lesson::value, Arrays::compare);

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

    /** Few in most exchanges; looked through one by one. */
    private final List<Lesson> lessons = new ArrayList<>();

    private final List<Lesson> trace = new ArrayList<>();
    private byte[][] keptIn = new byte[64][];
    private int[] keptBounds = new int[128];
    private int kept;
    private byte[][] values = {};
    private byte[][] replacements = {};
    private final byte[] shifts = new byte[BUCKETS];
    private final boolean[] first = new boolean[256];
    private int shortest;
    private boolean applied;
    private int exchange;

    private final boolean ofOneSubject;

    /** What one exchange gives away about itself. */
    public Learnt() {
        this(true);
    }

    private Learnt(boolean ofOneSubject) {
        this.ofOneSubject = ofOneSubject;
    }

    /** Learns nothing, for data of many subjects: one's name may be another's product. */
    public static Learnt nothing() {
        return new Learnt(false);
    }

    /** Begins with the first walk over another exchange. */
    public void begin() {
        lessons.clear();
        trace.clear();
        Arrays.fill(keptIn, 0, kept, null);
        if (kept > USUALLY_KEPT) {
            keptIn = new byte[64][];
            keptBounds = new int[128];
        }
        kept = 0;
        values = NONE;
        replacements = NONE;
        applied = false;
        exchange++;
    }

    /** Takes what an earlier part of the same stream gave away; called after {@link #begin}. */
    public void recall(Lessons earlier) {
        lessons.addAll(earlier.all());
    }

    /** What is known so far. */
    public Lessons lessons() {
        return lessons.isEmpty() ? Lessons.NONE : new Lessons(lessons);
    }

    /** Number of the exchange that is walked. */
    int exchange() {
        return exchange;
    }

    /** Notes that {@code value} was replaced by {@code surrogate}. */
    void learn(DataClass dataClass, String value, String surrogate) {
        if (applied || !ofOneSubject || !isTelling(dataClass)) {
            return;
        }
        boolean lasting = isLasting(dataClass, value);
        add(value, surrogate, lasting);
        bare(value, surrogate, lasting);
        if (dataClass == DataClass.PERSON_NAME) {
            String[] names = value.split(" ", -1);
            String[] others = surrogate.split(" ", -1);
            for (int i = 0; names.length == others.length && names.length > 1 && i < names.length; i++) {
                add(names[i], others[i], false);
            }
        }
    }

    /** Learns {@code mona7} from {@code user:mona7}, where the surrogate kept what stands around it. */
    private void bare(String value, String surrogate, boolean lasting) {
        int from = Math.max(value.lastIndexOf(':'), value.lastIndexOf('|')) + 1;
        int dot = value.lastIndexOf('.');
        int to = dot > from && surrogate.endsWith(value.substring(dot)) ? dot : value.length();
        boolean around = from > 0 || to < value.length();
        if (around && value.length() == surrogate.length() && surrogate.startsWith(value.substring(0, from))) {
            add(value.substring(from, to), surrogate.substring(from, to), lasting);
        }
    }

    private void add(String value, String surrogate, boolean lasting) {
        if (isDistinctive(value)) {
            learn(new Lesson(value, surrogate, lasting));
        }
    }

    /** Learns again what was learnt from the same value before. */
    void learn(Lesson lesson) {
        trace.add(lesson);
        if (lessons.size() < MOST && !lessons.contains(lesson)) {
            lessons.add(lesson);
        }
    }

    /** How often something was learnt, be it for the first time or again. */
    int learnings() {
        return trace.size();
    }

    /** What was learnt since there were {@code learnings}. */
    List<Lesson> since(int learnings) {
        return List.copyOf(trace.subList(learnings, trace.size()));
    }

    /** Notes that the first walk leaves {@code source[from, to)} as it is: what is learnt later may stand there. */
    void kept(byte[] source, int from, int to) {
        if (to - from < SHORTEST || applied || !ofOneSubject) {
            return;
        }
        if (kept == keptIn.length) {
            keptIn = Arrays.copyOf(keptIn, 2 * kept);
            keptBounds = Arrays.copyOf(keptBounds, 4 * kept);
        }
        keptIn[kept] = source;
        keptBounds[2 * kept] = from;
        keptBounds[2 * kept + 1] = to;
        kept++;
    }

    /** Whether this is the second walk. */
    boolean isApplied() {
        return applied;
    }

    /**
     * Ends the first walk.
     *
     * @return whether a learnt value stands in what it left, so that a second walk is needed
     */
    public boolean endFirstWalk() {
        applied = true;
        if (lessons.isEmpty() || kept == 0) {
            return false;
        }
        index();
        for (int i = 0; i < kept; i++) {
            if (next(keptIn[i], keptBounds[2 * i], keptBounds[2 * i + 1]) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void index() {
        lessons.sort(LONGEST_FIRST);
        values = new byte[lessons.size()][];
        replacements = new byte[values.length][];
        shortest = LONGEST;
        for (int i = 0; i < values.length; i++) {
            values[i] = lessons.get(i).value();
            replacements[i] = lessons.get(i).surrogate();
            shortest = Math.min(shortest, values[i].length);
        }
        // How far a window of the shortest length can move when it ends in a pair of bytes (Wu and Manber, 1994).
        Arrays.fill(shifts, (byte) Math.min(Byte.MAX_VALUE, shortest - 1));
        Arrays.fill(first, false);
        for (byte[] value : values) {
            first[value[0] & 0xff] = true;
            for (int i = 1; i < shortest; i++) {
                int bucket = bucket(value[i - 1], value[i]);
                shifts[bucket] = (byte) Math.min(shifts[bucket], shortest - 1 - i);
            }
        }
    }

    /** Replaces learnt values in {@code source[from, to)}, at the edges of tokens; in the first walk notes that text. */
    void find(byte[] source, int from, int to, Edits edits) {
        if (!applied) {
            kept(source, from, to);
            return;
        }
        int start = values.length == 0 ? to : from;
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

    /** Replaces a number that was learnt, as a whole; in the first walk notes it. */
    void number(byte[] source, int from, int to, Edits edits) {
        if (!applied) {
            if (to - from >= SHORTEST_NUMBER) {
                kept(source, from, to);
            }
            return;
        }
        for (int i = 0; i < values.length; i++) {
            if (Arrays.equals(source, from, to, values[i], 0, values[i].length)) {
                edits.add(from, to, replacements[i]);
                return;
            }
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
            if (end <= to && Runs.standsAt(value, source, start) && (end == to || !isWord(source[end]))) {
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
                    DATE_OF_BIRTH,
                    USER_ID -> true;
            case CARD_CODE, IPV4, IPV6, MAC, JWT, CITY, POSTCODE, GEO, OTHER -> false;
        };
    }

    /**
     * Whether a session is expected to show {@code value} again without a telling field, and no other thing is called so: what
     * has a form of its own is found anyway, and a single word may be anything in another page.
     */
    private static boolean isLasting(DataClass dataClass, String value) {
        int length = value.length();
        return switch (dataClass) {
            case USERNAME, USER_ID -> length >= SHORTEST_HANDLE && length <= LONGEST_LASTING;
            case PASSWORD, SECRET -> length >= SHORTEST_SECRET && length <= LONGEST_LASTING;
            case NATIONAL_ID, BANK_ACCOUNT -> length >= SHORTEST_NUMBER && length <= LONGEST_LASTING;
            case PERSON_NAME -> value.indexOf(' ') > 0 && length <= LONGEST_LASTING;
            case GIVEN_NAME,
                    FAMILY_NAME,
                    STREET,
                    ADDRESS,
                    PHONE,
                    CARD,
                    IBAN,
                    EMAIL,
                    DATE_OF_BIRTH,
                    CARD_CODE,
                    IPV4,
                    IPV6,
                    MAC,
                    JWT,
                    CITY,
                    POSTCODE,
                    GEO,
                    OTHER -> false;
        };
    }

    private static boolean isDistinctive(String value) {
        int length = value.length();
        if (length < SHORTEST || length > LONGEST || isCommon(value)) {
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

    private static boolean isCommon(String value) {
        return value.length() <= LONGEST_COMMON && COMMON.contains(value.toLowerCase(Locale.ROOT));
    }
}
