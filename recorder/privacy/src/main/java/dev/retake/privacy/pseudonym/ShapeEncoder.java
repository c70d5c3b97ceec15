package dev.retake.privacy.pseudonym;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;

/**
 * Replaces letters by letters of the same case and script and digits by digits, and keeps everything else, so that
 * values of one family never share a surrogate: short ones by a permutation of all values of their shape, long ones by
 * as much keyed noise as they have room for. Thread-safe.
 */
final class ShapeEncoder {
    /** The kinds of values that have surrogates of their own. */
    enum Family {
        /** Secrets, passwords, user names: one value may appear under each of these names. */
        OPAQUE,
        NUMBER,
        POSTCODE,
        GEO,
        MAC,
        NAME
    }

    /** Longest of all numbers that fit common integer types, which surrogates must fit as well. */
    private static final long[] INTEGER_LIMITS = {Integer.MAX_VALUE, (1L << 53) - 1, Long.MAX_VALUE};

    private static final String PUNCTUATION = "!#$%*+-.=?@^_~";
    private static final double MOST_BITS = 60;

    /** For how many remembered values a table of a small permutation is kept, which takes up to 40 KB. */
    private static final int VALUES_A_TABLE = 300;

    private static final int UUID_LENGTH = 36;
    private static final int UUID_VERSION = 14;
    private static final int UUID_VARIANT = 19;

    private record Key(Family family, boolean punctuated, String value) {}

    private final SurrogateKeys keys;
    private final FormatCipher cipher;
    private final Cache<Key, String> cache;

    /** @param remembered how many short values are remembered with their surrogates */
    ShapeEncoder(SurrogateKeys keys, int remembered) {
        this.keys = keys;
        this.cipher = new FormatCipher(keys, remembered / VALUES_A_TABLE);
        this.cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(remembered)
                .build();
    }

    /** The surrogate of {@code value}. */
    String encode(Family family, String value) {
        Handle handle = family == Family.OPAQUE ? Handle.of(value) : null;
        return handle == null || handle.isWhole(value)
                ? encode(family, value, false)
                : value.substring(0, handle.from())
                        + encode(family, value.substring(handle.from(), handle.to()), false)
                        + value.substring(handle.to());
    }

    /** The same with punctuation replaced too: a password may hold nothing else. */
    String encodePassword(String value) {
        return encode(Family.OPAQUE, value, true);
    }

    /** A permutation of the numbers up to {@code bound}. */
    long permute(String tweak, long value, long bound) {
        return cipher.permute(tweak, value, bound);
    }

    private String encode(Family family, String value, boolean punctuated) {
        boolean hex = isHex(value);
        if (isNumber(value) && fitsLong(value)) {
            String cached = cache.get(new Key(family, false, value), this::permuteNumber);
            return cached == null ? value : cached;
        }
        double bits = 0;
        for (int i = 0; i < value.length() && bits <= MOST_BITS; i++) {
            bits += Math.log(Math.max(1, radix(value, i, hex, punctuated))) / Math.log(2);
        }
        if (bits <= MOST_BITS) {
            String cached = cache.get(new Key(family, punctuated, value), this::permuteText);
            return cached == null ? value : cached;
        }
        Noise noise = new Noise(keys, Purpose.SHAPE, family.name() + '\0' + value);
        StringBuilder out = new StringBuilder(value.length());
        boolean capitals = hex && value.chars().anyMatch(c -> c >= 'A' && c <= 'F');
        for (int i = 0; i < value.length(); i++) {
            int radix = radix(value, i, hex, punctuated);
            if (hex && radix >= 2) {
                out.append(hexDigit(value, i, capitals, noise));
            } else {
                out.append(radix < 2 ? value.charAt(i) : member(value, i, noise.below(radix)));
            }
        }
        if (isNumber(value) && out.charAt(0) == '0') {
            out.setCharAt(0, (char) ('1' + noise.below(9)));
        }
        return out.toString();
    }

    /** Another digit of a long hexadecimal number; the version and variant of a UUID (RFC 9562 §4) stay. */
    private static char hexDigit(String value, int i, boolean capitals, Noise noise) {
        boolean uuid = value.length() == UUID_LENGTH && value.charAt(8) == '-' && value.charAt(UUID_VERSION - 1) == '-';
        if (uuid && i == UUID_VERSION) {
            return value.charAt(i);
        }
        boolean variant = uuid && i == UUID_VARIANT && "89abAB".indexOf(value.charAt(i)) >= 0;
        char digit = Character.forDigit(variant ? 8 + noise.below(4) : noise.below(16), 16);
        return capitals ? Character.toUpperCase(digit) : digit;
    }

    /** Permutes whole numbers of one length, or of one length and within the limit of an integer type. */
    private String permuteNumber(Key key) {
        int digits = key.value.length();
        long value = Long.parseLong(key.value);
        long first = 1;
        for (int i = 1; i < digits; i++) {
            first *= 10;
        }
        long last = digits == 19 ? Long.MAX_VALUE : 10 * first - 1;
        for (long limit : INTEGER_LIMITS) {
            if (limit >= first && limit <= last && value <= limit) {
                last = limit;
            } else if (limit >= first && limit < last) {
                first = limit + 1;
            }
        }
        if (digits == 1 && value == 0) {
            return key.value;
        }
        return Long.toString(first + cipher.permute(key.family + "#" + first, value - first, last - first + 1));
    }

    /** Permutes all texts of one shape, those that read as hexadecimal among themselves. */
    private String permuteText(Key key) {
        String value = key.value;
        boolean hex = isHex(value);
        long index = 0;
        long bound = 1;
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            int radix = Math.max(1, radix(value, i, hex, key.punctuated));
            index = index * radix + (radix == 1 ? 0 : rank(value, i));
            bound *= radix;
            shape.append(radix == 1 ? value.charAt(i) : member(value, i, 0));
        }
        String tweak = key.family + "\0" + hex + '\0' + shape;
        String text = value;
        do {
            index = cipher.permute(tweak, index, bound);
            char[] out = value.toCharArray();
            long rest = index;
            for (int i = out.length - 1; i >= 0; i--) {
                int radix = Math.max(1, radix(value, i, hex, key.punctuated));
                if (radix > 1) {
                    out[i] = member(value, i, (int) (rest % radix));
                }
                rest /= radix;
            }
            text = new String(out);
        } while (isHex(text) != hex
                || isNumber(text) != isNumber(value)
                || Handle.of(text).isWhole(text) != Handle.of(value).isWhole(value));
        return text;
    }

    /** How many characters may stand at {@code i}; 0 or 1 where the character is kept. */
    private static int radix(String value, int i, boolean hex, boolean punctuated) {
        char c = value.charAt(i);
        if (c >= '0' && c <= '9') {
            return 10;
        }
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            return hex ? 6 : 26;
        }
        if (c < 0x80) {
            return punctuated && PUNCTUATION.indexOf(c) >= 0 ? PUNCTUATION.length() : 0;
        }
        if (Character.isHighSurrogate(c)) {
            return 0;
        }
        return Character.isLetterOrDigit(Letters.pointAt(value, i)) ? count(value, i, blockEnd(c)) : 0;
    }

    private static int rank(String value, int i) {
        char c = value.charAt(i);
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        return c < 0x80 ? PUNCTUATION.indexOf(c) : count(value, i, c);
    }

    private static char member(String value, int i, int rank) {
        char c = value.charAt(i);
        if (c >= '0' && c <= '9') {
            return (char) ('0' + rank);
        }
        if (c >= 'a' && c <= 'z') {
            return (char) ('a' + rank);
        }
        if (c >= 'A' && c <= 'Z') {
            return (char) ('A' + rank);
        }
        if (c < 0x80) {
            return PUNCTUATION.charAt(rank);
        }
        char found = (char) (c & ~63);
        for (int left = rank; ; found++) {
            if (isOfKind(value, i, found) && left-- == 0) {
                return found;
            }
        }
    }

    /**
     * Characters beyond ASCII have the others of their kind in their aligned block of 64 for an alphabet. So have those that
     * take a pair of chars, of which the second alone changes: it has the last ten bits.
     */
    private static int count(String value, int i, char end) {
        int count = 0;
        for (char other = (char) (value.charAt(i) & ~63); other < end; other++) {
            count += isOfKind(value, i, other) ? 1 : 0;
        }
        return count;
    }

    /** Whether {@code other} in place of the char at {@code i} makes a character of the same kind. */
    private static boolean isOfKind(String value, int i, char other) {
        int point = Letters.pointAt(value, i);
        int changed = point < Character.MIN_SUPPLEMENTARY_CODE_POINT
                ? other
                : Character.toCodePoint(value.charAt(i - 1), other);
        return Character.getType(changed) == Character.getType(point);
    }

    private static char blockEnd(char c) {
        return (char) Math.min(Character.MAX_VALUE, (c | 63) + 1);
    }

    private static boolean isNumber(String value) {
        if (value.isEmpty() || (value.charAt(0) == '0' && value.length() > 1)) {
            return false;
        }
        return value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean fitsLong(String number) {
        String most = Long.toString(Long.MAX_VALUE);
        return number.length() < most.length() || (number.length() == most.length() && number.compareTo(most) <= 0);
    }

    /** At least eight hexadecimal digits of one case with a letter among them, perhaps with hyphens or colons. */
    private static boolean isHex(String value) {
        boolean[] seen = new boolean[3];
        int digits = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9') {
                seen[0] = true;
            } else if (c >= 'a' && c <= 'f') {
                seen[1] = true;
            } else if (c >= 'A' && c <= 'F') {
                seen[2] = true;
            } else if (c == '-' || c == ':') {
                continue;
            } else {
                return false;
            }
            digits++;
        }
        return digits >= 8 && seen[0] && (seen[1] ^ seen[2]);
    }
}
