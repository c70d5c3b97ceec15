package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Walks credentials and challenges (RFC 9110 §11.4) so that their scheme stays: user and password of Basic (RFC 7617),
 * the token of Bearer (RFC 6750) and its kind, the parameters of Digest (RFC 7616) and of signatures.
 */
public final class Credentials {
    private static final Set<String> TOKEN_SCHEMES =
            Set.of("bearer", "token", "apikey", "api-key", "negotiate", "ntlm", "jwt", "dpop", "sso-key", "key");

    /** Parameters that describe the mechanism and are the same for everybody. */
    private static final Set<String> KEPT = Set.of(
            "realm",
            "algorithm",
            "qop",
            "nc",
            "charset",
            "stale",
            "domain",
            "error",
            "error_description",
            "error_uri",
            "scope",
            "userhash",
            "signedheaders",
            "headers",
            "created",
            "expires",
            "oauth_version",
            "oauth_signature_method",
            "oauth_timestamp",
            "version",
            "max-age",
            "rspauth-qop");

    private static final int SHORTEST_TOKEN = 8;
    private static final int LONGEST_WORD = 20;

    private Credentials() {}

    /** Walks {@code source[from, to)} where it begins with a known scheme; false where it does not. */
    public static boolean walk(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int space = from;
        while (space < to && source[space] > ' ') {
            space++;
        }
        if (space == from || space == to || space - from > 32) {
            return false;
        }
        int start = space;
        while (start < to && Utf8.isSpace(source[start])) {
            start++;
        }
        String scheme = new String(source, from, space - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (scheme.equals("basic") && !hasParameters(source, start, to)) {
            basic(leaves, source, start, to, edits);
            return true;
        }
        boolean alone = isScheme(scheme) && !hasParameters(source, start, to) && isToken(source, start, to);
        if (alone || TOKEN_SCHEMES.contains(scheme) && !hasParameters(source, start, to)) {
            leaves.replace(DataClass.SECRET, source, start, to, Escaping.NONE, edits);
            return true;
        }
        if (hasParameters(source, start, to) && isScheme(scheme)) {
            parameters(leaves, source, start, to, level, edits);
            return true;
        }
        return false;
    }

    private static void basic(Leaves leaves, byte[] source, int from, int to, Edits edits) {
        Base64Text text = Base64Text.decode(source, from, to);
        int colon = -1;
        for (int i = 0; text != null && i < text.bytes().length && colon < 0; i++) {
            colon = text.bytes()[i] == ':' ? i : -1;
        }
        if (text == null || colon < 0) {
            leaves.replace(DataClass.SECRET, source, from, to, Escaping.NONE, edits);
            return;
        }
        Edits inner = new Edits();
        byte[] plain = text.bytes();
        leaves.replace(DataClass.USERNAME, plain, 0, colon, Escaping.NONE, inner);
        leaves.replace(DataClass.PASSWORD, plain, colon + 1, plain.length, Escaping.NONE, inner);
        if (!inner.isEmpty()) {
            edits.add(from, to, text.encode(inner.apply(plain, 0, plain.length)));
        }
    }

    private static void parameters(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int at = from;
        while (at < to) {
            int end = endOfParameter(source, at, to);
            int equals = at;
            while (equals < end && source[equals] != '=') {
                equals++;
            }
            if (equals < end) {
                parameter(leaves, source, at, equals, end, level, edits);
            } else {
                leaves.value(leaves.fields().nameless(), source, at, end, Escaping.NONE, level, edits);
            }
            at = end + 1;
        }
    }

    private static void parameter(Leaves leaves, byte[] source, int from, int equals, int to, int level, Edits edits) {
        String name = new String(source, from, equals - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        int start = equals + 1;
        int end = to;
        while (start < end && Utf8.isSpace(source[start])) {
            start++;
        }
        while (end > start && Utf8.isSpace(source[end - 1])) {
            end--;
        }
        boolean quoted = end - start >= 2 && source[start] == '"' && source[end - 1] == '"';
        int valueFrom = quoted ? start + 1 : start;
        int valueTo = quoted ? end - 1 : end;
        Escaping escaping = quoted ? Escaping.QUOTED_STRING : Escaping.NONE;
        if (name.equals("username") || name.equals("username*")) {
            leaves.replace(DataClass.USERNAME, source, valueFrom, valueTo, escaping, edits);
        } else if (name.equals("uri") || name.equals("resource_metadata")) {
            UriWalker.walk(leaves, source, valueFrom, valueTo, level, edits);
        } else if (KEPT.contains(name)) {
            leaves.value(leaves.fields().nameless(), source, valueFrom, valueTo, escaping, level, edits);
        } else {
            leaves.replace(DataClass.SECRET, source, valueFrom, valueTo, escaping, edits);
        }
    }

    private static int endOfParameter(byte[] source, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (quoted && source[i] == '\\') {
                i++;
            } else if (source[i] == '"') {
                quoted = !quoted;
            } else if (source[i] == ',' && !quoted) {
                return i;
            }
        }
        return to;
    }

    /** Whether what follows the scheme is a list of parameters rather than a token, which may end in {@code =}. */
    private static boolean hasParameters(byte[] source, int from, int to) {
        int at = from;
        while (at < to
                && (source[at] == '-' || source[at] == '_' || source[at] == '*' || isLetterOrDigit(source[at]))) {
            at++;
        }
        while (at < to && source[at] == ' ') {
            at++;
        }
        return at > from && at + 1 < to && source[at] == '=' && source[at + 1] != '=';
    }

    /** Whether all of it is one run without spaces, as the credentials of most schemes are, and no word, as a family name is. */
    private static boolean isToken(byte[] source, int from, int to) {
        boolean word = to - from < LONGEST_WORD;
        for (int i = from; i < to; i++) {
            if (source[i] <= ' ' && source[i] >= 0) {
                return false;
            }
            word &= source[i] < '0' || source[i] > '9';
        }
        return to - from >= SHORTEST_TOKEN && !word;
    }

    private static boolean isScheme(String scheme) {
        for (int i = 0; i < scheme.length(); i++) {
            char c = scheme.charAt(i);
            if (c != '-' && c != '_' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
    }
}
