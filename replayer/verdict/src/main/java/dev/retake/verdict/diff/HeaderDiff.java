package dev.retake.verdict.diff;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import dev.retake.verdict.shape.FieldName;
import dev.retake.verdict.shape.Reading;
import dev.retake.verdict.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the header or trailer fields of two responses, as far as they tell a client something. */
final class HeaderDiff {
    private static final Set<MediaType.Family> CHARSET_COUNTS =
            Set.of(MediaType.Family.TEXT, MediaType.Family.HTML, MediaType.Family.CSV);

    private final Frame frame;
    private final LeafDiff leaves;
    private final List<Change> changes;

    private HeaderDiff(Frame frame, List<Change> changes) {
        this.frame = frame;
        this.leaves = new LeafDiff(frame);
        this.changes = changes;
    }

    static void compare(Headers before, Headers after, Frame frame, List<Change> changes) {
        HeaderDiff diff = new HeaderDiff(frame, changes);
        Map<String, String> names = new TreeMap<>();
        for (int i = 0; i < after.size(); i++) {
            names.put(after.name(i).toLowerCase(Locale.ROOT), after.name(i));
        }
        for (int i = 0; i < before.size(); i++) {
            names.put(before.name(i).toLowerCase(Locale.ROOT), before.name(i));
        }
        names.forEach((key, name) -> {
            if (!HeaderRules.isIgnored(key)) {
                diff.field(key, canonical(key), before.all(key), after.all(key));
            }
        });
    }

    /** {@code Content-Type} for {@code content-type}: one location, whatever the case on the wire. */
    static String canonical(String lowerCase) {
        StringBuilder out = new StringBuilder(lowerCase.length());
        boolean start = true;
        for (int i = 0; i < lowerCase.length(); i++) {
            char c = lowerCase.charAt(i);
            out.append(start ? Character.toUpperCase(c) : c);
            start = c == '-';
        }
        return switch (lowerCase) {
            case "etag" -> "ETag";
            case "www-authenticate" -> "WWW-Authenticate";
            case "dav" -> "DAV";
            default -> out.toString();
        };
    }

    private void field(String key, String name, List<String> before, List<String> after) {
        if (key.equals("set-cookie")) {
            cookies(before, after);
            return;
        }
        if (before.isEmpty() || after.isEmpty()) {
            boolean secret = FieldName.of(key).isSecret();
            if (after.isEmpty()) {
                change(name, String.join(", ", before), null, null, HeaderRules.protects(key) ? "protects" : "");
            } else if (HeaderRules.tellsWhenAdded(key) || secret) {
                change(name, null, String.join(", ", after), null, "");
            }
            return;
        }
        if (before.equals(after) || HeaderRules.isPresenceOnly(key)) {
            return;
        }
        String left = String.join(", ", before);
        String right = String.join(", ", after);
        boolean same = switch (key) {
            case "content-type" -> sameType(left, right);
            case "cache-control", "pragma", "strict-transport-security", "permissions-policy" ->
                members(left, ",|;").equals(members(right, ",|;"));
            default -> HeaderRules.isSet(key) && set(key, left).equals(set(key, right));
        };
        if (!same && frame.depth() == Frame.Depth.VALUES || !same && key.equals("content-type")) {
            boolean policy = key.startsWith("content-security-policy");
            Reading reading =
                    policy ? policies(left, right) : leaves.texts(left, right, fieldName(key), "header " + key, false);
            change(
                    name,
                    left,
                    right,
                    key.equals("content-type") ? null : reading,
                    HeaderRules.protects(key) ? "protects" : "");
        }
    }

    /** What a header is called without the prefix that once marked those of no standard (RFC 6648). */
    private static FieldName fieldName(String key) {
        return FieldName.of(key.startsWith("x-") ? key.substring(2) : key);
    }

    private @Nullable Reading policies(String before, String after) {
        String left = directives(before);
        String right = directives(after);
        return left.equals(right) ? Reading.SAME : leaves.texts(left, right, FieldName.of("policy"), "", false);
    }

    private static String directives(String policy) {
        return Arrays.stream(policy.split(";")).map(String::trim).sorted().collect(Collectors.joining("; "));
    }

    private static boolean sameType(String before, String after) {
        MediaType left = MediaType.parse(before);
        MediaType right = MediaType.parse(after);
        boolean charset = CHARSET_COUNTS.contains(left.family());
        String one = left.charset() == null ? "" : left.charset();
        String other = right.charset() == null ? "" : right.charset();
        return left.essence().equals(right.essence()) && (!charset || one.equals(other));
    }

    private static Set<String> members(String value, String separator) {
        Set<String> members = new TreeSet<>();
        for (String member : value.split(separator)) {
            String trimmed = member.trim().toLowerCase(Locale.ROOT).replace("\"", "");
            if (!trimmed.isEmpty()) {
                members.add(trimmed.replaceAll("\\s+", " "));
            }
        }
        return members;
    }

    private static Set<String> set(String key, String value) {
        Set<String> members = members(value, ",");
        if (key.equals("vary")) {
            members.remove("accept-encoding");
        }
        return members;
    }

    private void cookies(List<String> before, List<String> after) {
        Map<String, SetCookie> left = parse(before);
        Map<String, SetCookie> right = parse(after);
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            SetCookie a = left.get(name);
            SetCookie b = right.get(name);
            if (a == null || b == null) {
                change("Set-Cookie", shown(a), shown(b), null, "cookie:" + name);
            } else if (!a.promise().equals(b.promise()) || a.deletes() != b.deletes()) {
                change("Set-Cookie", shown(a), shown(b), null, "attributes:" + name);
            } else if (!a.value().equals(b.value()) && frame.depth() == Frame.Depth.VALUES) {
                Reading reading =
                        leaves.texts(a.value(), b.value(), FieldName.of(name + "-token"), "cookie " + name, false);
                change("Set-Cookie", shown(a), shown(b), reading == null ? null : loose(reading), "cookie:" + name);
            }
        }
    }

    /** A cookie may change its value whenever the service likes. */
    private static Reading loose(Reading reading) {
        List<Reading.Rename> renames = new ArrayList<>();
        for (Reading.Rename one : reading.renames()) {
            renames.add(new Reading.Rename("cookie", one.before(), one.after(), false, false));
        }
        return new Reading(renames, reading.shifts());
    }

    private static @Nullable String shown(@Nullable SetCookie cookie) {
        return cookie == null ? null : cookie.name() + "=" + (cookie.value().isEmpty() ? "" : "…") + cookie.promise();
    }

    private static Map<String, SetCookie> parse(List<String> fields) {
        Map<String, SetCookie> cookies = new LinkedHashMap<>();
        for (String field : fields) {
            SetCookie cookie = SetCookie.parse(field);
            if (cookie != null) {
                cookies.put(cookie.name(), cookie);
            }
        }
        return cookies;
    }

    private void change(
            String name, @Nullable String before, @Nullable String after, @Nullable Reading reading, String sayable) {
        changes.add(new Change(
                ChangeKind.HEADER,
                "header:" + name,
                before == null ? null : new Tree.Text(before),
                after == null ? null : new Tree.Text(after),
                reading,
                false,
                "",
                sayable));
    }
}
