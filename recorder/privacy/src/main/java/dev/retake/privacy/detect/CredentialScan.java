package dev.retake.privacy.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials: JSON Web Tokens (RFC 7519), provider keys, private keys (RFC 7468), {@code Bearer} and
 * {@code Basic} (RFC 6750, RFC 7617), passwords in URLs, and values assigned to telling names in text.
 */
final class CredentialScan {
    private static final int LONGEST_NAME = 40;

    /** How much of a value is looked at to believe it: near-matches in a row stay linear. */
    private static final int LONGEST_LOOK = 256;

    private static final Set<String> PASSWORD_NAMES =
            Set.of("password", "passwd", "pwd", "passphrase", "passwort", "contrasena", "motdepasse");

    private static final Set<String> SECRET_NAMES = Set.of(
            "secret",
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "accountkey",
            "sharedaccesskey",
            "sig",
            "signature",
            "sessionid",
            "sid",
            "jsessionid",
            "phpsessid",
            "authtoken",
            "clientsecret",
            "credential",
            "authkey",
            "encryptionkey",
            "signingkey");

    /** All those names by their last letter. */
    private static final String[][] ENDINGS = new String[26][];

    /** Provider prefixes by their first character. */
    private static final KeyPrefix[][] PREFIXES = new KeyPrefix[128][];

    static {
        for (int letter = 0; letter < ENDINGS.length; letter++) {
            int last = 'a' + letter;
            ENDINGS[letter] = Stream.concat(PASSWORD_NAMES.stream(), SECRET_NAMES.stream())
                    .filter(name -> name.charAt(name.length() - 1) == last)
                    .sorted()
                    .toArray(String[]::new);
        }
        List<KeyPrefix> known = KeyPrefix.known();
        for (int c = 0; c < PREFIXES.length; c++) {
            char first = (char) c;
            PREFIXES[c] =
                    known.stream().filter(p -> p.text().charAt(0) == first).toArray(KeyPrefix[]::new);
        }
    }

    private CredentialScan() {}

    /** Looks for a key with a known prefix at the start of a token. */
    static int key(byte[] text, int i, int to, HitList out) {
        if (text[i] < 0) {
            return -1;
        }
        for (KeyPrefix prefix : PREFIXES[text[i]]) {
            int end = prefix.end(text, i, to);
            if (end > 0) {
                out.add(i, end, DataClass.SECRET);
                return end;
            }
        }
        return -1;
    }

    /** Looks for a JWT at {@code eyJ}. */
    static int jwt(byte[] text, int i, int to, HitList out) {
        int end = i;
        int dots = 0;
        int firstDot = -1;
        while (end < to
                && (Bytes.isAlphanumeric(text[end]) || text[end] == '-' || text[end] == '_' || text[end] == '.')) {
            if (text[end] == '.') {
                if (dots == 4) {
                    break;
                }
                if (dots++ == 0) {
                    firstDot = end;
                }
            }
            end++;
        }
        while (dots > 2 && text[end - 1] == '.') {
            dots--;
            end--;
        }
        if (dots != 2 && dots != 4 || !isHeader(text, i, firstDot)) {
            return -1;
        }
        out.add(i, end, DataClass.JWT);
        return end;
    }

    private static boolean isHeader(byte[] text, int from, int to) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, from, to));
            String header = new String(json, StandardCharsets.UTF_8);
            return header.startsWith("{") && (header.contains("\"alg\"") || header.contains("\"enc\""));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Looks for the value after {@code Bearer} or {@code Basic} at {@code i}. */
    static int scheme(byte[] text, int i, int to, HitList out) {
        boolean basic = Bytes.matchesIgnoreCase(text, i, to, "basic ");
        if (!basic && !Bytes.matchesIgnoreCase(text, i, to, "bearer ")) {
            return -1;
        }
        int start = i + (basic ? 6 : 7);
        int end = start;
        int digits = 0;
        int capitals = 0;
        while (end < to && (Bytes.isBase64(text[end]) || text[end] == '.' || text[end] == '~' || text[end] == '=')) {
            digits += Bytes.isDigit(text[end]) ? 1 : 0;
            capitals += text[end] >= 'A' && text[end] <= 'Z' ? 1 : 0;
            end++;
        }
        if (Bytes.matches(text, start, to, "eyJ") && jwt(text, start, to, out) > 0) {
            return out.end(out.size() - 1);
        }
        int length = end - start;
        boolean credential = basic ? isUserAndPassword(text, start, end) : length >= 8 && (digits > 0 || capitals > 2);
        if (!credential && !(length >= 20 && !basic)) {
            return -1;
        }
        out.add(start, end, DataClass.SECRET);
        return end;
    }

    private static boolean isUserAndPassword(byte[] text, int from, int to) {
        if (to - from < 4) {
            return false;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to));
            boolean colon = false;
            for (byte b : decoded) {
                if (b >= 0 && b < ' ') {
                    return false;
                }
                colon |= b == ':';
            }
            return colon;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Looks for {@code user:password@} behind the {@code ://} at {@code i}. */
    static int userInfo(byte[] text, int i, int to, HitList out) {
        int start = i + 3;
        int colon = -1;
        int at = -1;
        for (int k = start; k < to && at < 0; k++) {
            byte b = text[k];
            if (b == '@') {
                at = k;
            } else if (b == ':' && colon < 0) {
                colon = k;
            } else if (b <= ' ' && b >= 0 || b == '/' || b == '?' || b == '#' || b == '"' || b == '<' || b == '>') {
                return -1;
            }
        }
        if (at < 0 || colon < 0 || colon + 1 == at) {
            return -1;
        }
        if (colon > start) {
            out.add(start, colon, DataClass.USERNAME);
        }
        out.add(colon + 1, at, DataClass.PASSWORD);
        return at;
    }

    /** Looks for the base64 lines of a private key behind {@code -----BEGIN} at {@code i}. */
    static int privateKey(byte[] text, int i, int to, HitList out) {
        int label = i + 11;
        int close = label;
        while (close < to && close - label < 40 && text[close] != '-') {
            close++;
        }
        boolean secret = Bytes.matches(text, close - 11, to, "PRIVATE KEY")
                || (close - label > 17 && Bytes.matches(text, close - 17, to, "PRIVATE KEY BLOCK"));
        if (!secret || !Bytes.matches(text, close, to, "-----")) {
            return -1;
        }
        int start = close + 5;
        int end = start;
        while (end < to && !Bytes.matches(text, end, to, "-----END")) {
            end++;
        }
        while (start < end && !Bytes.isBase64(text[start])) {
            start++;
        }
        while (end > start && text[end - 1] <= ' ' && text[end - 1] >= 0) {
            end--;
        }
        if (start == end) {
            return -1;
        }
        out.add(start, end, DataClass.SECRET);
        return end;
    }

    /** Looks for a telling name before the {@code =} or {@code :} at {@code i} and a value after it. */
    static int assignment(byte[] text, int floor, int i, int to, HitList out) {
        int nameEnd = i;
        while (nameEnd > floor && (text[nameEnd - 1] == ' ' || text[nameEnd - 1] == '"' || text[nameEnd - 1] == '\'')) {
            nameEnd--;
        }
        int nameStart = nameEnd;
        while (nameStart > floor && nameEnd - nameStart < LONGEST_NAME && isName(text[nameStart - 1])) {
            nameStart--;
        }
        if (nameEnd - nameStart < 3) {
            return -1;
        }
        DataClass dataClass = classOf(text, nameStart, nameEnd);
        if (dataClass == null) {
            return -1;
        }
        int start = i + 1;
        while (start < to && (text[start] == ' ' || text[start] == '"' || text[start] == '\'' || text[start] == '=')) {
            start++;
        }
        if (start == to || isPlaceholder(text, start, to)) {
            return -1;
        }
        int end = start;
        int digits = 0;
        int marks = 0;
        int limit = Math.min(to, start + LONGEST_LOOK);
        while (end < limit && !isValueEnd(text[end])) {
            digits += Bytes.isDigit(text[end]) ? 1 : 0;
            marks += !Bytes.isWord(text[end]) || (end > start && text[end] >= 'A' && text[end] <= 'Z') ? 1 : 0;
            end++;
        }
        while (end > start && (text[end - 1] == '.' || text[end - 1] == ':')) {
            end--;
            marks--;
        }
        int length = end - start;
        boolean assigned = text[i] == '=' || start > i + 1 && text[start - 1] != ' ';
        boolean believed = dataClass == DataClass.PASSWORD
                ? length >= (assigned ? 3 : 4) && (assigned || digits + marks > 0)
                : length >= 8 && (digits > 0 || marks > 1 || length >= 20);
        if (!believed) {
            return -1;
        }
        while (end == limit && limit < to && !isValueEnd(text[end])) {
            limit = ++end;
        }
        if (Bytes.matches(text, start, end, "eyJ") && jwt(text, start, end, out) > 0) {
            return out.end(out.size() - 1);
        }
        out.add(start, end, dataClass);
        return end;
    }

    /** The class of what a name that ends so holds, null for a name that tells nothing. */
    private static @Nullable DataClass classOf(byte[] text, int start, int end) {
        int last = (text[end - 1] | 0x20) - 'a';
        if (last < 0 || last >= ENDINGS.length) {
            return null;
        }
        for (String ending : ENDINGS[last]) {
            if (endsWith(text, start, end, ending)) {
                return PASSWORD_NAMES.contains(ending) ? DataClass.PASSWORD : DataClass.SECRET;
            }
        }
        return null;
    }

    /** Whether a name ends with {@code ending}, hyphens and underscores passed over. */
    private static boolean endsWith(byte[] text, int start, int end, String ending) {
        int at = end;
        for (int k = ending.length() - 1; k >= 0; k--) {
            do {
                at--;
            } while (at >= start && (text[at] == '_' || text[at] == '-'));
            if (at < start || (text[at] | 0x20) != ending.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(byte b) {
        return Bytes.isAlphanumeric(b) || b == '_' || b == '-';
    }

    private static boolean isValueEnd(byte b) {
        return b >= 0 && b <= ' '
                || switch (b) {
                    case '"', '\'', ';', '&', ',', ')', '<', '>', '}', ']' -> true;
                    default -> false;
                };
    }

    /** {@code ${NAME}}, {@code ****}, {@code null} and booleans hold no secret. */
    private static boolean isPlaceholder(byte[] text, int start, int to) {
        return switch (text[start]) {
            case '{', '[' -> true;
            case '$' ->
                start + 1 < to && (text[start + 1] == '{' || text[start + 1] == '(' || isCapital(text[start + 1]));
            case '*' -> start + 1 == to || text[start + 1] == '*' || isValueEnd(text[start + 1]);
            default ->
                isLiteral(text, start, to, "null")
                        || isLiteral(text, start, to, "true")
                        || isLiteral(text, start, to, "false")
                        || isLiteral(text, start, to, "undefined");
        };
    }

    private static boolean isCapital(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private static boolean isLiteral(byte[] text, int start, int to, String lower) {
        return Bytes.matchesIgnoreCase(text, start, to, lower)
                && (start + lower.length() == to || isValueEnd(text[start + lower.length()]));
    }
}
