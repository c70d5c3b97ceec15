package dev.retake.verdict.tree;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text to a tree; depth, number and text length are bounded by Jackson's stream constraints. */
final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReader() {}

    /** The one value of {@code text}, null where it is no JSON text. */
    static @Nullable Tree read(String text) {
        List<Tree> values = readAll(text);
        return values != null && values.size() == 1 ? values.get(0) : null;
    }

    /** The values of {@code text} that stand one after another, null where one of them is no JSON. */
    static @Nullable List<Tree> readAll(String text) {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<Tree> values = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values.add(value(parser, token));
            }
            return values;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Tree value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Tree.Text(parser.getString());
            case VALUE_NUMBER_INT -> new Tree.Num(new BigDecimal(parser.getString()), true);
            case VALUE_NUMBER_FLOAT -> new Tree.Num(parser.getDecimalValue(), false);
            case VALUE_TRUE -> new Tree.Bool(true);
            case VALUE_FALSE -> new Tree.Bool(false);
            default -> new Tree.Null();
        };
    }

    private static Tree object(JsonParser parser) {
        Map<String, Tree> fields = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            Tree value = value(parser, parser.nextToken());
            Tree earlier = fields.get(key);
            if (earlier == null) {
                fields.put(key, value);
            } else {
                List<Tree> values = new ArrayList<>(
                        earlier instanceof Tree.Repeated repeated ? repeated.values() : List.of(earlier));
                values.add(value);
                fields.put(key, new Tree.Repeated(values));
            }
        }
        return new Tree.Obj(fields);
    }

    private static Tree array(JsonParser parser) {
        List<Tree> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new Tree.Arr(items);
    }
}
