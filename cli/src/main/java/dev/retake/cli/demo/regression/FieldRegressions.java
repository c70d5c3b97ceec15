package dev.retake.cli.demo.regression;

import static dev.retake.cli.demo.regression.Change.document;
import static dev.retake.cli.demo.regression.Change.eachIn;
import static dev.retake.cli.demo.regression.Change.inReply;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Fields that are gone, renamed, of another type or of another value. */
final class FieldRegressions {
    private static final String PRODUCT = "GET /api/products/{id}";
    private static final String PRODUCTS = "GET /api/products";
    private static final String PROFILE = "GET /api/profile";
    private static final String CART = "GET /api/cart/{id}";
    private static final String ORDER = "GET /api/orders/{id}";
    private static final String ORDERS = "GET /api/orders";
    private static final String SHIPPING = "GET /api/shipping";

    private FieldRegressions() {}

    static List<Regression> all() {
        return List.of(
                inReply(
                        "phone-gone",
                        "The profile no longer has the phone number.",
                        "field-missing",
                        PROFILE,
                        "/phone",
                        document(d -> d.remove("phone"))),
                inReply(
                        "vouchers-gone",
                        "The cart no longer lists vouchers.",
                        "field-missing",
                        CART,
                        "/vouchers",
                        document(d -> d.remove("vouchers"))),
                inReply(
                        "carrier-gone",
                        "A product no longer says who delivers it.",
                        "field-missing",
                        PRODUCT,
                        "/delivery/carrier",
                        document(d -> ((ObjectNode) d.path("delivery")).remove("carrier"))),
                inReply(
                        "password-leaked",
                        "The profile shows the hash of the password.",
                        "exposure",
                        PROFILE,
                        "/passwordHash",
                        document(d ->
                                d.put("passwordHash", "$2b$12$9vT3mQ0sJ7xZr1YwKqLh8uE4bC6dF2gH5iN8oP0aS3tU6vW9xYz1e"))),
                inReply(
                        "cost-price-shown",
                        "A product shows what the shop paid for it.",
                        "field-added",
                        PRODUCT,
                        "/costPrice",
                        document(d -> d.put("costPrice", new BigDecimal("7.15")))),
                inReply(
                        "stock-as-text",
                        "The stock is a string instead of a number.",
                        "type-changed",
                        PRODUCT,
                        "/stock",
                        document(d -> d.put("stock", d.path("stock").asString()))),
                inReply(
                        "flag-as-text",
                        "A flag of the wish list is a string instead of a boolean.",
                        "type-changed",
                        "GET /api/wishlist",
                        "/shared",
                        document(d -> d.put("shared", d.path("shared").asString()))),
                inReply(
                        "list-null",
                        "An empty list of the wish list is null.",
                        "type-changed",
                        "GET /api/wishlist",
                        "/sharedWith",
                        document(d -> d.putNull("sharedWith"))),
                inReply(
                        "price-as-text",
                        "Shipping prices are strings with a comma.",
                        "type-changed",
                        SHIPPING,
                        "/options/*/price",
                        eachIn(
                                "options",
                                o -> o.put("price", o.path("price").asString().replace('.', ',')))),
                inReply(
                        "prices-rounded",
                        "Prices in lists are rounded to whole euros.",
                        "field-changed",
                        PRODUCTS,
                        "/items/*/price",
                        eachIn(
                                "items",
                                item -> item.put(
                                        "price", rounded(item.path("price").decimalValue())))),
                inReply(
                        "currency-wrong",
                        "Shipping is quoted in dollars, with the numbers of euros.",
                        "field-changed",
                        SHIPPING,
                        "/currency",
                        document(d -> d.put("currency", "USD"))),
                inReply(
                        "total-wrong",
                        "The cart's total takes off 4.90 that nobody granted.",
                        "field-changed",
                        CART,
                        "/total",
                        document(d ->
                                d.put("total", d.path("subtotal").decimalValue().subtract(new BigDecimal("4.90"))))),
                inReply(
                        "tax-wrong",
                        "An order's tax is computed with another rate.",
                        "field-changed",
                        ORDER,
                        "/tax",
                        document(d -> d.put(
                                "tax",
                                d.path("total")
                                        .decimalValue()
                                        .multiply(new BigDecimal("0.0654"))
                                        .setScale(2, RoundingMode.HALF_UP)))),
                inReply(
                        "enum-lower-case",
                        "An order's status is in lower case.",
                        "field-changed",
                        ORDER,
                        "/status",
                        document(d -> d.put("status", "placed"))),
                inReply(
                        "time-zone-lost",
                        "An order's time has lost its zone.",
                        "field-changed",
                        ORDER,
                        "/createdAt",
                        document(d -> d.put(
                                "createdAt", d.path("createdAt").asString().replace("Z", "")))),
                inReply(
                        "date-format",
                        "Delivery dates are in another format.",
                        "field-changed",
                        SHIPPING,
                        "/options/*/earliest",
                        eachIn(
                                "options",
                                o -> o.put(
                                        "earliest", dayFirst(o.path("earliest").asString())))),
                inReply(
                        "session-shorter",
                        "A login lasts a minute instead of an hour.",
                        "field-changed",
                        "POST /api/login",
                        "/expiresIn",
                        document(d -> d.put("expiresIn", 60))),
                inReply(
                        "pages-off-by-one",
                        "Lists say that they have a page more.",
                        "field-changed",
                        PRODUCTS,
                        "/pages",
                        document(d -> d.put("pages", d.path("pages").asInt() + 1))),
                inReply(
                        "count-wrong",
                        "The list of orders counts one too many.",
                        "field-changed",
                        ORDERS,
                        "/count",
                        document(d -> d.put("count", d.path("count").asInt() + 1))),
                inReply(
                        "refused-hidden",
                        "An upload says that nothing was refused.",
                        "field-changed",
                        "POST /api/wishlist/import",
                        "/refused",
                        document(d -> d.put("refused", 0))),
                inReply(
                        "country-wrong",
                        "A changed profile comes back with a country that was never set.",
                        "field-changed",
                        "PUT /api/profile",
                        "/address/country",
                        document(d -> ((ObjectNode) d.path("address")).put("country", "AT"))),
                inReply(
                        "amount-unmultiplied",
                        "Lines of a new cart item cost as if there were one piece more.",
                        "field-changed",
                        "POST /api/cart/{id}/items",
                        "/items/*/amount",
                        eachIn(
                                "items",
                                i -> i.put(
                                        "amount",
                                        i.path("amount")
                                                .decimalValue()
                                                .add(i.path("price").decimalValue())))));
    }

    private static BigDecimal rounded(BigDecimal price) {
        return price.setScale(0, RoundingMode.HALF_UP).setScale(2, RoundingMode.UNNECESSARY);
    }

    private static String dayFirst(String date) {
        return date.substring(8) + "/" + date.substring(5, 7) + "/" + date.substring(0, 4);
    }
}
