package dev.retake.replay.message;

import dev.retake.replay.message.Slot.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Finds character data and attribute values in XML or HTML without building a tree, so that the rest stays as it is. */
final class XmlSlots {
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w:.-]+)\\s*=\\s*(?:\"([^\"<]*)\"|'([^'<]*)')");
    private static final int MAX_VALUES = 50_000;

    private XmlSlots() {}

    static void collect(String text, List<Slot> slots) {
        String element = "";
        int at = 0;
        while (at < text.length() && slots.size() < MAX_VALUES) {
            int open = text.indexOf('<', at);
            int end = open < 0 ? text.length() : open;
            add(text, at, end, element, "body:" + element, slots);
            if (open < 0) {
                return;
            }
            int close = text.indexOf('>', open);
            if (close < 0) {
                return;
            }
            if (Character.isLetter(text.charAt(Math.min(open + 1, close)))) {
                element = nameAt(text, open + 1, close);
                Matcher attribute = ATTRIBUTE.matcher(text).region(open, close);
                while (attribute.find()) {
                    int group = attribute.group(2) != null ? 2 : 3;
                    String location = "body:" + element + "@" + attribute.group(1);
                    add(text, attribute.start(group), attribute.end(group), attribute.group(1), location, slots);
                }
            }
            at = close + 1;
        }
    }

    private static void add(String text, int start, int end, String name, String location, List<Slot> slots) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            String value = Parser.unescapeEntities(text.substring(from, to), true);
            slots.add(new Slot(Place.BODY, 0, from, to, Encoding.XML, name, "", value, false, location));
        }
    }

    private static String nameAt(String text, int from, int to) {
        int end = from;
        while (end < to && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '/') {
            end++;
        }
        int colon = text.lastIndexOf(':', end - 1);
        return text.substring(colon >= from ? colon + 1 : from, end);
    }
}
