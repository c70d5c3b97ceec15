package dev.retake.cli.demo.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON that the shop speaks. */
public final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Documents() {}

    /** A new object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** A new array. */
    public static ArrayNode array() {
        return JSON.createArrayNode();
    }

    /** The object in {@code text}, null where that is no JSON object. */
    public static @Nullable ObjectNode parse(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The bytes of {@code document}, in UTF-8 and in one line. */
    public static byte[] bytes(JsonNode document) {
        return JSON.writeValueAsBytes(document);
    }

    /** {@code document} with the keys of every object in reverse order. */
    static JsonNode keysReversed(JsonNode document) {
        if (document instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            ObjectNode reversed = object();
            for (int i = fields.size() - 1; i >= 0; i--) {
                reversed.set(fields.get(i).getKey(), keysReversed(fields.get(i).getValue()));
            }
            return reversed;
        }
        if (document instanceof ArrayNode items) {
            ArrayNode reversed = array();
            items.forEach(item -> reversed.add(keysReversed(item)));
            return reversed;
        }
        return document;
    }
}
