package dev.retake.verdict.tree;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * An XML or HTML element, with its way to a tree: attributes as {@code @name}, children by their local name, text as
 * {@code #text}. Namespace prefixes, comments and white space at the edges of text do not count.
 */
final class Markup {
    private static final int DEPTH = 400;
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Markup> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Markup(String name) {
        this.name = name;
    }

    /** The root element of an XML document, null where it is not well-formed, has a DTD entity, or is too deep. */
    static @Nullable Markup xml(String document) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(document.strip()));
            Deque<Markup> open = new ArrayDeque<>();
            Markup root = null;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    Markup element = new Markup(reader.getLocalName());
                    String parentSpace =
                            root == null ? "" : open.getFirst().attributes.getOrDefault("@xmlns", "");
                    String space = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
                    if (root == null && !space.isEmpty() || root != null && !space.equals(parentSpace)) {
                        element.attributes.put("@xmlns", space);
                    }
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        element.attributes.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                    }
                    if (root == null) {
                        root = element;
                    } else {
                        open.getFirst().children.add(element);
                    }
                    open.push(element);
                    if (open.size() > DEPTH) {
                        return null;
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.pop();
                } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return null;
                } else if (reader.isCharacters() && !open.isEmpty()) {
                    open.getFirst().text.append(reader.getText());
                }
            }
            return root;
        } catch (XMLStreamException e) {
            return null;
        }
    }

    /** The root element of an HTML page, null where it is too deep; any text is some HTML page. */
    static @Nullable Markup html(String page) {
        Markup top = new Markup("html");
        record Pending(Node node, Markup parent, int depth) {}
        Deque<Pending> left = new ArrayDeque<>();
        for (org.jsoup.nodes.Element root : Jsoup.parse(page).children()) {
            root.childNodes().forEach(child -> left.add(new Pending(child, top, 1)));
        }
        while (!left.isEmpty()) {
            Pending next = left.poll();
            if (next.depth() > DEPTH) {
                return null;
            }
            if (next.node() instanceof TextNode words) {
                append(next.parent(), words.text().strip());
            } else if (next.node() instanceof DataNode data) {
                append(next.parent(), data.getWholeData().strip());
            } else if (next.node() instanceof org.jsoup.nodes.Element element) {
                Markup markup = new Markup(element.normalName());
                element.attributes()
                        .forEach(a -> markup.attributes.put("@" + a.getKey().toLowerCase(Locale.ROOT), a.getValue()));
                next.parent().children.add(markup);
                for (Node child : element.childNodes()) {
                    left.add(new Pending(child, markup, next.depth() + 1));
                }
            }
        }
        return top;
    }

    private static void append(Markup parent, String words) {
        if (!words.isEmpty()) {
            parent.text.append(parent.text.isEmpty() ? "" : " ").append(words);
        }
    }

    /** Paths of elements of which one parent has several, here or in what {@code paths} holds already. */
    void collectRepeated(String path, Set<String> paths) {
        String here = path + "/" + name;
        Map<String, Integer> counts = new HashMap<>();
        for (Markup child : children) {
            if (counts.merge(child.name, 1, Integer::sum) > 1) {
                paths.add(here + "/" + child.name);
            }
            child.collectRepeated(here, paths);
        }
    }

    /** Both documents as trees, an element that repeats in either as an array in both. */
    static Tree[] trees(Markup one, Markup other) {
        Set<String> repeated = new HashSet<>();
        one.collectRepeated("", repeated);
        other.collectRepeated("", repeated);
        return new Tree[] {one.document(repeated), other.document(repeated)};
    }

    private Tree document(Set<String> repeated) {
        return new Tree.Obj(Map.of(name, tree("", repeated)));
    }

    private Tree tree(String path, Set<String> repeated) {
        String here = path + "/" + name;
        String words = text.toString().strip();
        if (attributes.isEmpty() && children.isEmpty()) {
            return new Tree.Text(words);
        }
        Map<String, Tree> fields = new LinkedHashMap<>();
        attributes.forEach((key, value) -> fields.put(key, new Tree.Text(value)));
        for (Markup child : children) {
            Tree value = child.tree(here, repeated);
            if (repeated.contains(here + "/" + child.name)) {
                Tree list = fields.computeIfAbsent(child.name, key -> new Tree.Arr(new ArrayList<>()));
                ((Tree.Arr) list).items().add(value);
            } else {
                fields.put(child.name, value);
            }
        }
        if (!words.isEmpty()) {
            fields.put("#text", new Tree.Text(words));
        }
        return new Tree.Obj(fields);
    }
}
