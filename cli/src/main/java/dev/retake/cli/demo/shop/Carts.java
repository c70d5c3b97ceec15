package dev.retake.cli.demo.shop;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Carts, under ids that the shop makes. */
final class Carts {
    private static final BigDecimal FREE_FROM = new BigDecimal("50.00");
    private static final BigDecimal SHIPPING = new BigDecimal("4.90");

    private final Map<String, Cart> carts = new ConcurrentHashMap<>();
    private final Catalogue catalogue;
    private final Accounts accounts;
    private final Ids ids;

    Carts(Catalogue catalogue, Accounts accounts, Ids ids) {
        this.catalogue = catalogue;
        this.accounts = accounts;
        this.ids = ids;
    }

    /** A cart's lines by their ids; its customer's requests come one after the other. */
    record Cart(String id, String owner, Map<String, Line> lines) {

        ObjectNode document() {
            ObjectNode document = Documents.object();
            document.put("id", id);
            ArrayNode items = document.putArray("items");
            lines.forEach((lineId, line) -> {
                ObjectNode item = items.addObject();
                item.put("id", lineId)
                        .put("sku", line.product.sku())
                        .put("name", line.product.name())
                        .put("quantity", line.quantity)
                        .put("price", line.product.price())
                        .put("amount", line.amount());
            });
            document.put("subtotal", subtotal())
                    .put("shipping", shipping())
                    .put("total", total())
                    .put("currency", "EUR");
            document.putArray("vouchers");
            return document;
        }

        BigDecimal subtotal() {
            return lines.values().stream().map(Line::amount).reduce(new BigDecimal("0.00"), BigDecimal::add);
        }

        BigDecimal shipping() {
            return lines.isEmpty() || subtotal().compareTo(FREE_FROM) >= 0 ? new BigDecimal("0.00") : SHIPPING;
        }

        BigDecimal total() {
            return subtotal().add(shipping());
        }
    }

    /** So many of one product. */
    record Line(Product product, int quantity) {
        BigDecimal amount() {
            return product.price().multiply(BigDecimal.valueOf(quantity));
        }
    }

    /** The sender's cart {@code id}, null where there is none. */
    @Nullable
    Cart find(ShopRequest request, String id) {
        Customer customer = accounts.sender(request);
        Cart cart = carts.get(id);
        return customer != null && cart != null && cart.owner.equals(customer.email()) ? cart : null;
    }

    Reply create(ShopRequest request) {
        Customer customer = accounts.sender(request);
        if (customer == null) {
            return Accounts.unauthorized();
        }
        Cart cart = new Cart(ids.cart(), customer.email(), new LinkedHashMap<>());
        carts.put(cart.id, cart);
        return Reply.json(201, cart.document()).withHeader("Location", "/api/cart/" + cart.id);
    }

    Reply show(ShopRequest request, String id) {
        Cart cart = find(request, id);
        return cart == null ? missing() : Reply.json(200, cart.document());
    }

    Reply add(ShopRequest request, String id) {
        Cart cart = find(request, id);
        ObjectNode wish = Documents.parse(request.body());
        if (cart == null || wish == null) {
            return missing();
        }
        Product product = catalogue.find(wish.path("sku").asString(""));
        int quantity = wish.path("quantity").asInt(0);
        if (product == null || quantity < 1) {
            return Reply.problem(422, "bad-quantity", "Order at least one of a product that we sell.");
        }
        cart.lines.put(ids.line(), new Line(product, quantity));
        return Reply.json(201, cart.document());
    }

    Reply remove(ShopRequest request, String id, String line) {
        Cart cart = find(request, id);
        return cart == null || cart.lines.remove(line) == null ? missing() : Reply.empty(204);
    }

    private static Reply missing() {
        return Reply.problem(404, "no-such-cart", "There is no such cart of yours.");
    }
}
