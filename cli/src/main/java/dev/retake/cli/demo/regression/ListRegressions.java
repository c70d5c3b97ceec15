package dev.retake.cli.demo.regression;

import static dev.retake.cli.demo.regression.Change.document;
import static dev.retake.cli.demo.regression.Change.inReply;
import static dev.retake.cli.demo.regression.Change.inRequest;
import static dev.retake.cli.demo.regression.Change.reversed;

import dev.retake.cli.demo.shop.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/** Lists, tables and streams that are shorter, longer or in another order. */
final class ListRegressions {
    private static final String PRODUCTS = "GET /api/products";
    private static final String EXPORT = "GET /api/orders/export.csv";
    private static final String STREAM = "GET /api/prices/stream";

    private ListRegressions() {}

    static List<Regression> all() {
        return List.of(
                inReply(
                        "page-short",
                        "Every page lacks its last product.",
                        "field-missing",
                        PRODUCTS,
                        "/items/*",
                        document(d -> {
                            ArrayNode items = (ArrayNode) d.path("items");
                            if (items.size() > 1) {
                                items.remove(items.size() - 1);
                            }
                        })),
                inReply(
                        "sort-reversed",
                        "Lists are in the opposite order.",
                        "order",
                        PRODUCTS,
                        "/items",
                        document(d -> d.set("items", reversed(d.path("items"))))),
                inReply(
                        "orders-oldest-first",
                        "Orders are listed oldest first.",
                        "order",
                        "GET /api/orders",
                        "/orders",
                        document(d -> d.set("orders", reversed(d.path("orders"))))),
                inRequest(
                        "filter-dropped",
                        "Search shows what is out of stock though it was left out.",
                        "field-added",
                        "GET /api/search",
                        "/*",
                        request -> request.withoutParameter("inStock")),
                inReply(
                        "stream-truncated",
                        "The price stream ends early.",
                        "field-missing",
                        STREAM,
                        "/*",
                        reply -> reply.content() instanceof Reply.Lines lines
                                ? new Reply(
                                        reply.status(),
                                        reply.headers(),
                                        new Reply.Lines(lines.lines()
                                                .subList(0, lines.lines().size() / 2)))
                                : reply),
                inReply(
                        "csv-column-gone",
                        "The export has no column for the number of items.",
                        "field-missing",
                        EXPORT,
                        "/*/items",
                        reply -> reply.withText(csv -> csv.lines()
                                .map(line -> line.replaceFirst(",[^,]+,([^,]+),([^,]+)$", ",$1,$2"))
                                .collect(Collectors.joining("\n", "", "\n")))),
                inReply(
                        "csv-currency",
                        "The export names another currency.",
                        "field-changed",
                        EXPORT,
                        "/*/currency",
                        reply -> reply.withText(csv -> csv.replace(",EUR\n", ",CHF\n"))),
                inReply(
                        "umlauts-broken",
                        "The landing page is in another charset.",
                        "header",
                        "GET /",
                        "header:Content-Type",
                        reply -> reply.content() instanceof Reply.Text text
                                ? new Reply(
                                                reply.status(),
                                                reply.headers(),
                                                new Reply.Text(text.text(), StandardCharsets.ISO_8859_1))
                                        .withHeader("Content-Type", "text/html; charset=iso-8859-1")
                                : reply));
    }
}
