package dev.retake.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop that hands out every kind of value that a client must send back, checks each strictly, and gives other ids in
 * each instance.
 */
final class ShopServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Random random;
    private final Map<String, String> formTokens = new HashMap<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, String> xsrf = new HashMap<>();
    private final Map<String, String> bearers = new HashMap<>();
    private final Map<String, Map<Integer, Integer>> carts = new HashMap<>();
    private final Map<String, Integer> cartVersions = new HashMap<>();
    private final Map<String, String> orders = new LinkedHashMap<>();
    private final Map<String, String> invoices = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final List<Map<String, Object>> products = new ArrayList<>();
    private int lastId;
    final List<String> seen = new ArrayList<>();

    ShopServer(long seed, boolean reversed) throws IOException {
        random = new Random(seed);
        lastId = random.nextInt(50) + 3;
        for (String name : List.of("Shirt", "Trousers", "Hat", "Socks", "Coat")) {
            products.add(new LinkedHashMap<>(Map.of("id", ++lastId, "name", name, "price", name.length() * 995)));
        }
        if (reversed) {
            Collections.reverse(products);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void handle(HttpExchange http) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = http.getRequestURI().getPath();
        String[] parts = path.substring(1).split("/");
        seen.add(http.getRequestMethod() + " " + http.getRequestURI() + " "
                + http.getRequestHeaders().getFirst("X-Retake-Run"));
        switch (http.getRequestMethod() + " " + parts[0] + (parts.length > 1 ? "/" + parts[1] : "")) {
            case "GET login" -> loginPage(http);
            case "POST login" -> login(http, body);
            case "POST api/session" -> session(http, body);
            case "GET api/products" -> json(http, 200, JSON.writeValueAsString(Map.of("items", products)));
            case "POST api/carts" -> carts(http, parts, body);
            case "GET api/carts", "PUT api/carts" -> cart(http, parts, body);
            case "POST api/orders" -> order(http, body);
            case "GET api/orders" -> orders(http, parts);
            case "GET api/invoices" -> reply(http, invoices.containsKey(parts[2]) ? 200 : 404, "text/plain", "invoice");
            case "GET files" -> file(http, parts);
            default -> {
                if (parts[0].equals("account")) {
                    account(http, parts);
                } else {
                    reply(http, 404, "text/plain", "nothing here");
                }
            }
        }
    }

    private void loginPage(HttpExchange http) throws IOException {
        String anonymous = token();
        String csrf = token();
        formTokens.put(anonymous, csrf);
        http.getResponseHeaders().add("Set-Cookie", "shopsid=" + anonymous + "; Path=/; HttpOnly; Secure");
        reply(
                http,
                200,
                "text/html",
                "<html><form action=/login method=post><input type=hidden name=_csrf value=\"" + csrf
                        + "\"><input name=user><input name=password></form></html>");
    }

    private void login(HttpExchange http, String body) throws IOException {
        Map<String, String> form = form(body);
        String anonymous = cookie(http, "shopsid");
        if (anonymous == null || !form.getOrDefault("_csrf", "").equals(formTokens.get(anonymous))) {
            reply(http, 403, "text/plain", "bad csrf");
            return;
        }
        if (!PASSWORD.equals(form.get("password"))) {
            reply(http, 401, "text/plain", "bad password");
            return;
        }
        String sid = token();
        String user = Integer.toString(++lastId);
        users.put(sid, user);
        xsrf.put(sid, token());
        http.getResponseHeaders().add("Set-Cookie", "shopsid=" + sid + "; Path=/");
        http.getResponseHeaders().add("Set-Cookie", "XSRF-TOKEN=" + xsrf.get(sid) + "; Path=/");
        http.getResponseHeaders().add("Location", "/account/" + user + "?welcome=1");
        reply(http, 303, "text/plain", "");
    }

    private void account(HttpExchange http, String[] parts) throws IOException {
        String sid = cookie(http, "shopsid");
        String user = sid == null ? null : users.get(sid);
        if (user == null) {
            reply(http, 401, "text/plain", "who are you");
        } else if (parts.length < 2 || !user.equals(parts[1])) {
            reply(http, 404, "text/plain", "no such account");
        } else if (http.getRequestMethod().equals("GET")) {
            json(http, 200, "{\"account\":{\"id\":" + user + ",\"plan\":\"gold\"}}");
        } else if (!xsrf.get(sid).equals(http.getRequestHeaders().getFirst("X-XSRF-TOKEN"))) {
            reply(http, 403, "text/plain", "bad xsrf");
        } else {
            json(http, 200, "{\"saved\":true}");
        }
    }

    private void session(HttpExchange http, String body) throws IOException {
        JsonNode login = JSON.readTree(body);
        if (!login.path("password").asString("").equals(PASSWORD)) {
            json(http, 401, "{\"error\":\"bad credentials\"}");
            return;
        }
        String token = token();
        bearers.put(token, "user");
        json(http, 200, "{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\"}");
    }

    private void carts(HttpExchange http, String[] parts, String body) throws IOException {
        if (!authorized(http)) {
            json(http, 401, "{\"error\":\"no token\"}");
        } else if (parts.length == 2) {
            String cart = new UUID(random.nextLong(), random.nextLong()).toString();
            carts.put(cart, new LinkedHashMap<>());
            cartVersions.put(cart, 1);
            http.getResponseHeaders().add("Location", uri() + "/api/carts/" + cart);
            json(http, 201, "{\"cartId\":\"" + cart + "\"}");
        } else {
            Map<Integer, Integer> cart = carts.get(parts[2]);
            JsonNode line = JSON.readTree(body);
            int product = line.path("productId").asInt(-1);
            boolean known = products.stream()
                    .anyMatch(p -> p.get("id").equals(product) && !p.get("name").equals("Coat"));
            if (cart == null || !known) {
                json(http, 404, "{\"error\":\"no such cart or product\"}");
                return;
            }
            int id = ++lastId;
            cart.put(id, line.path("quantity").asInt());
            cartVersions.merge(parts[2], 1, Integer::sum);
            json(http, 201, "{\"line\":{\"id\":" + id + ",\"quantity\":" + cart.get(id) + "}}");
        }
    }

    private void cart(HttpExchange http, String[] parts, String body) throws IOException {
        Map<Integer, Integer> cart = carts.get(parts[2]);
        if (!authorized(http) || cart == null) {
            json(http, authorized(http) ? 404 : 401, "{\"error\":\"no\"}");
            return;
        }
        String etag = "\"" + parts[2].substring(0, 8) + "-" + cartVersions.get(parts[2]) + "\"";
        http.getResponseHeaders().add("ETag", etag);
        if (http.getRequestMethod().equals("GET")) {
            if (etag.equals(http.getRequestHeaders().getFirst("If-None-Match"))) {
                http.sendResponseHeaders(304, -1);
                http.close();
                return;
            }
            List<Map<String, Integer>> lines = new ArrayList<>();
            cart.forEach((id, quantity) -> lines.add(Map.of("lineId", id, "quantity", quantity)));
            json(http, 200, JSON.writeValueAsString(Map.of("lines", lines)));
        } else if (!etag.equals(http.getRequestHeaders().getFirst("If-Match"))) {
            json(http, 412, "{\"error\":\"changed\"}");
        } else {
            int line = Integer.parseInt(parts[4]);
            if (cart.containsKey(line)) {
                cart.put(line, JSON.readTree(body).path("quantity").asInt());
                json(http, 200, "{\"ok\":true}");
            } else {
                json(http, 404, "{\"error\":\"no such line\"}");
            }
        }
    }

    private void order(HttpExchange http, String body) throws IOException {
        String cart = JSON.readTree(body).path("cart").path("ref").asString("");
        if (!authorized(http) || !carts.containsKey(cart)) {
            json(http, 404, "{\"error\":\"no such cart\"}");
            return;
        }
        String number = "ORD-2024-" + String.format("%05d", ++lastId);
        orders.put(number, cart);
        json(http, 201, "{\"message\":\"Order " + number + " created\",\"number\":\"" + number + "\"}");
    }

    private void orders(HttpExchange http, String[] parts) throws IOException {
        if (!authorized(http)) {
            json(http, 401, "{\"error\":\"no token\"}");
            return;
        }
        if (parts.length == 2) {
            String query = http.getRequestURI().getRawQuery();
            String cursor = query == null ? null : form(query).get("cursor");
            if (cursor != null) {
                String last = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
                boolean known = orders.containsKey(last.replaceAll(".*\"after\":\"|\".*", ""));
                json(http, known ? 200 : 400, "{\"orders\":[]}");
                return;
            }
            json(http, 200, JSON.writeValueAsString(Map.of("orders", List.copyOf(orders.keySet()))));
            return;
        }
        if (!orders.containsKey(parts[2])) {
            json(http, 404, "{\"error\":\"no such order\"}");
            return;
        }
        if (parts.length > 3 && parts[3].equals("invoice.xml")) {
            String invoice = hex();
            invoices.put(invoice, parts[2]);
            reply(http, 200, "application/xml", "<invoice xmlns=\"urn:x\"><ref id=\"" + invoice + "\"/></invoice>");
            return;
        }
        String file = hex();
        String signature = token() + "+/=";
        files.put(file, signature);
        String url = uri() + "/files/" + file + "?sig=" + URLEncoder.encode(signature, StandardCharsets.UTF_8);
        json(http, 200, JSON.writeValueAsString(Map.of("number", parts[2], "download", url)));
    }

    private void file(HttpExchange http, String[] parts) throws IOException {
        String query = http.getRequestURI().getRawQuery();
        String signature = query == null ? "" : form(query).getOrDefault("sig", "");
        boolean signed = parts.length > 1 && signature.equals(files.get(parts[1]));
        reply(http, signed ? 200 : 403, "text/plain", signed ? "the file" : "bad signature");
    }

    private boolean authorized(HttpExchange http) {
        String value = http.getRequestHeaders().getFirst("Authorization");
        return value != null && value.startsWith("Bearer ") && bearers.containsKey(value.substring(7));
    }

    private String token() {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private String hex() {
        return String.format("%016x", random.nextLong());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] halves = pair.split("=", 2);
            form.put(halves[0], halves.length < 2 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static @Nullable String cookie(HttpExchange http, String name) {
        for (String field : http.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String pair : field.split("; ?")) {
                if (pair.startsWith(name + "=")) {
                    return pair.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    private static void json(HttpExchange http, int status, String body) throws IOException {
        reply(http, status, "application/json", body);
    }

    private static void reply(HttpExchange http, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", type);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }
}
