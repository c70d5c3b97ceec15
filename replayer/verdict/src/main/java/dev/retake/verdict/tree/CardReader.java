package dev.retake.verdict.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads address cards (RFC 6350) and calendars (RFC 5545) as trees: where a line is folded depends on how long its values
 * are, and properties have no order. {@code ATTENDEE/@CN} is a parameter, {@code #text} the value beside
 * it; components are arrays, and so is a property that comes more than once.
 */
final class CardReader {
    private static final String BEGIN = "BEGIN:";
    private static final String END = "END:";
    private static final int DEEPEST = 16;

    private CardReader() {}

    static boolean looksLikeCard(String text) {
        return text.regionMatches(true, 0, "BEGIN:V", 0, 7);
    }

    /** The tree of {@code text}; null where it is no whole card or calendar. */
    static @Nullable Tree read(String text) {
        Deque<Map<String, List<Tree>>> open = new ArrayDeque<>();
        Map<String, List<Tree>> root = new LinkedHashMap<>();
        Map<String, List<Tree>> current = root;
        for (String line : text.replaceAll("\r?\n[ \t]", "").split("\r?\n|\r", -1)) {
            if (line.isBlank()) {
                continue;
            }
            if (line.regionMatches(true, 0, BEGIN, 0, BEGIN.length())) {
                if (open.size() == DEEPEST) {
                    return null;
                }
                open.push(current);
                current = new LinkedHashMap<>();
            } else if (line.regionMatches(true, 0, END, 0, END.length())) {
                if (open.isEmpty()) {
                    return null;
                }
                Map<String, List<Tree>> around = open.pop();
                Tree component = object(current);
                around.merge(
                        name(line, END.length(), line.length()),
                        new ArrayList<>(List.of(new Tree.Arr(List.of(component)))),
                        (known, more) -> joined(known, component));
                current = around;
            } else if (open.isEmpty() || !property(line, current)) {
                return null;
            }
        }
        return open.isEmpty() && !root.isEmpty() ? object(root) : null;
    }

    private static boolean property(String line, Map<String, List<Tree>> into) {
        Map<String, Tree> parameters = new LinkedHashMap<>();
        int nameEnds = -1;
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (quoted || c != ';' && c != ':') {
                continue;
            }
            if (nameEnds < 0) {
                nameEnds = i;
            } else {
                parameter(line.substring(from, i), parameters);
            }
            from = i + 1;
            if (c == ':') {
                Tree value = new Tree.Text(line.substring(from));
                if (!parameters.isEmpty()) {
                    parameters.put("#text", value);
                    value = new Tree.Obj(parameters);
                }
                add(into, name(line, 0, nameEnds), value);
                return true;
            }
        }
        return false;
    }

    private static void parameter(String text, Map<String, Tree> into) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        into.put("@" + name.toUpperCase(Locale.ROOT), new Tree.Text(equals < 0 ? "" : text.substring(equals + 1)));
    }

    private static String name(String line, int from, int to) {
        return line.substring(from, to).trim().toUpperCase(Locale.ROOT);
    }

    /** Components are an array even where there is one: a collection may have one today and two tomorrow. */
    private static List<Tree> joined(List<Tree> known, Tree component) {
        List<Tree> items = new ArrayList<>();
        known.forEach(tree -> items.addAll(tree instanceof Tree.Arr array ? array.items() : List.of(tree)));
        items.add(component);
        return new ArrayList<>(List.of(new Tree.Arr(items)));
    }

    private static void add(Map<String, List<Tree>> into, String name, Tree value) {
        into.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }

    private static Tree object(Map<String, List<Tree>> fields) {
        Map<String, Tree> trees = new LinkedHashMap<>();
        fields.forEach((name, values) -> trees.put(name, values.size() == 1 ? values.get(0) : new Tree.Arr(values)));
        return new Tree.Obj(trees);
    }
}
