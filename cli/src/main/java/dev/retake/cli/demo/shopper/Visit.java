package dev.retake.cli.demo.shopper;

import dev.retake.cli.demo.shop.Customer;
import dev.retake.cli.demo.shop.Documents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** What one user does in the shop, from the first page to the logout: chance decides, and the seed decides chance. */
final class Visit {
    private static final List<String> CATEGORIES = List.of("lamps", "chairs", "tables", "shelves", "rugs", "kitchen");
    private static final List<String> SORTS = List.of("price", "-price", "name");
    private static final List<String> WORDS = List.of("lamp", "nordic", "urban", "table", "loft", "kettle");
    private static final int PRODUCTS = 72;

    private final Browser browser;
    private final Customer customer;
    private final Random random;

    Visit(Browser browser, Customer customer, Random random) {
        this.browser = browser;
        this.customer = customer;
        this.random = random;
    }

    void run() throws IOException, InterruptedException {
        look();
        if (chance(85)) {
            login();
            if (chance(60)) {
                account();
            }
            if (chance(85)) {
                buy();
            }
            if (chance(40)) {
                wishes();
            }
            if (chance(70)) {
                browser.post("/api/logout");
            }
        }
    }

    private void look() throws IOException, InterruptedException {
        browser.get("/");
        browser.get("/api/categories");
        if (chance(30)) {
            HttpResponse<String> link = browser.get("/go/k" + random.nextInt(10) + "m" + random.nextInt(10) + "p7q4");
            URI location = URI.create(link.headers().firstValue("Location").orElse("/"));
            browser.get(location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery()));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            String page = chance(40) ? "&page=2" : "";
            browser.get("/api/products?category=" + pick(CATEGORIES) + "&sort=" + pick(SORTS) + page);
        }
        if (chance(60)) {
            String stock = chance(60) ? "&inStock=true" : "";
            browser.get("/api/search?q=" + (chance(35) ? "" : pick(WORDS)) + stock);
        }
        if (chance(40)) {
            browser.get("/api/prices/stream?category=" + pick(CATEGORIES));
        }
        for (int i = random.nextInt(2); i >= 0; i--) {
            String product = "/api/products/" + sku();
            HttpResponse<String> seen = browser.get(product);
            if (chance(40)) {
                browser.getUnless(seen.headers().firstValue("ETag").orElse("\"\""), product);
            }
        }
        if (chance(25)) {
            browser.get("/api/products/SKU-9" + (100 + random.nextInt(900)));
        }
    }

    private void login() throws IOException, InterruptedException {
        ObjectNode credentials = Documents.object().put("email", customer.email());
        if (chance(20)) {
            browser.post("/api/login", credentials.deepCopy().put("password", customer.password() + "!"));
        }
        HttpResponse<String> reply = browser.post("/api/login", credentials.put("password", customer.password()));
        browser.authorize(Browser.document(reply).path("token").asString());
    }

    private void account() throws IOException, InterruptedException {
        browser.get("/api/profile");
        if (chance(40)) {
            String phone = customer.phone().substring(0, 8) + (3_000_000 + random.nextInt(6_000_000));
            browser.put("/api/profile", Documents.object().put("phone", phone));
            browser.get("/api/profile");
        }
    }

    private void buy() throws IOException, InterruptedException {
        int orders = chance(45) ? 2 : 1;
        for (int i = 0; i < orders; i++) {
            order();
        }
        browser.get("/api/orders");
        if (chance(45)) {
            browser.get("/api/orders/export.csv");
        }
    }

    private void order() throws IOException, InterruptedException {
        ObjectNode cart = Browser.document(browser.post("/api/cart"));
        String address = "/api/cart/" + cart.path("id").asString();
        for (int i = random.nextInt(3); i >= 0; i--) {
            cart = Browser.document(browser.post(address + "/items", item(1 + random.nextInt(3))));
        }
        if (chance(30)) {
            browser.post(address + "/items", item(0));
        }
        if (cart.path("items").size() > 1 && chance(50)) {
            browser.delete(
                    address + "/items/" + cart.path("items").path(0).path("id").asString());
        }
        browser.get(address);
        if (chance(60)) {
            browser.get("/api/shipping?country=" + (chance(70) ? "DE" : "FR"));
        }
        ObjectNode order =
                Documents.object().put("cart", cart.path("id").asString()).put("express", chance(20));
        String number = Browser.document(browser.post("/api/orders", order))
                .path("number")
                .asString();
        browser.get("/api/orders/" + number);
        if (chance(40)) {
            browser.get("/api/orders/" + number + "/invoice");
        }
    }

    private void wishes() throws IOException, InterruptedException {
        StringBuilder list = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.append(sku()).append(',').append(1 + random.nextInt(5)).append('\n');
        }
        list.append("SKU-9999,1\n");
        browser.upload("/api/wishlist/import", "For the new flat", "wishes.csv", list.toString());
        browser.get("/api/wishlist");
    }

    private ObjectNode item(int quantity) {
        return Documents.object().put("sku", sku()).put("quantity", quantity);
    }

    private String sku() {
        return "SKU-" + (1_001 + random.nextInt(PRODUCTS));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
