package dev.retake.cli.demo.shop;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What anybody may see: the landing page, campaigns, lists, products, search and the price ticker. */
final class Catalogue {
    private static final int PAGE_SIZE = 5;

    private final List<Product> products;
    private final Clock clock;
    private final String build;

    Catalogue(List<Product> products, Clock clock, String build) {
        this.products = products;
        this.clock = clock;
        this.build = build;
    }

    @Nullable
    Product find(String sku) {
        return products.stream().filter(p -> p.sku().equals(sku)).findFirst().orElse(null);
    }

    Reply home() {
        String links = ProductData.CATEGORIES.stream()
                .map(c -> "<li><a href=\"/api/products?category=" + c + "\">" + c + "</a></li>")
                .collect(Collectors.joining());
        String page = "<!DOCTYPE html><html lang=\"de\"><head><title>Möbel &amp; mehr</title></head><body>"
                + "<h1>Schön wohnen</h1><ul>" + links + "</ul><p>Versandkostenfrei ab 50 Euro.</p></body></html>";
        return Reply.text(200, "text/html", page, StandardCharsets.UTF_8)
                .withHeader("Content-Security-Policy", "default-src 'self'")
                .withHeader("Cache-Control", "public, max-age=60");
    }

    /** A link from an advertisement; its address is absolute, as the client's Host names it. */
    Reply campaign(ShopRequest request, String code) {
        String category = ProductData.CATEGORIES.get(Math.floorMod(code.hashCode(), ProductData.CATEGORIES.size()));
        String host = Objects.requireNonNullElse(request.header("host"), "localhost");
        return Reply.empty(302)
                .withHeader("Location", "http://" + host + "/api/products?category=" + category + "&sort=price")
                .withHeader("Cache-Control", "no-store");
    }

    Reply categories() {
        ArrayNode list = Documents.array();
        for (String category : ProductData.CATEGORIES) {
            long count =
                    products.stream().filter(p -> p.category().equals(category)).count();
            list.addObject().put("name", category).put("products", count);
        }
        return Reply.json(200, list).withHeader("Cache-Control", "public, max-age=300");
    }

    Reply list(ShopRequest request) {
        String category = request.parameter("category");
        String sort = Objects.requireNonNullElse(request.parameter("sort"), "sku");
        int page = number(request.parameter("page"), 1);
        if (page < 1) {
            return Reply.problem(400, "bad-page", "Pages are counted from 1.");
        }
        List<Product> found = products.stream()
                .filter(p -> category == null || p.category().equals(category))
                .sorted(order(sort))
                .toList();
        int pages = (found.size() + PAGE_SIZE - 1) / PAGE_SIZE;
        ObjectNode reply = Documents.object();
        ArrayNode items = reply.putArray("items");
        found.stream().skip((page - 1L) * PAGE_SIZE).limit(PAGE_SIZE).forEach(p -> items.add(p.summary()));
        reply.put("page", page).put("pages", pages).put("total", found.size());
        return Reply.json(200, reply).withHeader("Vary", "Accept-Language");
    }

    Reply product(ShopRequest request, String sku) {
        Product product = find(sku);
        if (product == null) {
            return Reply.problem(404, "no-such-product", "We do not sell this.");
        }
        String tag = "\"" + build + "-" + Integer.toHexString(product.hashCode()) + "\"";
        Reply reply =
                tag.equals(request.header("if-none-match")) ? Reply.empty(304) : Reply.json(200, product.details());
        return reply.withHeader("ETag", tag).withHeader("Cache-Control", "private, max-age=0, must-revalidate");
    }

    Reply search(ShopRequest request) {
        String words = Objects.requireNonNullElse(request.parameter("q"), "").toLowerCase(Locale.ROOT);
        boolean inStock = "true".equals(request.parameter("inStock"));
        ArrayNode results = Documents.array();
        products.stream()
                .filter(p ->
                        !words.isEmpty() && p.name().toLowerCase(Locale.ROOT).contains(words))
                .filter(p -> !inStock || p.stock() > 0)
                .forEach(p -> results.add(p.summary()));
        return Reply.json(200, results);
    }

    Reply prices(ShopRequest request) {
        String category = request.parameter("category");
        List<ObjectNode> lines = new ArrayList<>();
        Instant now = Instant.now(clock).truncatedTo(ChronoUnit.MILLIS);
        Stream<Product> shown = products.stream().filter(p -> p.category().equals(category));
        shown.forEach(p -> lines.add(Documents.object()
                .put("sku", p.sku())
                .put("price", p.price())
                .put("currency", "EUR")
                .put("at", now.toString())));
        return Reply.lines(lines);
    }

    private static Comparator<Product> order(String sort) {
        Comparator<Product> order = switch (sort) {
            case "price" -> Comparator.comparing(Product::price);
            case "-price" -> Comparator.comparing(Product::price, Comparator.reverseOrder());
            case "name" -> by(Product::name);
            default -> by(Product::sku);
        };
        return order.thenComparing(Product::sku);
    }

    private static Comparator<Product> by(Function<Product, String> field) {
        return Comparator.comparing(field);
    }

    private static int number(@Nullable String text, int otherwise) {
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
