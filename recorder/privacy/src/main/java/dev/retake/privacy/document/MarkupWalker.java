package dev.retake.privacy.document;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.Structure;
import dev.retake.privacy.value.Syntax;
import dev.retake.privacy.value.UriWalker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Walks XML (1.0) and HTML: text, attributes, CDATA, comments, instructions and the document type. Nothing is parsed into
 * a tree, no entity is expanded, nothing external is read; mismatched tags are taken as they come.
 *
 * <p>An instance walks one document, once. It is long because XML and HTML share one pass, whose every construct ends in
 * its own way.
 */
final class MarkupWalker {
    private static final int LONGEST_TAG_NAME = 64;

    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private static final Set<String> LINKS =
            Set.of("href", "src", "action", "formaction", "cite", "poster", "data-url");

    private final Leaves leaves;
    private final byte[] source;
    private final int end;
    private final boolean cut;
    private final int level;
    private final Edits edits;
    private final boolean html;
    private final Labels labels;

    private final OpenElements open;
    private int at;

    /** A walker of {@code source[from, to)}; {@code cut} where the document goes on after that. */
    MarkupWalker(Leaves leaves, byte[] source, int from, int to, boolean cut, int level, Edits edits) {
        this.leaves = leaves;
        this.source = source;
        this.at = from;
        this.end = to;
        this.cut = cut;
        this.level = level;
        this.edits = edits;
        this.html = looksLikeHtml(source, from, to);
        this.labels = new Labels(leaves.fields());
        this.open = new OpenElements(leaves.fields(), source, html);
    }

    /** Whether text that begins at {@code from} begins as markup does. */
    static boolean looksLikeMarkup(byte[] source, int from, int to) {
        if (from + 2 >= to || source[from] != '<') {
            return false;
        }
        byte next = source[from + 1];
        boolean opens = next == '?' || next == '!' || next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z';
        for (int i = from + 2; opens && i < to; i++) {
            if (source[i] == '>') {
                return true;
            }
        }
        return false;
    }

    private static boolean looksLikeHtml(byte[] source, int from, int to) {
        int at = from;
        while (at < to && source[at] != '<') {
            at++;
        }
        int start = Math.min(at + 1, to);
        int stop = start;
        while (stop < to && stop - start < 16 && (isNameByte(source[stop]) || source[stop] == '!')) {
            stop++;
        }
        String first = lower(source, start, stop);
        return first.equals("!doctype")
                ? lower(source, Math.min(stop + 1, to), Math.min(stop + 5, to)).equals("html")
                : OpenElements.isHtml(first);
    }

    void walk() {
        while (at < end) {
            int tag = indexOf('<', at);
            text(at, tag);
            at = tag;
            if (at < end && !construct()) {
                tail();
            }
        }
    }

    /** Walks what begins with {@code <}; false where it has no end. */
    private boolean construct() {
        if (startsWith("<!--")) {
            return delimited("<!--", "-->");
        }
        if (startsWith("<![CDATA[")) {
            return cdata();
        }
        if (startsWith("<?")) {
            return delimited("<?", "?>");
        }
        if (startsWith("<!")) {
            return declaration();
        }
        if (startsWith("</")) {
            return close();
        }
        if (at + 1 < end && isNameByte(source[at + 1])) {
            return open();
        }
        text(at, at + 1);
        at++;
        return true;
    }

    /** What follows an unfinished construct: of a document that was cut its last token goes. */
    private void tail() {
        if (cut) {
            leaves.cut(leaves.fields().nameless(), source, at, end, Escaping.NONE, level, edits);
        } else {
            leaves.text().run(source, at, end, Syntax.PROSE, level, edits);
        }
        at = end;
    }

    private boolean delimited(String open, String close) {
        int stop = indexOf(close, at + open.length());
        if (stop < 0) {
            return false;
        }
        boolean declaration = leaves.hasRemainder() && open.equals("<?") && startsWith("<?xml ");
        if (declaration) {
            leaves.value(leaves.fields().structure(), source, at + 2, stop, Escaping.NONE, level, edits);
        } else {
            leaves.text().walk(leaves.fields().nameless(), source, at + open.length(), stop, level, edits);
        }
        at = stop + close.length();
        return true;
    }

    private boolean cdata() {
        int start = at + "<![CDATA[".length();
        int stop = indexOf("]]>", start);
        if (stop < 0) {
            if (cut) {
                leaves.cut(open.field(), source, start, end, Escaping.NONE, level, edits);
                at = end;
            }
            return cut;
        }
        leaves.value(open.field(), source, start, stop, Escaping.NONE, level, edits);
        at = stop + 3;
        return true;
    }

    /** A document type, whose internal subset may hold {@code >} in brackets and quotes. */
    private boolean declaration() {
        int brackets = 0;
        for (int i = at; i < end; i++) {
            byte b = source[i];
            if (b == '[') {
                brackets++;
            } else if (b == ']') {
                brackets--;
            } else if (b == '>' && brackets <= 0) {
                boolean plain = leaves.hasRemainder()
                        && lower(source, at + 2, i).strip().equals("doctype html");
                if (!plain) {
                    leaves.text().run(source, at + 2, i, Syntax.PROSE, level, edits);
                }
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    private boolean close() {
        int stop = indexOf('>', at);
        if (stop == end) {
            return false;
        }
        int nameEnd = at + 2;
        while (nameEnd < stop && isNameByte(source[nameEnd])) {
            nameEnd++;
        }
        String name = lower(source, at + 2, nameEnd);
        name(at + 2, nameEnd);
        open.close(name);
        leaves.value(leaves.fields().nameless(), source, nameEnd, stop, Escaping.MARKUP, level, edits);
        labels.closed(name);
        at = stop + 1;
        return true;
    }

    private boolean open() {
        int nameEnd = at + 1;
        while (nameEnd < end && isNameByte(source[nameEnd])) {
            nameEnd++;
        }
        Attributes attributes = new Attributes(source, nameEnd, end);
        if (attributes.end() < 0) {
            return unfinished(nameEnd, attributes);
        }
        String name = lower(source, at + 1, Math.min(nameEnd, at + 1 + LONGEST_TAG_NAME));
        name(at + 1, nameEnd);
        labels.opened(name);
        Field element = open.element(name, at + 1, nameEnd);
        Field meant = open.meant(attributes, element);
        attributes(attributes, element, meant);
        boolean empty = source[attributes.end() - 1] == '/' || html && VOID.contains(name);
        at = attributes.end() + 1;
        if (!empty) {
            open.push(name, meant);
            if (html && (name.equals("script") || name.equals("style"))) {
                raw(name);
            }
        }
        return true;
    }

    /** An element's name that looks like a value is replaced, alike where it opens and closes. */
    private void name(int from, int to) {
        if (!leaves.hasRemainder()
                || !Structure.looksLikeValue(new String(source, from, to - from, StandardCharsets.UTF_8))) {
            return;
        }
        byte[] text = Arrays.copyOfRange(source, from, to);
        byte[] other = leaves.word(text);
        if (other != text) {
            edits.add(from, to, other);
        }
    }

    private boolean unfinished(int nameEnd, Attributes attributes) {
        if (!cut) {
            return false;
        }
        attributes(attributes, open.field(), open.field());
        int from = attributes.count() == 0 ? nameEnd : attributes.afterLast();
        if (from < end) {
            edits.add(from, end, new byte[0]);
        }
        at = end;
        return true;
    }

    private void attributes(Attributes attributes, Field element, Field meant) {
        long company = html ? 0 : company(attributes, element);
        for (int i = 0; i < attributes.count(); i++) {
            int from = attributes.valueFrom(i);
            int to = attributes.valueTo(i);
            String name = lower(source, attributes.nameFrom(i), attributes.nameTo(i));
            if (!isName(name)) {
                leaves.value(
                        leaves.fields().nameless(),
                        source,
                        attributes.nameFrom(i),
                        attributes.nameTo(i),
                        Escaping.MARKUP,
                        level,
                        edits);
            }
            if (from == to) {
                continue;
            }
            if (LINKS.contains(name)) {
                link(from, to);
                continue;
            }
            boolean describes = switch (name) {
                case "name" -> html;
                case "key", "field", "itemprop", "id", "property", "autocomplete", "type", "class", "for" -> true;
                default -> false;
            };
            Field own = describes
                    ? described(from, to)
                    : element.child(source, attributes.nameFrom(i), attributes.nameTo(i))
                            .beside(company);
            leaves.value(own.isNamedValue() ? meant : own, source, from, to, Escaping.MARKUP, level, edits);
        }
    }

    /** What the attributes of an element tell of each other. */
    private long company(Attributes attributes, Field element) {
        long company = 0;
        for (int i = 0; i < attributes.count(); i++) {
            company |= element.child(source, attributes.nameFrom(i), attributes.nameTo(i))
                    .company();
        }
        return company;
    }

    /** What names and classes of a page are, the page's own words; of other markup they are content. */
    private Field described(int from, int to) {
        boolean own = html
                && leaves.hasRemainder()
                && !Structure.looksLikeValue(new String(source, from, to - from, StandardCharsets.ISO_8859_1));
        return own ? leaves.fields().structure() : leaves.fields().nameless();
    }

    private void link(int from, int to) {
        DecodedText decoded = Escaping.MARKUP.decode(source, from, to);
        if (decoded == null) {
            UriWalker.walk(leaves, source, from, to, level, edits);
        } else {
            Edits inner = new Edits();
            UriWalker.walk(leaves, decoded.bytes(), 0, decoded.length(), level, inner);
            inner.into(edits, decoded, Escaping.MARKUP, source);
        }
    }

    /** The content of {@code script} and {@code style}, which holds no tags. */
    private void raw(String name) {
        int stop = indexOf("</" + name, at);
        int to = stop < 0 ? end : stop;
        if (stop < 0 && cut) {
            leaves.cut(leaves.fields().nameless(), source, at, to, Escaping.NONE, level, edits);
        } else {
            leaves.text().script(source, at, to, level, edits);
        }
        at = to;
    }

    private void text(int from, int to) {
        int start = from;
        int stop = to;
        while (start < stop && Utf8.isSpace(source[start])) {
            start++;
        }
        if (cut && to == end) {
            leaves.cut(open.field(), source, start, stop, Escaping.MARKUP, level, edits);
            return;
        }
        while (stop > start && Utf8.isSpace(source[stop - 1])) {
            stop--;
        }
        if (start == stop) {
            return;
        }
        Field own = open.field();
        if (own.namesValue() && stop - start <= LONGEST_TAG_NAME) {
            open.nameValue(start, stop);
        }
        Field label = own.rule() == null ? labels.field(source, start, stop) : null;
        leaves.value(label == null ? own : label, source, start, stop, Escaping.MARKUP, level, edits);
    }

    private boolean startsWith(String wanted) {
        if (at + wanted.length() > end) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (source[at + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(char wanted, int from) {
        int i = from;
        while (i < end && source[i] != wanted) {
            i++;
        }
        return i;
    }

    /** Where {@code wanted}, in lower case, begins in any case; -1 where it does not. */
    private int indexOf(String wanted, int from) {
        for (int i = from; i + wanted.length() <= end; i++) {
            int matched = 0;
            while (matched < wanted.length() && lower(source[i + matched]) == wanted.charAt(matched)) {
                matched++;
            }
            if (matched == wanted.length()) {
                return i;
            }
        }
        return -1;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    static String lower(byte[] source, int from, int to) {
        return new String(source, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** Whether an attribute's name is one; in a tag with a quote too many it may be anything. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && c != '-' && c != ':' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameByte(byte b) {
        return b < 0
                || b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == ':'
                || b == '_'
                || b == '-'
                || b == '.';
    }
}
