package dev.retake.privacy.value;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.rule.FieldRule;
import org.jspecify.annotations.Nullable;

/**
 * Walks a URI (RFC 3986), whole or from its path on: user information, path segments and their matrix parameters, query
 * and fragment. The host is the service's and stays, an address of somebody else's host apart.
 */
public final class UriWalker {
    private static final byte[] HOOK = {'h', 'o', 'o', 'k'};

    private UriWalker() {}

    public static void walk(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int scheme = endOfScheme(source, from, to);
        int path = from;
        if (scheme > 0) {
            path = until(source, scheme, to, "/?#");
            authority(leaves, source, scheme, path, level, edits);
        } else if (from + 1 < to && source[from] == '/' && source[from + 1] == '/') {
            path = until(source, from + 2, to, "/?#");
            authority(leaves, source, from + 2, path, level, edits);
        }
        int query = until(source, path, to, "?#");
        boolean hook = scheme > 0 && isHook(source, scheme, path);
        path(
                leaves,
                source,
                path,
                query,
                level,
                hook ? leaves.fields().path().child(HOOK, 0, HOOK.length) : null,
                edits);
        int fragment = query;
        if (query < to && source[query] == '?') {
            fragment = until(source, query, to, "#");
            query(leaves, source, query + 1, fragment, level, edits);
        }
        if (fragment < to) {
            fragment(leaves, source, fragment + 1, to, level, edits);
        }
    }

    /** Index after {@code ://} where {@code source[from, to)} begins with a scheme and an authority, else -1. */
    static int endOfScheme(byte[] source, int from, int to) {
        int at = from;
        while (at < to
                && (isLetterOrDigit(source[at]) || source[at] == '+' || source[at] == '-' || source[at] == '.')) {
            at++;
        }
        boolean authority =
                at > from && at + 2 < to && source[at] == ':' && source[at + 1] == '/' && source[at + 2] == '/';
        return authority ? at + 3 : -1;
    }

    private static void authority(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int host = from;
        for (int i = from; i < to; i++) {
            if (source[i] == '@') {
                host = i + 1;
            }
        }
        if (host > from) {
            int colon = until(source, from, host - 1, ":");
            if (colon < host - 1 || !isGit(source, from, colon)) {
                leaves.replace(DataClass.USERNAME, source, from, colon, Escaping.PERCENT, edits);
            }
            if (colon < host - 1) {
                leaves.replace(DataClass.PASSWORD, source, colon + 1, host - 1, Escaping.PERCENT, edits);
            }
        }
        leaves.host(source, host, to, level, edits);
    }

    /** The user that everybody is who fetches by SSH. */
    private static boolean isGit(byte[] source, int from, int to) {
        return to - from == 3 && source[from] == 'g' && source[from + 1] == 'i' && source[from + 2] == 't';
    }

    /** Whether a host takes messages by an address that is their password: {@code hooks.slack.com}. */
    private static boolean isHook(byte[] source, int from, int to) {
        for (int i = from; i + 4 <= to; i++) {
            if (source[i] == 'h' && source[i + 1] == 'o' && source[i + 2] == 'o' && source[i + 3] == 'k') {
                return true;
            }
        }
        return false;
    }

    /**
     * Walks path segments, each as what the one before names.
     *
     * @param all what all of them are, null where the one before says
     */
    private static void path(
            Leaves leaves, byte[] source, int from, int to, int level, @Nullable Field all, Edits edits) {
        Field field = all == null ? leaves.fields().path() : all;
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && source[end] != '/') {
                end++;
            }
            if (end > start) {
                int parameters = until(source, start, end, ";");
                leaves.value(field, source, start, parameters, Escaping.PERCENT, level, edits);
                if (parameters < end) {
                    matrix(leaves, source, parameters + 1, end, level, edits);
                }
                if (all == null && end + 1 < to && !(hasDigit(source, start, parameters) && isSecret(field))) {
                    Field path = leaves.fields().path();
                    field = hasDigit(source, start, parameters)
                            ? path.unkept(source, start, parameters)
                            : path.child(source, start, parameters);
                }
            }
            start = end + 1;
        }
    }

    /** Whether ids that stand here are followed by more of the secret: {@code /webhooks/ID/TOKEN}. */
    private static boolean isSecret(Field field) {
        FieldRule rule = field.rule();
        return rule != null && rule.dataClass() == DataClass.SECRET;
    }

    private static void matrix(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int start = from;
        while (start < to) {
            int end = until(source, start, to, ";");
            FormWalker.walk(leaves, leaves.fields().query(), source, start, end, false, level, edits);
            start = end + 1;
        }
    }

    private static void query(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        FormWalker.walk(leaves, leaves.fields().query(), source, from, to, false, level, edits);
    }

    /** A fragment may carry what a query does: OAuth's implicit grant (RFC 6749 §4.2.2), routes of single-page apps. */
    private static void fragment(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int query = until(source, from, to, "?");
        if (query < to || from < to && source[from] == '/') {
            path(leaves, source, from, query, level, null, edits);
            query(leaves, source, Math.min(query + 1, to), to, level, edits);
        } else {
            query(leaves, source, from, to, level, edits);
        }
    }

    private static int until(byte[] source, int from, int to, String stops) {
        int at = from;
        while (at < to && stops.indexOf(source[at]) < 0) {
            at++;
        }
        return at;
    }

    private static boolean hasDigit(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] >= '0' && source[i] <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
    }
}
