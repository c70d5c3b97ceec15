package dev.retake.replay.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Finds what a page or an XML document hands to its reader: form fields, metadata, links, attributes and text. */
final class MarkupLeaves {
    private static final int MAX_LEAVES = 50_000;
    private static final int MAX_DEPTH = 200;

    private MarkupLeaves() {}

    static void xml(String text, List<Leaf> leaves) {
        Document document = Jsoup.parse(text, "", Parser.xmlParser());
        elements(document, "body:", 0, leaves);
    }

    static void html(String text, List<Leaf> leaves) {
        Document document = Jsoup.parse(text);
        for (Element input : document.select("input[name],button[name]")) {
            String name = input.attr("name");
            leaves.add(new Leaf("body:input[" + name + "]", name, "", input.attr("value"), false));
        }
        for (Element meta : document.select("meta[content]")) {
            String name = meta.hasAttr("name") ? meta.attr("name") : meta.attr("property");
            leaves.add(new Leaf("body:meta[" + name + "]", name, "", meta.attr("content"), false));
        }
        for (Element link : document.select("a[href]")) {
            leaves.add(new Leaf("body:a[" + label(link) + "]", "href", "", link.attr("href"), false));
        }
        for (Element form : document.select("form[action]")) {
            leaves.add(new Leaf("body:form", "action", "", form.attr("action"), false));
        }
        for (Element script : document.select("script:not([src])")) {
            leaves.add(new Leaf("body:script", "", "", script.data(), false));
        }
        elements(document.body(), "body:", 0, leaves);
    }

    private static void elements(Element parent, String path, int depth, List<Leaf> leaves) {
        if (depth > MAX_DEPTH) {
            return;
        }
        Map<String, Integer> positions = new HashMap<>();
        for (Element child : parent.children()) {
            if (leaves.size() > MAX_LEAVES) {
                return;
            }
            String tag = child.normalName();
            int colon = tag.indexOf(':');
            String name = colon < 0 ? tag : tag.substring(colon + 1);
            String here = path + "/" + name + "/" + (positions.merge(name, 1, Integer::sum) - 1);
            for (Attribute attribute : child.attributes()) {
                leaves.add(new Leaf(
                        here + "@" + attribute.getKey(), attribute.getKey(), name, attribute.getValue(), false));
            }
            String text = child.ownText().trim();
            if (!text.isEmpty()) {
                String holder = parent.normalName();
                leaves.add(new Leaf(here, name, holder.startsWith("#") ? "" : holder, text, false));
            }
            elements(child, here, depth + 1, leaves);
        }
    }

    private static String label(Element link) {
        String text = link.text().trim();
        return text.length() > 40 ? text.substring(0, 40) : text;
    }
}
