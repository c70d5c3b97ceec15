package dev.retake.cli.demo.shop;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the shop, with its state in memory: which request goes to which part of it.
 *
 * <p>Customers share nothing that one could change for another, so what a session sees depends on that session alone,
 * however sessions interleave.
 */
public final class Shop implements ShopApi {
    private final List<Route> routes = new ArrayList<>();

    /**
     * An instance with {@code data}.
     *
     * @param clock what its timestamps come from
     * @param idSeed what its ids come from; two instances with one seed make the same
     */
    public Shop(ShopData data, Clock clock, long idSeed) {
        Ids ids = new Ids(idSeed);
        Catalogue catalogue = new Catalogue(data.products(), clock, ids.build());
        Accounts accounts = new Accounts(data.customers(), ids);
        Carts carts = new Carts(catalogue, accounts, ids);
        Orders orders = new Orders(carts, accounts, ids, clock);
        Wishlists wishlists = new Wishlists(catalogue, accounts);

        route("GET /", (request, path) -> catalogue.home());
        route("GET /go/{id}", (request, path) -> catalogue.campaign(request, path.get(0)));
        route("GET /api/categories", (request, path) -> catalogue.categories());
        route("GET /api/products", (request, path) -> catalogue.list(request));
        route("GET /api/products/{id}", (request, path) -> catalogue.product(request, path.get(0)));
        route("GET /api/search", (request, path) -> catalogue.search(request));
        route("GET /api/prices/stream", (request, path) -> catalogue.prices(request));
        route("GET /api/shipping", (request, path) -> orders.shipping(request));
        route("POST /api/login", (request, path) -> accounts.login(request));
        route("POST /api/logout", (request, path) -> accounts.logout(request));
        route("GET /api/profile", (request, path) -> accounts.profile(request));
        route("PUT /api/profile", (request, path) -> accounts.update(request));
        route("POST /api/cart", (request, path) -> carts.create(request));
        route("GET /api/cart/{id}", (request, path) -> carts.show(request, path.get(0)));
        route("POST /api/cart/{id}/items", (request, path) -> carts.add(request, path.get(0)));
        route("DELETE /api/cart/{id}/items/{id}", (request, path) -> carts.remove(request, path.get(0), path.get(1)));
        route("POST /api/orders", (request, path) -> orders.place(request));
        route("GET /api/orders", (request, path) -> orders.list(request));
        route("GET /api/orders/export.csv", (request, path) -> orders.export(request));
        route("GET /api/orders/{id}", (request, path) -> orders.show(request, path.get(0)));
        route("GET /api/orders/{id}/invoice", (request, path) -> orders.invoice(request, path.get(0)));
        route("GET /api/wishlist", (request, path) -> wishlists.show(request));
        route("POST /api/wishlist/import", (request, path) -> wishlists.upload(request));
    }

    @Override
    public Reply handle(ShopRequest request) {
        Route found = find(request);
        Reply reply = found == null
                ? Reply.problem(404, "no-such-page", "There is nothing at this address.")
                : found.endpoint.reply(request, found.ids(request.path()));
        return reply.withHeader("X-Content-Type-Options", "nosniff");
    }

    /** The operation that {@code request} asks for, such as {@code GET /api/products/{id}}; null where there is none. */
    public @Nullable String operation(ShopRequest request) {
        Route found = find(request);
        return found == null ? null : found.operation;
    }

    private @Nullable Route find(ShopRequest request) {
        return routes.stream()
                .filter(route -> route.matches(request))
                .findFirst()
                .orElse(null);
    }

    private void route(String operation, Endpoint endpoint) {
        routes.add(new Route(operation, endpoint));
    }

    /** Answers requests to one operation. */
    private interface Endpoint {
        Reply reply(ShopRequest request, List<String> ids);
    }

    /** An operation and who answers it. */
    private static final class Route {
        private static final String ID = "{id}";

        final String operation;
        final Endpoint endpoint;
        private final String method;
        private final String[] segments;

        Route(String operation, Endpoint endpoint) {
            this.operation = operation;
            this.endpoint = endpoint;
            int space = operation.indexOf(' ');
            method = operation.substring(0, space);
            segments = operation.substring(space + 1).split("/", -1);
        }

        boolean matches(ShopRequest request) {
            String[] path = request.path().split("/", -1);
            if (!request.method().equals(method) || path.length != segments.length) {
                return false;
            }
            for (int i = 0; i < path.length; i++) {
                if (!segments[i].equals(ID) && !segments[i].equals(path[i])) {
                    return false;
                }
            }
            return true;
        }

        List<String> ids(String path) {
            List<String> ids = new ArrayList<>();
            String[] parts = path.split("/", -1);
            for (int i = 0; i < parts.length; i++) {
                if (segments[i].equals(ID)) {
                    ids.add(parts[i]);
                }
            }
            return ids;
        }
    }
}
