package dev.retake.privacy.value;

import dev.retake.common.exchange.PathTemplate;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells what an API is made of, names and fixed path segments, from what its users put there: ids as keys, names of people
 * in paths. What is in doubt counts as the users'.
 */
public final class Structure {
    /** Of more names or segments beside one another none is taken for the API's own. */
    public static final int MOST_NAMES = 64;

    private static final int LONGEST_NAME = 48;
    private static final int MOST_HYPHENS = 3;

    /** After these come people, in a path: what follows is a name until it is known to be none. */
    private static final Set<String> PEOPLE = Set.of(
            "u",
            "account",
            "accounts",
            "author",
            "authors",
            "contact",
            "contacts",
            "customer",
            "customers",
            "driver",
            "drivers",
            "employee",
            "employees",
            "follower",
            "followers",
            "friend",
            "friends",
            "guest",
            "guests",
            "member",
            "members",
            "patient",
            "patients",
            "people",
            "person",
            "persons",
            "profile",
            "profiles",
            "student",
            "students",
            "teacher",
            "teachers",
            "user",
            "users");

    private static final Set<String> NO_ONE = Set.of(
            "all",
            "avatar",
            "confirm",
            "count",
            "current",
            "edit",
            "export",
            "import",
            "invite",
            "list",
            "login",
            "logout",
            "me",
            "new",
            "password",
            "preferences",
            "profile",
            "register",
            "search",
            "self",
            "settings",
            "signin",
            "signup",
            "verify");

    /** Digits that belong to the name of an algorithm or a standard, as in {@code sha256} and {@code iso8601}. */
    private static final Pattern ALGORITHM = Pattern.compile(
            "(?i)(sha-?|hmac-?|aes-?|[ehpr]s)(1|128|192|224|256|384|512)|md5|x509|(iso|rfc)-?\\d{3,5}|h26[45]");

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1])(:\\d{1,5})?");

    private Structure() {}

    /** Whether {@code host}, perhaps with a port, is the machine itself, which every machine is. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** Whether the segment of a path after one called {@code before} is somebody, unless it is one of few words. */
    static boolean isSomebody(String before, String segment) {
        return PEOPLE.contains(before.toLowerCase(Locale.ROOT)) && !NO_ONE.contains(segment.toLowerCase(Locale.ROOT));
    }

    /** Whether a name says more than what kind of value it names. */
    public static boolean looksLikeValue(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return true;
        }
        if (PathTemplate.looksLikeId(name)) {
            String rest = ALGORITHM.matcher(name).replaceAll("");
            if (rest.length() == name.length() || PathTemplate.looksLikeId(rest)) {
                return true;
            }
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == '@' || c == 0x7f) {
                return true;
            }
        }
        HitList hits = new HitList();
        Detectors.scan(name, hits);
        return !hits.isEmpty();
    }

    /** Whether {@code source[from, to)} is a word that an API may call a segment of its paths: few, plain and short. */
    static boolean isSegment(byte[] source, int from, int to) {
        int hyphens = 0;
        for (int i = from; i < to; i++) {
            byte b = source[i];
            boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            boolean mark = b == '-' || b == '_' || b == '.' || b == '*' || b == '$';
            if (!letter && !mark) {
                return false;
            }
            hyphens += b == '-' || b == '_' ? 1 : 0;
        }
        return hyphens <= MOST_HYPHENS
                && !looksLikeValue(new String(source, from, to - from, StandardCharsets.US_ASCII));
    }
}
