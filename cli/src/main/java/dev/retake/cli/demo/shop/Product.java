package dev.retake.cli.demo.shop;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Something that the shop sells. */
record Product(
        String sku, String name, String category, BigDecimal price, int stock, double rating, int grams, String text) {

    /** It as {@link #record()} has it. */
    static Product of(JsonNode record) {
        return new Product(
                record.path("sku").asString(),
                record.path("name").asString(),
                record.path("category").asString(),
                record.path("price").decimalValue(),
                record.path("stock").intValue(),
                record.path("rating").doubleValue(),
                record.path("weightGrams").intValue(),
                record.path("description").asString());
    }

    /** What a database has of it. */
    ObjectNode record() {
        return summary().put("stock", stock).put("weightGrams", grams).put("description", text);
    }

    /** What a list shows of it. */
    ObjectNode summary() {
        return Documents.object()
                .put("sku", sku)
                .put("name", name)
                .put("category", category)
                .put("price", price)
                .put("currency", "EUR")
                .put("rating", rating);
    }

    /** All of it. */
    ObjectNode details() {
        ObjectNode details = summary();
        details.put("stock", stock)
                .put("available", stock > 0)
                .put("weightGrams", grams)
                .put("description", text);
        details.putObject("delivery").put("days", stock > 0 ? 2 : 14).put("carrier", "parcel");
        return details;
    }
}
