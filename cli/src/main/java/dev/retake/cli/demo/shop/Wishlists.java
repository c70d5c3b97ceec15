package dev.retake.cli.demo.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Wish lists, which customers upload as a file in a form (RFC 7578). */
final class Wishlists {
    private final Map<String, List<Carts.Line>> byCustomer = new ConcurrentHashMap<>();
    private final Catalogue catalogue;
    private final Accounts accounts;

    Wishlists(Catalogue catalogue, Accounts accounts) {
        this.catalogue = catalogue;
        this.accounts = accounts;
    }

    Reply show(ShopRequest request) {
        Customer customer = accounts.sender(request);
        if (customer == null) {
            return Accounts.unauthorized();
        }
        ObjectNode reply = Documents.object();
        ArrayNode wishes = reply.putArray("wishes");
        for (Carts.Line line : byCustomer.getOrDefault(customer.email(), List.of())) {
            wishes.addObject()
                    .put("sku", line.product().sku())
                    .put("quantity", line.quantity())
                    .put("available", line.product().stock() > 0);
        }
        reply.put("shared", false).putArray("sharedWith");
        return Reply.json(200, reply);
    }

    Reply upload(ShopRequest request) {
        Customer customer = accounts.sender(request);
        if (customer == null) {
            return Accounts.unauthorized();
        }
        Map<String, String> parts = parts(request);
        String file = parts.get("file");
        if (file == null) {
            return Reply.problem(400, "no-file", "Send the list as the file of a form.");
        }
        List<Carts.Line> lines = new ArrayList<>();
        int refused = 0;
        for (String row : file.strip().split("\\R")) {
            String[] cells = row.split(",", -1);
            Product product = catalogue.find(cells[0]);
            if (product != null && cells.length > 1 && cells[1].matches("[1-9][0-9]{0,2}")) {
                lines.add(new Carts.Line(product, Integer.parseInt(cells[1])));
            } else {
                refused++;
            }
        }
        byCustomer.put(customer.email(), List.copyOf(lines));
        ObjectNode reply = Documents.object();
        reply.put("accepted", lines.size()).put("refused", refused).put("title", parts.getOrDefault("title", ""));
        return Reply.json(201, reply).withHeader("Location", "/api/wishlist");
    }

    /** The text of each part by its name. */
    private static Map<String, String> parts(ShopRequest request) {
        Map<String, String> parts = new LinkedHashMap<>();
        String type = request.header("content-type");
        if (type == null || !type.contains("boundary=")) {
            return parts;
        }
        String boundary = type.substring(type.indexOf("boundary=") + 9).replace("\"", "");
        for (String part : request.body().split("--" + Pattern.quote(boundary))) {
            int body = part.indexOf("\r\n\r\n");
            int name = part.indexOf(" name=\"");
            if (body >= 0 && name >= 0 && name < body) {
                String key = part.substring(name + 7, part.indexOf('"', name + 7));
                parts.put(key, part.substring(body + 4).stripTrailing());
            }
        }
        return parts;
    }
}
