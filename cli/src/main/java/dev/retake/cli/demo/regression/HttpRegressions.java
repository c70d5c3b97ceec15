package dev.retake.cli.demo.regression;

import static dev.retake.cli.demo.regression.Change.header;
import static dev.retake.cli.demo.regression.Change.inReply;
import static dev.retake.cli.demo.regression.Change.inRequest;
import static dev.retake.cli.demo.regression.Change.when;

import dev.retake.cli.demo.shop.Documents;
import dev.retake.cli.demo.shop.Reply;
import java.util.List;
import java.util.Objects;

/** Status codes and headers that are not what they were. */
final class HttpRegressions {
    private static final String PRODUCT = "GET /api/products/{id}";
    private static final String HOME = "GET /";
    private static final String LOGIN = "POST /api/login";

    private HttpRegressions() {}

    static List<Regression> all() {
        return List.of(
                when(
                        "empty-search-500",
                        "An empty search ends in a server error.",
                        "status",
                        "GET /api/search",
                        "status",
                        request -> request.query().getOrDefault("q", "").isEmpty(),
                        reply -> Reply.problem(500, "oops", "Something went wrong.")),
                inReply(
                        "missing-product-200",
                        "A product that does not exist is answered with an empty one.",
                        "status",
                        PRODUCT,
                        "status",
                        reply -> reply.status() == 404 ? Reply.json(200, Documents.object()) : reply),
                inRequest(
                        "etag-ignored",
                        "A conditional request gets the whole product again.",
                        "status",
                        PRODUCT,
                        "status",
                        request -> request.withoutHeader("If-None-Match")),
                inReply(
                        "logout-200",
                        "A logout is answered with 200 instead of 204.",
                        "status",
                        "POST /api/logout",
                        "status",
                        reply -> reply.withStatus(200)),
                inReply(
                        "delete-202",
                        "Taking something out of the cart is answered with 202 instead of 204.",
                        "status",
                        "DELETE /api/cart/{id}/items/{id}",
                        "status",
                        reply -> reply.status() == 204 ? reply.withStatus(202) : reply),
                inReply(
                        "bad-quantity-400",
                        "A quantity that makes no sense is a 400 instead of a 422.",
                        "status",
                        "POST /api/cart/{id}/items",
                        "status",
                        reply -> reply.status() == 422 ? reply.withStatus(400) : reply),
                inReply(
                        "invoice-500",
                        "Invoices cannot be printed.",
                        "status",
                        "GET /api/orders/{id}/invoice",
                        "status",
                        reply -> Reply.problem(500, "oops", "Something went wrong.")),
                inReply(
                        "categories-uncached",
                        "Categories may no longer be cached.",
                        "header",
                        "GET /api/categories",
                        "header:Cache-Control",
                        header("Cache-Control", "no-store")),
                inReply(
                        "profile-cacheable",
                        "The profile may be cached by anybody.",
                        "header",
                        "GET /api/profile",
                        "header:Cache-Control",
                        header("Cache-Control", "public, max-age=600")),
                inReply(
                        "vary-lost",
                        "Lists no longer say that they vary by language.",
                        "header",
                        "GET /api/products",
                        "header:Vary",
                        reply -> reply.withoutHeader("Vary")),
                inReply(
                        "policy-lost",
                        "The landing page has lost its content security policy.",
                        "header",
                        HOME,
                        "header:Content-Security-Policy",
                        reply -> reply.withoutHeader("Content-Security-Policy")),
                inReply(
                        "sniffing-allowed",
                        "Shipping quotes have lost the header that forbids sniffing.",
                        "header",
                        "GET /api/shipping",
                        "header:X-Content-Type-Options",
                        reply -> reply.withoutHeader("X-Content-Type-Options")),
                inReply(
                        "download-inline",
                        "The export opens in the browser instead of being saved.",
                        "header",
                        "GET /api/orders/export.csv",
                        "header:Content-Disposition",
                        header("Content-Disposition", "inline")),
                inReply(
                        "cookie-readable",
                        "Scripts may read the login's cookie.",
                        "header",
                        LOGIN,
                        "header:Set-Cookie",
                        header("Set-Cookie", "lang=de; Path=/; Max-Age=31536000; Secure; SameSite=Lax")),
                inReply(
                        "redirect-elsewhere",
                        "Campaign links lead to a host that is no longer the shop.",
                        "header",
                        "GET /go/{id}",
                        "header:Location",
                        reply -> reply.withHeader(
                                "Location",
                                Objects.requireNonNullElse(reply.header("Location"), "")
                                        .replaceFirst("http://[^/]+", "http://old-shop.internal"))),
                inReply(
                        "invoice-as-text",
                        "Invoices are declared as plain text.",
                        "header",
                        "GET /api/orders/{id}/invoice",
                        "header:Content-Type",
                        header("Content-Type", "text/plain; charset=utf-8")));
    }
}
