package dev.retake.privacy.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Finds credentials: JSON Web Tokens (RFC 7519), provider keys, private keys (RFC 7468), {@code Bearer} and
 * {@code Basic} (RFC 6750, RFC 7617), and passwords in URLs.
 */
final class CredentialScan {
    /** How far the end of a user and password in a URL is looked for. */
    private static final int LONGEST_USER = 512;

    private CredentialScan() {}

    /** Looks for a key with a known prefix whose window is around {@code p}. */
    static int key(byte[] text, int floor, int p, int to, HitList out) {
        long found = KeyPrefix.find(text, floor, p, to);
        if (found < 0) {
            found = KeyMark.find(text, floor, p, to);
        }
        if (found < 0) {
            return -1;
        }
        int end = (int) (found >>> 32);
        out.add((int) found, end, DataClass.SECRET);
        return end;
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
            return -1; // what Flask signs begins alike, see SealedText
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
        int limit = Math.min(to, start + LONGEST_USER);
        for (int k = start; k < limit && at < 0; k++) {
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

    /** Looks for {@code user/password@} behind the colon at {@code p} that ends {@code jdbc:oracle:thin:}. */
    static int oracle(byte[] text, int floor, int p, int to, HitList out) {
        if (p - 16 < floor || !Bytes.matches(text, p - 16, to, "jdbc:oracle:thin")) {
            return -1;
        }
        int slash = -1;
        int limit = Math.min(to, p + LONGEST_USER);
        for (int k = p + 1; k < limit; k++) {
            byte b = text[k];
            if (b == '@') {
                if (slash < 0 || slash + 1 == k) {
                    return -1;
                }
                out.add(p + 1, slash, DataClass.USERNAME);
                out.add(slash + 1, k, DataClass.PASSWORD);
                return k;
            }
            if (b <= ' ' && b >= 0 || b == '"') {
                return -1;
            }
            slash = slash < 0 && b == '/' && k > p + 1 ? k : slash;
        }
        return -1;
    }

    /**
     * Looks for a key with numbers before the colon at {@code p}, as Asana writes it: {@code 1/0123456789012345:hex},
     * {@code 2/0123456789012345/0123456789012345:hex}.
     */
    static int numbered(byte[] text, int floor, int p, int to, HitList out) {
        if (p + 33 > to || p - 18 < floor || !Bytes.isDigit(text[p - 1]) || !Bytes.isHex(text[p + 32])) {
            return -1;
        }
        int start = p;
        while (start > floor && p - start < 40 && (Bytes.isDigit(text[start - 1]) || text[start - 1] == '/')) {
            start--;
        }
        if (p - start < 18 || text[start + 1] != '/') {
            return -1;
        }
        for (int k = p + 1; k < p + 33; k++) {
            if (!Bytes.isHex(text[k])) {
                return -1;
            }
        }
        if (!Bytes.startsToken(text, floor, start) || !Bytes.endsToken(text, p + 33, to)) {
            return -1;
        }
        out.add(start, p + 33, DataClass.SECRET);
        return p + 33;
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
}
