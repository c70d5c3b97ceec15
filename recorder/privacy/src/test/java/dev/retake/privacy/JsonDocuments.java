package dev.retake.privacy;

import java.util.random.RandomGenerator;

/** Random JSON documents that hold nothing personal. */
final class JsonDocuments {
    private static final String[] KEYS = {
        "id", "sku", "price", "quantity", "title", "status", "created", "tags", "weight", "total", "currency", "page"
    };
    private static final String[] WORDS = {
        "red",
        "large",
        "shipped",
        "cotton",
        "EUR",
        "2026-03-04",
        "in stock",
        "99.5",
        "A-100",
        "caf\u00e9",
        "\\n",
        "\\u00e9",
        "\\/"
    };

    private JsonDocuments() {}

    static String random(RandomGenerator random) {
        StringBuilder json = new StringBuilder();
        value(random, json, 0);
        return json.toString();
    }

    private static void value(RandomGenerator random, StringBuilder json, int depth) {
        switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> json.append(random.nextBoolean() ? "null" : "true");
            case 1 -> json.append(random.nextInt(100_000)).append(random.nextBoolean() ? "" : ".50");
            case 2, 3 ->
                json.append('"')
                        .append(WORDS[random.nextInt(WORDS.length)])
                        .append(random.nextBoolean() ? "" : " " + WORDS[random.nextInt(WORDS.length)])
                        .append('"');
            case 4 -> array(random, json, depth);
            default -> object(random, json, depth);
        }
        space(random, json);
    }

    private static void array(RandomGenerator random, StringBuilder json, int depth) {
        json.append('[');
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            json.append(i == 0 ? "" : ",");
            value(random, json, depth + 1);
        }
        json.append(']');
    }

    private static void object(RandomGenerator random, StringBuilder json, int depth) {
        json.append('{');
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            json.append(i == 0 ? "" : ",");
            space(random, json);
            json.append('"').append(KEYS[random.nextInt(KEYS.length)]).append("\":");
            space(random, json);
            value(random, json, depth + 1);
        }
        json.append('}');
    }

    private static void space(RandomGenerator random, StringBuilder json) {
        json.append(random.nextInt(4) == 0 ? " \n" : "");
    }
}
