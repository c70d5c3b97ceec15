package dev.retake.cli.demo;

import dev.retake.cli.demo.shop.Customer;
import dev.retake.cli.demo.shop.Documents;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Response;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
    private static final String PROFILE = "GET /api/profile";

    /** A value as it was sent, and as it is stored. */
    record Pair(String sent, String stored) {}

    /**
     * Finds a profile that was looked at.
     *
     * @param customers as production has them
     * @param anonymized the same customers, as the recording has them
     * @return null where nobody looked
     */
    static @Nullable SanitizedSample first(JournalReader journal, List<Customer> customers, List<Customer> anonymized) {
        Map<String, Customer> bySurrogate = new HashMap<>();
        for (int i = 0; i < customers.size(); i++) {
            bySurrogate.put(anonymized.get(i).email(), customers.get(i));
        }
        List<Session> sessions;
        try (Stream<Session> all = journal.sessions(SessionQuery.ALL)) {
            sessions = all.toList();
        }
        for (Session session : sessions) {
            try (Stream<Exchange> exchanges = journal.exchanges(session.id())) {
                SanitizedSample sample = exchanges
                        .map(exchange -> of(exchange, bySurrogate))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
                if (sample != null) {
                    return sample;
                }
            }
        }
        return null;
    }

    private static @Nullable SanitizedSample of(Exchange exchange, Map<String, Customer> bySurrogate) {
        Response response = exchange.response();
        if (response == null || !PROFILE.equals(PathTemplate.operation(exchange.request()))) {
            return null;
        }
        ObjectNode stored = Documents.parse(new String(response.body().bytes(), StandardCharsets.UTF_8));
        Customer customer =
                stored == null ? null : bySurrogate.get(stored.path("email").asString(""));
        if (stored == null || customer == null) {
            return null;
        }
        Map<String, Pair> fields = new LinkedHashMap<>();
        collect("", customer.profile(), stored, fields);
        return new SanitizedSample(PROFILE, exchange.id().toString(), fields);
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
