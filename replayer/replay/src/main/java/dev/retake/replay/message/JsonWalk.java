package dev.retake.replay.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds every scalar and every key of a JSON text with its pointer and its place in the characters. */
final class JsonWalk {
    private static final JsonFactory JSON = new JsonFactory();

    /** More values than this in one document are not looked at: the work for one message stays bounded. */
    private static final int MAX_VALUES = 50_000;

    /**
     * A scalar or a key.
     *
     * @param pointer RFC 6901; of a key, that of its value
     * @param name nearest key above it, empty at the root
     * @param parent key of the object or array that holds it, empty at the root
     * @param value a string's content, a number's literal, or the key
     * @param kind what it is
     * @param start offset of its first character, the quote left out
     * @param end offset past its last character, the quote left out
     */
    record Found(String pointer, String name, String parent, String value, Kind kind, int start, int end) {}

    /** What a found value is. */
    enum Kind {
        STRING,
        NUMBER,
        KEY
    }

    private record Level(String pointer, String name, boolean array) {}

    private JsonWalk() {}

    /** What {@code text} holds in order, or null where it is not JSON. */
    static @Nullable List<Found> of(String text) {
        List<Found> found = new ArrayList<>();
        int offset = text.startsWith("\uFEFF") ? 1 : 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text.substring(offset))) {
            return walk(parser, text, offset, found) ? found : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean walk(JsonParser parser, String text, int offset, List<Found> found) {
        Deque<Level> levels = new ArrayDeque<>();
        Deque<int[]> positions = new ArrayDeque<>();
        String key = "";
        boolean any = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            any = true;
            if (found.size() >= MAX_VALUES) {
                return true;
            }
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                levels.pop();
                positions.pop();
                continue;
            }
            Level level = levels.peek();
            int start = offset + (int) parser.currentTokenLocation().getCharOffset();
            if (token == JsonToken.PROPERTY_NAME) {
                key = parser.currentName();
                String pointer = level == null ? "" : level.pointer + "/" + escape(key);
                String name = level == null ? "" : level.name;
                found.add(new Found(pointer, name, name, key, Kind.KEY, start + 1, endOfString(text, start)));
                continue;
            }
            String pointer = "";
            String name = "";
            String parent = "";
            if (level != null) {
                int[] position = positions.element();
                pointer = level.pointer + "/" + (level.array ? Integer.toString(position[0]++) : escape(key));
                name = level.array ? level.name : key;
                parent = level.name;
            }
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    levels.push(new Level(pointer, name, token == JsonToken.START_ARRAY));
                    positions.push(new int[1]);
                }
                case VALUE_STRING ->
                    found.add(new Found(
                            pointer,
                            name,
                            parent,
                            parser.getString(),
                            Kind.STRING,
                            start + 1,
                            endOfString(text, start)));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    String literal = parser.getString();
                    found.add(new Found(pointer, name, parent, literal, Kind.NUMBER, start, start + literal.length()));
                }
                default -> {
                    // true, false and null identify nothing
                }
            }
        }
        return any;
    }

    /** Offset of the quote that closes the string which opens at {@code open}. */
    private static int endOfString(String text, int open) {
        int i = open + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    private static String escape(String key) {
        return key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
    }
}
