package dev.retake.replay.correlate;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges whether an equal value in a response and in a later request is the same thing: by how unlikely the value is to
 * occur twice by chance, and by what the two messages call it.
 */
final class Evidence {
    /** How much a value says by itself. */
    enum Strength {
        /** Says nothing: prose, decimals, booleans, addresses of hosts. */
        NONE,
        /** Says something only together with names: {@code 7}, {@code blue-shirt}. */
        WEAK,
        /** Hardly occurs twice by chance: UUIDs, hashes, tokens, long numbers, exact timestamps. */
        STRONG
    }

    private static final int MAX_LENGTH = 16_384;
    private static final int MAX_WEAK_LENGTH = 128;
    private static final int MAX_HOST = 280;
    private static final int STRONG_DIGITS = 6;

    /** A number written as a JSON number may be an amount, so more digits are wanted of it. */
    private static final int STRONG_NUMBER_DIGITS = 9;

    private static final int STRONG_MIXED = 8;
    private static final int STRONG_LETTERS = 20;

    private static final Pattern TIMESTAMP = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*|\\w{3}, \\d\\d[ -]\\w{3}[ -]\\d{2,4} \\d\\d:\\d\\d:\\d\\d GMT");
    private static final Pattern DATE = Pattern.compile("\\d{4}([-/.])\\d\\d\\1\\d\\d|\\d\\d([-/.])\\d\\d\\2\\d{4}");
    private static final Pattern HOST = Pattern.compile(
            "(?:https?://)?(?:\\d{1,3}(?:\\.\\d{1,3}){3}|localhost|\\[[0-9a-fA-F:]+])(?::\\d+)?|[\\w-]+(?:\\.[\\w-]+)+:\\d+");
    private static final Pattern VERSION = Pattern.compile("v?\\d+(?:\\.\\d+)+(?:-\\w+)?");

    /** What a key ends with that holds an identifier. */
    private static final Set<String> ID_WORDS = Set.of(
            "id",
            "ids",
            "uuid",
            "guid",
            "key",
            "code",
            "number",
            "num",
            "no",
            "nr",
            "ref",
            "reference",
            "token",
            "slug",
            "sku",
            "etag",
            "cursor",
            "handle",
            "hash",
            "rev",
            "revision",
            "version",
            "nonce",
            "secret",
            "csrf",
            "xsrf",
            "session",
            "sid",
            "ticket",
            "href",
            "url",
            "uri",
            "link",
            "location",
            "state",
            "otp",
            "pin",
            "verifier");

    /** Containers whose name does not say what is in them. */
    private static final Set<String> CONTAINERS = Set.of(
            "data",
            "item",
            "result",
            "content",
            "list",
            "record",
            "row",
            "value",
            "payload",
            "response",
            "node",
            "edge",
            "attribute",
            "embedded",
            "hit",
            "element",
            "entry",
            "object",
            "collection",
            "body",
            "input",
            "variable");

    private Evidence() {}

    /** How much {@code value} says by itself. */
    static Strength strength(String value, boolean number) {
        int length = value.length();
        if (length == 0 || length > MAX_LENGTH) {
            return Strength.NONE;
        }
        if (isTimestamp(value)) {
            return Strength.STRONG;
        }
        int digits = 0;
        int letters = 0;
        int upper = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (Character.isLetter(c)) {
                letters++;
                upper += Character.isUpperCase(c) ? 1 : 0;
            } else if (Character.isWhitespace(c) || c < ' ') {
                return Strength.NONE;
            }
        }
        if (digits + letters == 0 || isHostOrVersion(value)) {
            return Strength.NONE;
        }
        if (letters == 0) {
            if (digits != length && value.indexOf('.') >= 0) {
                return Strength.NONE;
            }
            if (length == 10 && DATE.matcher(value).matches()) {
                return Strength.WEAK;
            }
            boolean varied = value.chars().distinct().count() > 2;
            return digits >= (number ? STRONG_NUMBER_DIGITS : STRONG_DIGITS) && varied
                    ? Strength.STRONG
                    : Strength.WEAK;
        }
        if (digits > 0 && length >= STRONG_MIXED
                || digits == 0 && length >= STRONG_LETTERS && upper >= 3 && upper <= letters - 3) {
            return value.contains("://") ? Strength.NONE : Strength.STRONG;
        }
        boolean word = value.equals("true") || value.equals("false") || value.equals("null");
        return word || length > MAX_WEAK_LENGTH ? Strength.NONE : Strength.WEAK;
    }

    private static boolean isHostOrVersion(String value) {
        boolean maybe = value.length() <= MAX_HOST && (value.indexOf('.') >= 0 || value.indexOf(':') >= 0);
        return maybe && (HOST.matcher(value).matches() || VERSION.matcher(value).matches());
    }

    /** Whether {@code value} is a single word: between two paths that share it, it is the name of a route and no id. */
    static boolean isWord(String value) {
        return value.chars().allMatch(Character::isLetter);
    }

    /** Whether {@code value} is a moment, which is no composition of smaller values. */
    static boolean isTimestamp(String value) {
        return value.length() >= 16
                && value.length() <= 40
                && (value.charAt(4) == '-' || value.charAt(3) == ',')
                && TIMESTAMP.matcher(value).matches();
    }

    /** What a message calls a value. */
    record Naming(String name, String parent, boolean path) {
        /** {@code order} for a segment after {@code orders}, for {@code orderId}, or for {@code id} in {@code order}. */
        String stem() {
            if (path) {
                return singular(normal(name));
            }
            String own = withoutIdWord(normal(name));
            if (!own.isEmpty()) {
                return own;
            }
            String holder = singular(normal(parent));
            return CONTAINERS.contains(holder) ? "" : holder;
        }

        /** Whether it is called an identifier without saying of what. */
        boolean isPlain() {
            return !path && withoutIdWord(normal(name)).isEmpty();
        }

        boolean identifies() {
            return path || !withoutIdWord(normal(name)).equals(normal(name));
        }
    }

    /**
     * How well two names agree that they name one thing: 3 for the same kind of thing, 2 for the same name, 1 for two
     * identifiers of whatever, 0 where one is no identifier.
     *
     * @param context what the response is about, which also tells what a plain {@code id} in it identifies
     */
    static int agreement(Naming slot, Naming origin, String context) {
        if (!slot.identifies() || !origin.identifies()) {
            return 0;
        }
        String wanted = slot.stem();
        boolean sameKind = wanted.equals(origin.stem()) || origin.isPlain() && wanted.equals(singular(normal(context)));
        if (!wanted.isEmpty() && sameKind) {
            return 3;
        }
        return !slot.path() && !origin.path() && normal(slot.name()).equals(normal(origin.name())) ? 2 : 1;
    }

    /**
     * Whether an equal value may be bound.
     *
     * @param agreement of the names
     * @param onlyKind whether all origins of the value are of one kind, so that there is nothing to confuse it with
     */
    static boolean suffices(String value, boolean number, int agreement, boolean onlyKind) {
        return switch (strength(value, number)) {
            case STRONG -> true;
            case WEAK -> {
                boolean word = value.chars().noneMatch(Character::isDigit);
                yield agreement >= 2 || agreement == 1 && onlyKind && !word;
            }
            case NONE -> false;
        };
    }

    /** Lower case, letters and digits alone. */
    static String normal(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c > 0x7f) {
                normal.append(c);
            }
        }
        return normal.toString();
    }

    private static String singular(String name) {
        if (name.endsWith("ies") && name.length() > 4) {
            return name.substring(0, name.length() - 3) + "y";
        }
        return name.endsWith("s") && !name.endsWith("ss") && name.length() > 2
                ? name.substring(0, name.length() - 1)
                : name;
    }

    /** {@code name} without the longest word for an identifier at its end; itself where there is none. */
    private static String withoutIdWord(String name) {
        String shortest = name;
        for (String word : ID_WORDS) {
            if (name.endsWith(word) && name.length() - word.length() < shortest.length()) {
                shortest = name.substring(0, name.length() - word.length());
            }
        }
        return shortest;
    }
}
