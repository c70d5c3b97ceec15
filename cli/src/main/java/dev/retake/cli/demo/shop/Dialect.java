package dev.retake.cli.demo.shop;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How an instance spells what it says: differences that no client of HTTP or JSON may care about. */
public enum Dialect {
    /** Headers as the handlers write them, keys in the order of the code. */
    PLAIN {
        @Override
        String header(String name) {
            return name;
        }

        @Override
        JsonNode document(JsonNode document) {
            return document;
        }
    },
    /** Header names in lower case, keys the other way round: another framework, another serializer. */
    REBUILT {
        @Override
        String header(String name) {
            return name.toLowerCase(Locale.ROOT);
        }

        @Override
        JsonNode document(JsonNode document) {
            return Documents.keysReversed(document);
        }
    };

    abstract String header(String name);

    abstract JsonNode document(JsonNode document);
}
