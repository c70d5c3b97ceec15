package dev.retake.cli.demo.shop;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders under numbers that the shop makes, and what is printed of them. */
final class Orders {
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();
    private static final BigDecimal TAX_SHARE = new BigDecimal("0.15966"); // 19 % on top is this much of the whole

    private final Map<String, List<Order>> byCustomer = new ConcurrentHashMap<>();
    private final Carts carts;
    private final Accounts accounts;
    private final Ids ids;
    private final Clock clock;

    Orders(Carts carts, Accounts accounts, Ids ids, Clock clock) {
        this.carts = carts;
        this.accounts = accounts;
        this.ids = ids;
        this.clock = clock;
    }

    /** What was ordered, as it was at that time. */
    private record Order(String number, Instant created, ObjectNode shipTo, Carts.Cart cart) {

        ObjectNode summary() {
            return Documents.object()
                    .put("number", number)
                    .put("status", "PLACED")
                    .put("createdAt", created.toString())
                    .put("total", cart.total())
                    .put("currency", "EUR");
        }

        ObjectNode details() {
            ObjectNode details = summary();
            details.set("items", cart.document().path("items"));
            details.put("tax", tax());
            details.set("shipTo", shipTo);
            return details;
        }

        BigDecimal tax() {
            return cart.total().multiply(TAX_SHARE).setScale(2, RoundingMode.HALF_UP);
        }
    }

    Reply shipping(ShopRequest request) {
        String country = Objects.requireNonNullElse(request.parameter("country"), "DE");
        boolean near = country.equals("DE");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        ObjectNode reply = Documents.object();
        reply.put("country", country).put("currency", "EUR");
        ArrayNode options = reply.putArray("options");
        options.addObject()
                .put("carrier", "parcel")
                .put("price", new BigDecimal(near ? "4.90" : "12.50"))
                .put("earliest", today.plusDays(near ? 2 : 5).toString());
        options.addObject()
                .put("carrier", "express")
                .put("price", new BigDecimal(near ? "9.90" : "29.00"))
                .put("earliest", today.plusDays(near ? 1 : 2).toString());
        return Reply.json(200, reply);
    }

    Reply place(ShopRequest request) {
        Customer customer = accounts.sender(request);
        ObjectNode wish = Documents.parse(request.body());
        if (customer == null) {
            return Accounts.unauthorized();
        }
        Carts.Cart cart =
                wish == null ? null : carts.find(request, wish.path("cart").asString(""));
        if (cart == null || cart.lines().isEmpty()) {
            return Reply.problem(422, "empty-cart", "Put something into the cart first.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Order order = new Order(ids.order(), now, customer.shippingAddress(), cart);
        byCustomer
                .computeIfAbsent(customer.email(), email -> new CopyOnWriteArrayList<>())
                .add(0, order);
        return Reply.json(201, order.details()).withHeader("Location", "/api/orders/" + order.number);
    }

    Reply list(ShopRequest request) {
        List<Order> orders = ofSender(request);
        if (orders == null) {
            return Accounts.unauthorized();
        }
        ObjectNode reply = Documents.object();
        ArrayNode list = reply.putArray("orders");
        orders.forEach(order -> list.add(order.summary()));
        reply.put("count", orders.size());
        return Reply.json(200, reply);
    }

    Reply show(ShopRequest request, String number) {
        Order order = find(request, number);
        return order == null ? missing() : Reply.json(200, order.details());
    }

    Reply export(ShopRequest request) {
        List<Order> orders = ofSender(request);
        if (orders == null) {
            return Accounts.unauthorized();
        }
        StringBuilder csv = new StringBuilder("order,date,recipient,city,items,total,currency\n");
        for (Order order : orders) {
            csv.append(order.number)
                    .append(',')
                    .append(LocalDate.ofInstant(order.created, ZoneOffset.UTC))
                    .append(",\"")
                    .append(order.shipTo.path("name").asString())
                    .append("\",\"")
                    .append(order.shipTo.path("city").asString())
                    .append("\",")
                    .append(order.cart.lines().size())
                    .append(',')
                    .append(order.cart.total())
                    .append(",EUR\n");
        }
        return Reply.text(200, "text/csv", csv.toString(), StandardCharsets.UTF_8)
                .withHeader("Content-Disposition", "attachment; filename=\"orders.csv\"");
    }

    Reply invoice(ShopRequest request, String number) {
        Order order = find(request, number);
        return order == null ? missing() : Reply.text(200, "application/xml", invoice(order), StandardCharsets.UTF_8);
    }

    private static String invoice(Order order) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("invoice");
            xml.writeAttribute("order", order.number);
            xml.writeAttribute("currency", "EUR");
            element(xml, "recipient", order.shipTo.path("name").asString());
            element(xml, "city", order.shipTo.path("city").asString());
            for (Carts.Line line : order.cart.lines().values()) {
                xml.writeStartElement("line");
                xml.writeAttribute("sku", line.product().sku());
                xml.writeAttribute("quantity", Integer.toString(line.quantity()));
                xml.writeCharacters(line.amount().toPlainString());
                xml.writeEndElement();
            }
            element(xml, "tax", order.tax().toPlainString());
            element(xml, "total", order.cart.total().toPlainString());
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private @Nullable List<Order> ofSender(ShopRequest request) {
        Customer customer = accounts.sender(request);
        return customer == null ? null : byCustomer.getOrDefault(customer.email(), List.of());
    }

    private @Nullable Order find(ShopRequest request, String number) {
        List<Order> orders = ofSender(request);
        return orders == null
                ? null
                : orders.stream()
                        .filter(o -> o.number.equals(number))
                        .findFirst()
                        .orElse(null);
    }

    private static Reply missing() {
        return Reply.problem(404, "no-such-order", "There is no such order of yours.");
    }
}
