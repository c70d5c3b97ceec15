package dev.retake.verdict.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a tree as compact JSON text. */
public final class JsonText {
    private static final int ITEMS = 8;
    private static final int FIELDS = 24;
    private static final int DEPTH = 4;
    private static final int TEXT = 1_000;

    private JsonText() {}

    /** The whole tree. */
    public static String of(Tree tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    /**
     * The tree with less in it, so that it can be kept and shown: a few items, fields and levels; a text that is longer
     * than is useful is named by its length, never cut, because half of a secret is still one.
     */
    public static Tree sample(Tree tree) {
        return sample(tree, DEPTH);
    }

    private static Tree sample(Tree tree, int depth) {
        if (tree instanceof Tree.Text text && text.value().length() > TEXT) {
            return new Tree.Text("(" + text.value().length() + " characters)");
        }
        if (tree instanceof Tree.Arr array) {
            List<Tree> items = new ArrayList<>();
            for (Tree item : array.items()) {
                if (depth == 0 || items.size() == ITEMS) {
                    items.add(new Tree.Text("…"));
                    break;
                }
                items.add(sample(item, depth - 1));
            }
            return new Tree.Arr(items);
        }
        if (tree instanceof Tree.Obj object) {
            Map<String, Tree> fields = new LinkedHashMap<>();
            for (Map.Entry<String, Tree> field : object.fields().entrySet()) {
                if (depth == 0 || fields.size() == FIELDS) {
                    fields.put("…", new Tree.Text("…"));
                    break;
                }
                fields.put(field.getKey(), sample(field.getValue(), depth - 1));
            }
            return new Tree.Obj(fields);
        }
        if (tree instanceof Tree.Repeated repeated) {
            return new Tree.Repeated(repeated.values().stream()
                    .limit(ITEMS)
                    .map(one -> sample(one, depth))
                    .toList());
        }
        return tree;
    }

    private static void write(Tree tree, StringBuilder out) {
        if (tree instanceof Tree.Obj object) {
            out.append('{');
            boolean first = true;
            for (Map.Entry<String, Tree> field : object.fields().entrySet()) {
                List<Tree> values = field.getValue() instanceof Tree.Repeated repeated
                        ? repeated.values()
                        : List.of(field.getValue());
                for (Tree value : values) {
                    out.append(first ? "" : ",");
                    first = false;
                    quote(field.getKey(), out);
                    out.append(':');
                    write(value, out);
                }
            }
            out.append('}');
        } else if (tree instanceof Tree.Arr array) {
            list(array.items(), out);
        } else if (tree instanceof Tree.Repeated repeated) {
            list(repeated.values(), out);
        } else if (tree instanceof Tree.Text text) {
            quote(text.value(), out);
        } else if (tree instanceof Tree.Num number) {
            out.append(number.value());
        } else if (tree instanceof Tree.Bool bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private static void list(List<Tree> items, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : ",");
            write(items.get(i), out);
        }
        out.append(']');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c >= 0x7f && c < 0xa0 || Character.isSurrogate(c) && lone(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean lone(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
}
