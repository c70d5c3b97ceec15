package dev.retake.privacy.value;

/** Finds URLs, and absolute paths with a query or an escape, in text, one after another. */
final class Urls {
    private final byte[] source;
    private final int from;
    private final int to;
    private int at;
    private int start;
    private int end;

    /** Up to here no path has a query or an escape. */
    private int barren;

    Urls(byte[] source, int from, int to) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.at = from;
        this.end = from;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    boolean next() {
        int done = end;
        for (; at < to; at++) {
            byte b = source[at];
            boolean found = b == ':' && isAuthority(done) || b == '/' && at >= barren && isPath();
            if (found) {
                at = end;
                return true;
            }
        }
        return false;
    }

    private boolean isAuthority(int done) {
        if (at + 2 >= to || source[at + 1] != '/' || source[at + 2] != '/') {
            return false;
        }
        start = at;
        while (start > done && isScheme(source[start - 1])) {
            start--;
        }
        if (start == at) {
            return false;
        }
        end = endOfUri(at);
        return true;
    }

    private boolean isPath() {
        if (at > from && !isOpening(source[at - 1])) {
            return false;
        }
        int endOfRun = at;
        boolean queried = false;
        while (endOfRun < to && isUri(source[endOfRun])) {
            queried |= source[endOfRun] == '?' || source[endOfRun] == '%';
            endOfRun++;
        }
        if (!queried) {
            barren = endOfRun;
            return false;
        }
        start = at;
        end = endOfUri(at);
        return end > start;
    }

    private int endOfUri(int begin) {
        int last = begin;
        while (last < to && isUri(source[last])) {
            last++;
        }
        while (last > begin + 1 && isClosing(source[last - 1])) {
            last--;
        }
        return last;
    }

    private static boolean isScheme(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '+' || b == '-' || b == '.';
    }

    private static boolean isOpening(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '(' || b == '"' || b == '\'' || b == '<' || b == '='
                || b == ',';
    }

    private static boolean isUri(byte b) {
        return b < 0
                || b > ' ' && b != '"' && b != '<' && b != '>' && b != '`' && b != '{' && b != '}' && b != '\\'
                        && b != 0x7f;
    }

    /** Punctuation that ends a sentence or a quotation rather than a URL. */
    private static boolean isClosing(byte b) {
        return b == '.' || b == ',' || b == ';' || b == ':' || b == '!' || b == '?' || b == ')' || b == ']'
                || b == '\'';
    }
}
