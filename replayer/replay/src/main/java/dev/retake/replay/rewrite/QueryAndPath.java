package dev.retake.replay.rewrite;

import dev.retake.replay.message.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies rules to the parts of a request target. */
final class QueryAndPath {
    private QueryAndPath() {}

    /** {@code path} with the rule's prefix replaced, where it starts with it and ends or goes on with a slash. */
    static String rewritten(String path, RewriteRule.Path rule) {
        String prefix = withoutSlash(rule.prefix());
        boolean matches =
                path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        if (!matches) {
            return path;
        }
        String replaced = withoutSlash(rule.replacement()) + path.substring(prefix.length());
        return replaced.isEmpty() ? "/" : replaced;
    }

    /** {@code query} with the rule's parameter set in the place of the first of its name, or at the end; null for none. */
    static @Nullable String rewritten(@Nullable String query, RewriteRule.Query rule) {
        List<String> pairs = new ArrayList<>();
        boolean placed = rule.value().isEmpty();
        String set = Encoding.percentEncoded(rule.name(), "") + "=" + Encoding.percentEncoded(rule.value(), "");
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String name = Encoding.percentDecoded(pair.split("=", 2)[0], true);
            if (!name.equals(rule.name())) {
                pairs.add(pair);
            } else if (!placed) {
                pairs.add(set);
                placed = true;
            }
        }
        if (!placed) {
            pairs.add(set);
        }
        return pairs.isEmpty() ? null : String.join("&", pairs);
    }

    /** {@code target} with what cannot stand in a request line escaped: it may come from a file or from a target. */
    static String printable(String target) {
        StringBuilder printable = new StringBuilder(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c > ' ' && c != 0x7f && c <= 0xff) {
                printable.append(c);
            } else {
                printable.append(
                        c <= 0x7f
                                ? String.format("%%%02X", (int) c)
                                : Encoding.percentEncoded(target.substring(i, i + 1), ""));
            }
        }
        return printable.toString();
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
