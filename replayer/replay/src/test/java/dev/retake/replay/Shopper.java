package dev.retake.replay;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.replay.target.Patience;
import dev.retake.replay.target.PinnedTarget;
import dev.retake.replay.target.Reply;
import dev.retake.replay.target.TargetClient;
import dev.retake.replay.target.TargetConnection;
import dev.retake.replay.target.TargetLimits;
import dev.retake.replay.target.TargetTls;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shops at a {@link ShopServer} as a browser and an app would, and records what happened. */
final class Shopper {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Recording recording;
    private final TargetConnection connection;
    private final String host;

    private Shopper(String session, TargetConnection connection, String host) {
        this.recording = new Recording(session);
        this.connection = connection;
        this.host = host;
    }

    static List<Exchange> shop(String session, URI at) throws Exception {
        PinnedTarget target = PinnedTarget.of(at, InetAddress.getLoopbackAddress());
        TargetLimits limits = new TargetLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);
        try (TargetClient client = new TargetClient(target, limits, new TargetTls(true, ""));
                TargetConnection connection = client.connection()) {
            Shopper shopper = new Shopper(session, connection, target.authority());
            shopper.browse();
            shopper.order();
            return shopper.recording.exchanges();
        }
    }

    private void browse() throws Exception {
        Response page = send(Recording.get("/login", "Accept", "text/html"));
        String csrf = text(page).replaceAll("(?s).*name=_csrf value=\"([^\"]*)\".*", "$1");
        String sid = cookie(page, "shopsid");
        String form = "_csrf=" + encode(csrf) + "&user=ann&password=" + encode(ShopServer.PASSWORD);
        Response login = send(Recording.request(
                "POST",
                "/login",
                form,
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                "theme=dark; shopsid=" + sid));
        String account = login.headers().first("Location");
        sid = cookie(login, "shopsid");
        String xsrf = cookie(login, "XSRF-TOKEN");
        String cookies = "theme=dark; shopsid=" + sid + "; XSRF-TOKEN=" + xsrf;
        send(Recording.get(account, "Cookie", cookies));
        send(Recording.json(
                "POST",
                account.replaceAll("\\?.*", ""),
                "{\"plan\":\"silver\"}",
                "Cookie",
                cookies,
                "X-XSRF-TOKEN",
                xsrf));
    }

    private void order() throws Exception {
        Response session = send(Recording.json(
                "POST",
                "/api/session",
                "{\"email\":\"ann@example.com\",\"password\":\"" + ShopServer.PASSWORD + "\"}"));
        String bearer = "Bearer " + tree(session).path("access_token").asString();
        Response products = send(Recording.get("/api/products?page=1&size=5", "Authorization", bearer));
        int hat = product(products, "Hat");
        Response created = send(Recording.json("POST", "/api/carts", "{}", "Authorization", bearer));
        String cart = "/api/carts/" + tree(created).path("cartId").asString();
        Response line = send(Recording.json(
                "POST",
                cart + "/items",
                "{ \"productId\" : " + hat + ", \"quantity\" : 2 }",
                "Authorization",
                bearer,
                "Idempotency-Key",
                "5d0c2f4e-9a41-4c53-8a55-0d1d5dfe7f10"));
        int lineId = tree(line).path("line").path("id").asInt();
        Response read = send(Recording.get(cart, "Authorization", bearer));
        String etag = read.headers().first("ETag");
        send(Recording.get(cart, "Authorization", bearer, "If-None-Match", etag));
        send(Recording.json(
                "PUT", cart + "/items/" + lineId, "{\"quantity\":3}", "Authorization", bearer, "If-Match", etag));
        Response order = send(Recording.json(
                "POST",
                "/api/orders",
                "{\"cart\":{\"ref\":\"" + tree(created).path("cartId").asString() + "\"}}",
                "Authorization",
                bearer));
        String number = tree(order).path("number").asString();
        Response read2 = send(Recording.get("/api/orders/" + number, "Authorization", bearer));
        String cursor =
                Base64.getEncoder().encodeToString(("{\"after\":\"" + number + "\"}").getBytes(StandardCharsets.UTF_8));
        send(Recording.get("/api/orders?cursor=" + encode(cursor), "Authorization", bearer));
        send(Recording.get(tree(read2).path("download").asString().replaceAll("https?://[^/]*", "")));
        Response invoice = send(Recording.get("/api/orders/" + number + "/invoice.xml", "Authorization", bearer));
        send(Recording.get("/api/invoices/" + text(invoice).replaceAll(".*ref id=\"([^\"]*)\".*", "$1")));
        send(Recording.get("/api/nothing/here"));
    }

    private Response send(Request request) throws Exception {
        Request sent = new Request(
                request.method(),
                request.target(),
                request.version(),
                request.headers().with("Host", host),
                request.body(),
                Headers.EMPTY);
        Reply reply = connection.send(sent, Patience.forWhole(Duration.ofSeconds(5), Duration.ZERO));
        Response response = ((Reply.Answered) reply).response();
        recording.add(sent, response);
        return response;
    }

    private static int product(Response products, String name) {
        for (JsonNode product : tree(products).path("items")) {
            if (product.path("name").asString().equals(name)) {
                return product.path("id").asInt();
            }
        }
        throw new IllegalStateException("no " + name);
    }

    private static String cookie(Response response, String name) {
        for (String field : response.headers().all("Set-Cookie")) {
            if (field.startsWith(name + "=")) {
                return field.substring(name.length() + 1).split(";")[0];
            }
        }
        throw new IllegalStateException("no cookie " + name);
    }

    private static JsonNode tree(Response response) {
        return JSON.readTree(response.body().bytes());
    }

    private static String text(Response response) {
        return new String(response.body().bytes(), StandardCharsets.UTF_8);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
