package dev.retake.privacy.detect;

import java.util.Set;

/** Finds e-mail addresses (RFC 5321, RFC 6531) around each {@code @}. */
final class EmailScan {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;

    /** {@code logo@2x.png} is a file. */
    private static final Set<String> FILE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "css", "js", "mjs", "ts", "json", "html", "xml", "txt",
            "pdf", "zip", "gz", "tgz", "map", "woff", "woff2", "mp4", "md", "yml", "yaml");

    private EmailScan() {}

    /**
     * Looks for an address around the sign at {@code i}.
     *
     * @param floor what lies before belongs to an earlier hit
     * @return the end of the hit, or -1
     */
    static int scan(byte[] text, int floor, int i, int to, HitList out) {
        int start = i;
        int lowest = Math.max(floor, i - LONGEST_LOCAL);
        while (start > lowest && isLocal(text[start - 1])) {
            start--;
        }
        while (start < i && !Bytes.isWord(text[start])) {
            start++;
        }
        if (text[i - 1] == '"' && i - 2 >= floor) {
            start = quotedStart(text, lowest, i - 2, i);
        }
        if (start == i || text[i - 1] == '.') {
            return -1;
        }
        int end = domainEnd(text, i + 1, to);
        if (end < 0 || isRepository(text, start, i, end, to)) {
            return -1;
        }
        out.add(start, end, DataClass.EMAIL);
        return end;
    }

    /** The opening quote of a local part in quotes ({@code "mary jones"@example.com}), or {@code none}. */
    private static int quotedStart(byte[] text, int lowest, int last, int none) {
        for (int k = last; k >= lowest && text[k] >= ' '; k--) {
            if (text[k] == '"') {
                boolean opens = k == lowest || !Bytes.isWord(text[k - 1]) && text[k - 1] != ':' && text[k - 1] != '\\';
                return opens && k < last ? k : none;
            }
        }
        return none;
    }

    private static int domainEnd(byte[] text, int start, int to) {
        int limit = Math.min(to, start + LONGEST_DOMAIN);
        if (start < limit && text[start] == '[') {
            int close = start + 1;
            while (close < limit && (Bytes.isHex(text[close]) || text[close] == '.' || text[close] == ':')) {
                close++;
            }
            return close < limit && text[close] == ']' && close - start > 7 ? close + 1 : -1;
        }
        int end = start;
        int label = start;
        int last = -1;
        while (end < limit && isDomain(text[end])) {
            if (text[end] == '.') {
                if (end == label) {
                    break;
                }
                last = label;
                label = end + 1;
            }
            end++;
        }
        if (end == label && end > start && text[end - 1] == '.') {
            end--;
            label = last;
            last = label > start ? start : -1;
        }
        while (end > start && text[end - 1] == '-') {
            end--;
        }
        return label > start && isTopLevel(text, label, end) ? end : -1;
    }

    private static boolean isTopLevel(byte[] text, int label, int end) {
        if (end - label < 2) {
            return false;
        }
        boolean punycode = Bytes.matchesIgnoreCase(text, label, end, "xn--");
        StringBuilder ending = new StringBuilder();
        for (int k = label; k < end; k++) {
            if (!punycode && (!Bytes.isWord(text[k]) || Bytes.isDigit(text[k]))) {
                return false;
            }
            if (end - label <= 5) {
                ending.append((char) (text[k] | 0x20));
            }
        }
        return !FILE_ENDINGS.contains(ending.toString());
    }

    /** {@code git@host:owner/name} names a repository. */
    private static boolean isRepository(byte[] text, int start, int i, int end, int to) {
        return i - start == 3
                && Bytes.matches(text, start, to, "git")
                && end < to
                && (text[end] == ':' || text[end] == '/');
    }

    private static boolean isLocal(byte b) {
        return Bytes.isWord(b)
                || switch (b) {
                    case '.', '-', '+', '\'', '%', '~', '!', '#', '$', '&', '*', '^', '`', '{', '}', '|' -> true;
                    default -> false;
                };
    }

    private static boolean isDomain(byte b) {
        return (Bytes.isWord(b) && b != '_') || b == '.' || b == '-';
    }
}
