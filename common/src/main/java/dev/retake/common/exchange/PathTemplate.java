package dev.retake.common.exchange;

/**
 * Names an operation from a request: {@code GET /orders/{id}/lines}. A path segment that looks like an id on its own
 * (a number, a UUID, a hash, a token, an address) is written <code>{id}</code>; what only a comparison of many paths
 * can tell is left to the caller.
 */
public final class PathTemplate {
    /** What stands for an id. */
    public static final String ID = "{id}";

    private PathTemplate() {}

    /** The operation of {@code request}: its method and the template of its path. */
    public static String operation(Request request) {
        return request.method() + " " + of(request.path());
    }

    /** {@code path} with each segment that looks like an id replaced. */
    public static String of(String path) {
        StringBuilder template = new StringBuilder(path.length());
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            template.append(looksLikeId(segment) ? ID : segment);
            if (slash < 0) {
                break;
            }
            template.append('/');
            start = slash + 1;
        }
        return template.toString();
    }

    /** Whether a path segment is an id by its shape alone. */
    public static boolean looksLikeId(String segment) {
        int length = segment.length();
        if (length == 0 || segment.indexOf('@') > 0) {
            return length > 0;
        }
        int digits = 0;
        int letters = 0;
        int hex = 0;
        int upper = 0;
        int changes = 0;
        int separators = 0;
        for (int i = 0; i < length; i++) {
            char c = segment.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (digit) {
                digits++;
            } else if (letter) {
                letters++;
                if (c <= 'Z') {
                    upper++;
                }
            } else if (c == '-' || c == '_' || c == '.' || c == '~' || c == ':') {
                separators++;
            } else if (c != '%' && c != '=' && c != '+') {
                return false;
            }
            if (digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
                hex++;
            }
            if (i > 0 && digit != (segment.charAt(i - 1) >= '0' && segment.charAt(i - 1) <= '9')) {
                changes++;
            }
        }
        if (letters == 0) {
            return digits > 0 && separators <= 4;
        }
        if (digits == 0) {
            return length >= 20 && upper >= 3 && upper < letters && separators == 0;
        }
        boolean version = digits <= 2 && letters == 1 && separators == 0 && !isDigit(segment.charAt(0));
        if (version) {
            return false;
        }
        if (hex + separators == length && length >= 8) {
            return true;
        }
        return digits >= 3 && (length >= 5) || changes >= 3 && length >= 8;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
