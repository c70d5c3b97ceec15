package dev.retake.cli.demo.shop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is in a shop's database when it starts. Immutable. */
public record ShopData(List<Customer> customers, List<Product> products) {
    private static final String CUSTOMERS = "customers";

    public ShopData {
        customers = List.copyOf(customers);
        products = List.copyOf(products);
    }

    /** Thirty customers and a catalogue; the same seed gives the same. */
    public static ShopData generate(long seed) {
        return new ShopData(CustomerData.generate(seed), ProductData.generate(seed));
    }

    /**
     * The same data with the customers that {@code change} makes of a document {@code {"customers":[...]}}: under that name
     * their records stand in a database, and it says what an {@code id} in them is.
     */
    public ShopData withCustomers(UnaryOperator<byte[]> change) {
        ObjectNode document = Documents.object();
        ArrayNode records = document.putArray(CUSTOMERS);
        customers.forEach(customer -> records.add(customer.record()));
        String changed = new String(change.apply(Documents.bytes(document)), StandardCharsets.UTF_8);
        List<Customer> others = new ArrayList<>();
        for (JsonNode other : Objects.requireNonNull(Documents.parse(changed), "an object stays one")
                .path(CUSTOMERS)) {
            others.add(new Customer((ObjectNode) other));
        }
        return new ShopData(others, products);
    }
}
