package dev.retake.cli.demo;

import dev.retake.cli.demo.shop.Documents;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One recorded exchange before and after sanitizing, field by field. What it was before comes from the shop, which made
 * it up: the recorder keeps nothing that could tell.
 *
 * @param fields by their place in the document
 */
record SanitizedSample(String operation, String exchange, Map<String, Pair> fields) {
    private static final String PROFILE = "/api/profile";

    /** A value as it was sent, and as it is stored. */
    record Pair(String sent, String stored) {}

    /**
     * Finds a profile among {@code session}'s exchanges.
     *
     * @param originals profiles by the surrogate of their e-mail address
     * @return null where there is none
     */
    static @Nullable SanitizedSample of(List<Exchange> session, Map<String, ObjectNode> originals) {
        for (Exchange exchange : session) {
            Response response = exchange.response();
            if (exchange.request().target().equals(PROFILE)
                    && exchange.request().method().equals("GET")
                    && response != null) {
                ObjectNode stored = Documents.parse(new String(response.body().bytes(), StandardCharsets.UTF_8));
                ObjectNode sent = stored == null
                        ? null
                        : originals.get(stored.path("email").asString(""));
                if (stored != null && sent != null) {
                    Map<String, Pair> fields = new LinkedHashMap<>();
                    collect("", sent, stored, fields);
                    return new SanitizedSample("GET " + PROFILE, exchange.id().toString(), fields);
                }
            }
        }
        return null;
    }

    private static void collect(String place, JsonNode sent, JsonNode stored, Map<String, Pair> fields) {
        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            String name = place.isEmpty() ? field.getKey() : place + "." + field.getKey();
            JsonNode kept = stored.path(field.getKey());
            if (field.getValue().isObject()) {
                collect(name, field.getValue(), kept, fields);
            } else {
                fields.put(name, new Pair(field.getValue().asString(), kept.asString("")));
            }
        }
    }
}
