package dev.retake.privacy.document;

import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Fields;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The elements of markup that are open, and what each of them holds by its name, its attributes and its neighbours. */
final class OpenElements {
    private static final int DEEPEST = 256;
    private static final int LONGEST_NAME = 64;

    /** How far up a closing tag is looked for: mismatched tags must not cost the square of their number. */
    private static final int REACH = 32;

    /** Elements of HTML whose names say how text looks, not what it is. */
    private static final Set<String> PRESENTATION = Set.of(
            "html",
            "head",
            "body",
            "div",
            "span",
            "p",
            "a",
            "b",
            "i",
            "em",
            "strong",
            "small",
            "code",
            "pre",
            "td",
            "th",
            "tr",
            "table",
            "tbody",
            "thead",
            "tfoot",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "br",
            "hr",
            "img",
            "input",
            "button",
            "form",
            "label",
            "select",
            "option",
            "textarea",
            "script",
            "style",
            "meta",
            "link",
            "title",
            "nav",
            "main",
            "header",
            "footer",
            "section",
            "article",
            "aside",
            "noscript",
            "svg",
            "path",
            "iframe",
            "blockquote",
            "font",
            "center");

    private final Fields roots;
    private final byte[] source;
    private final boolean html;
    private String[] names = new String[16];
    private Field[] fields = new Field[16];

    /** What the next value in an element is, where an element in it has said so. */
    private @Nullable Field[] named = new Field[16];

    private int depth;

    OpenElements(Fields roots, byte[] source, boolean html) {
        this.roots = roots;
        this.source = source;
        this.html = html;
    }

    /** Whether {@code name} is an element of HTML that says how text looks. */
    static boolean isHtml(String name) {
        return PRESENTATION.contains(name);
    }

    void push(String name, Field field) {
        if (depth == DEEPEST) {
            return;
        }
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            fields = Arrays.copyOf(fields, depth * 2);
            named = Arrays.copyOf(named, depth * 2);
        }
        names[depth] = name;
        named[depth] = null;
        fields[depth++] = field;
    }

    /** Closes the innermost element called {@code name}, and those inside it. */
    void close(String name) {
        for (int i = depth - 1; i >= 0 && i >= depth - REACH; i--) {
            if (names[i].equals(name)) {
                depth = i;
                return;
            }
        }
    }

    /** What the innermost element holds. */
    Field field() {
        return depth == 0 ? roots.xml() : fields[depth - 1];
    }

    /** Takes {@code source[from, to)}, the text of the innermost element, for the name of the value beside it. */
    void nameValue(int from, int to) {
        if (depth >= 2) {
            named[depth - 2] = fields[depth - 2].unkept(source, from, to);
        }
    }

    /**
     * What an element holds by its own name, or by that which an element beside it gave.
     *
     * @param name in lower case, prefix included
     * @param from where it stands
     */
    Field element(String name, int from, int to) {
        if (html && PRESENTATION.contains(name)) {
            return roots.xml();
        }
        int local = from;
        for (int i = from; i < to - 1; i++) {
            if (source[i] == ':') {
                local = i + 1;
            }
        }
        Field own = field().child(source, local, to);
        Field beside = depth == 0 ? null : named[depth - 1];
        boolean takes = own.rule() == null && (own.isNamedValue() || name.equals("string"));
        return takes && beside != null ? beside : own;
    }

    /** What an element holds where its attributes say so: {@code name}, {@code id}, {@code itemprop}, {@code class}. */
    Field meant(Attributes attributes, Field element) {
        for (int i = 0; i < attributes.count(); i++) {
            String attribute = MarkupWalker.lower(source, attributes.nameFrom(i), attributes.nameTo(i));
            boolean naming = switch (attribute) {
                case "name", "key", "field", "itemprop", "id", "property", "autocomplete", "data-field" -> true;
                case "type", "class" -> html;
                default -> false;
            };
            int start = attributes.valueFrom(i);
            while (naming && start < attributes.valueTo(i)) {
                int stop = start;
                while (stop < attributes.valueTo(i) && source[stop] != ' ') {
                    stop++;
                }
                Field candidate =
                        stop - start > LONGEST_NAME || stop == start ? element : element.unkept(source, start, stop);
                if (candidate.isRuled()) {
                    return candidate;
                }
                start = stop + 1;
            }
        }
        return element;
    }
}
