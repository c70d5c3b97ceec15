package dev.retake.verdict.shape;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of machine-made identifier a text without spaces is, by its looks alone. */
enum Opaque {
    /** None: a word, a quantity, a version, a name. */
    NONE(false),
    UUID(true),
    ULID(true),
    JWT(true),
    /** The name of a replica or of a machine in a cloud. */
    MACHINE(true),
    /** Hexadecimal of 16 digits or more, a digest or a trace id. */
    HEX(true),
    /** Letters and digits in such a mix that no one typed them. */
    TOKEN(true),
    /** A token behind a telling prefix, such as {@code cus_9fK2xQ81}. */
    PREFIXED_TOKEN(true),
    /** Short hexadecimal, such as {@code 7f9c2}. */
    SHORT_HEX(false),
    /** A number behind a prefix, such as {@code ORD-2024-00017}. */
    PREFIXED_NUMBER(false),
    /** A short mix such as {@code k3x9}. */
    SHORT_TOKEN(false),
    /** Digits only. */
    DIGITS(false);

    private static final Pattern UUID_TEXT =
            Pattern.compile("\\{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}}?");
    private static final Pattern ULID_TEXT = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
    private static final Pattern JWT_TEXT = Pattern.compile("eyJ[\\w-]{4,}\\.[\\w-]{2,}\\.[\\w-]*");
    private static final Pattern PREFIX =
            Pattern.compile("([a-z]{2,12}|[A-Z]{1,12}|[A-Z][a-z]{1,12})[-_:.#]([\\w.:~+/=-]+)");
    private static final Pattern STEM = Pattern.compile("(?:[a-z]{2,12}|[A-Z]{1,12}|[A-Z][a-z]{1,12})[-_:.#]");
    private static final Pattern NUMBER_PARTS = Pattern.compile("\\d+([-_./]\\d+)*");

    private final boolean strong;

    Opaque(boolean strong) {
        this.strong = strong;
    }

    /** Whether the looks alone are evidence enough; weaker kinds need a telling field or a use as a reference. */
    boolean strong() {
        return strong;
    }

    static Opaque of(String text) {
        int length = text.length();
        if (length == 0 || length > 8_192) {
            return NONE;
        }
        if (allDigits(text)) {
            return DIGITS;
        }
        if (length >= 36 && length <= 38 && UUID_TEXT.matcher(text).matches()) {
            return UUID;
        }
        if (length == 26 && ULID_TEXT.matcher(text).matches()) {
            return ULID;
        }
        if (text.startsWith("eyJ") && JWT_TEXT.matcher(text).matches()) {
            return JWT;
        }
        if (isHex(text)) {
            return length >= 16 ? HEX : length >= 4 ? SHORT_HEX : NONE;
        }
        if (MachineName.is(text)) {
            return MACHINE;
        }
        Opaque prefixed = prefixed(text);
        if (prefixed == PREFIXED_TOKEN) {
            return PREFIXED_TOKEN;
        }
        return looksRandom(text) ? TOKEN : prefixed;
    }

    private static Opaque prefixed(String text) {
        var m = PREFIX.matcher(text);
        if (m.matches()) {
            String rest = m.group(2);
            int digits = (int) rest.chars().filter(c -> c >= '0' && c <= '9').count();
            if (NUMBER_PARTS.matcher(rest).matches()) {
                return digits >= 2 ? PREFIXED_NUMBER : NONE;
            }
            if (rest.indexOf('.') < 0
                    && (looksRandom(rest)
                            || rest.length() >= 16
                                    && digits >= 2
                                    && UUID_TEXT.matcher(rest).matches()
                            || isHex(rest) && rest.length() >= 8)) {
                return PREFIXED_TOKEN;
            }
            Opaque nested = rest.length() < text.length() ? of(rest) : NONE;
            if (nested == SHORT_HEX || nested == SHORT_TOKEN || nested == PREFIXED_NUMBER || nested == PREFIXED_TOKEN) {
                return nested;
            }
            return nested == NONE ? NONE : PREFIXED_TOKEN;
        }
        return isShortMix(text) ? SHORT_TOKEN : NONE;
    }

    private static boolean allDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Letters a to f and digits, both of them. */
    private static boolean isHex(String text) {
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if (c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
                letter = true;
            } else {
                return false;
            }
        }
        return digit && letter;
    }

    /** Base62, base64 and base64url of ten characters or more that change between kinds of characters often. */
    private static boolean looksRandom(String text) {
        int length = text.length();
        if (length < 10) {
            return false;
        }
        int changes = 0;
        int digits = 0;
        int upper = 0;
        int lower = 0;
        int separators = 0;
        int previous = -1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int kind;
            if (c >= '0' && c <= '9') {
                digits++;
                kind = 0;
            } else if (c >= 'a' && c <= 'z') {
                lower++;
                kind = 1;
            } else if (c >= 'A' && c <= 'Z') {
                upper++;
                kind = 2;
            } else if (c == '=') {
                kind = 3;
            } else if (c == '-' || c == '_' || c == '+' || c == '/' || c == '.' || c == '~' || c == '!') {
                separators++;
                kind = 3;
            } else {
                return false;
            }
            if (kind != 3) {
                changes += previous >= 0 && previous != kind ? 1 : 0;
                previous = kind;
            }
        }
        if (separators * 4 > length || lower + upper == 0) {
            return false;
        }
        if (digits == 0) {
            return length >= 20 && separators == 0 && upper > 0 && lower > 0 && changes * 4 >= length;
        }
        return changes * (length < 16 ? 2 : 4) >= length - separators;
    }

    private static boolean isShortMix(String text) {
        int length = text.length();
        if (length < 2 || length > 32) {
            return false;
        }
        int digits = 0;
        int letters = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
                letters++;
            } else {
                return false;
            }
        }
        return digits > 0 && letters > 0;
    }

    /** Whether two texts of this kind could stand for the same thing: of like length and with the same prefix. */
    boolean alike(String one, String other) {
        int a = one.length();
        int b = other.length();
        return switch (this) {
            case UUID, ULID -> a == b;
            case HEX -> a == b || Math.abs(a - b) <= 1;
            case JWT, NONE, DIGITS -> true;
            case MACHINE -> MachineName.base(one).equals(MachineName.base(other));
            case TOKEN -> Math.abs(a - b) <= Math.max(2, Math.max(a, b) / 3);
            case SHORT_HEX, SHORT_TOKEN -> Math.abs(a - b) <= 4 && prefix(one).equals(prefix(other));
            case PREFIXED_TOKEN -> sameStem(one, other) && Math.abs(a - b) <= Math.max(3, a / 3);
            case PREFIXED_NUMBER -> prefix(one).equals(prefix(other)) && Math.abs(a - b) <= Math.max(3, a / 3);
        };
    }

    /** Whether the words before the token are the same: what is drawn may hold a separator too, but no word before it. */
    private static boolean sameStem(String one, String other) {
        String left = one;
        String right = other;
        while (true) {
            Matcher a = STEM.matcher(left);
            Matcher b = STEM.matcher(right);
            boolean worded = a.lookingAt();
            if (!worded || !b.lookingAt()) {
                return !left.equals(one);
            }
            if (!a.group().equals(b.group())) {
                return false;
            }
            left = left.substring(a.end());
            right = right.substring(b.end());
        }
    }

    private static String prefix(String text) {
        int end = 0;
        int cut = 0;
        while (end < text.length() && !(text.charAt(end) >= '0' && text.charAt(end) <= '9')) {
            if ("-_:.#".indexOf(text.charAt(end)) >= 0) {
                cut = end + 1;
            }
            end++;
        }
        return text.substring(0, cut);
    }
}
