package dev.retake.cli.demo.shop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is in a shop's database when it starts. Immutable. */
public record ShopData(List<Customer> customers, List<Product> products) {
    private static final String CUSTOMERS = "customers";
    private static final String PRODUCTS = "products";

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
        List<Customer> others = new ArrayList<>();
        for (JsonNode other :
                changed(CUSTOMERS, customers.stream().map(Customer::record).toList(), change)) {
            others.add(new Customer((ObjectNode) other));
        }
        return new ShopData(others, products);
    }

    /** The same data with the catalogue that {@code change} makes of a document {@code {"products":[...]}}. */
    public ShopData withProducts(UnaryOperator<byte[]> change) {
        List<Product> others = new ArrayList<>();
        for (JsonNode other :
                changed(PRODUCTS, products.stream().map(Product::record).toList(), change)) {
            others.add(Product.of(other));
        }
        return new ShopData(customers, others);
    }

    private static JsonNode changed(String table, List<ObjectNode> records, UnaryOperator<byte[]> change) {
        ObjectNode document = Documents.object();
        document.putArray(table).addAll(records);
        String changed = new String(change.apply(Documents.bytes(document)), StandardCharsets.UTF_8);
        return Objects.requireNonNull(Documents.parse(changed), "an object stays one")
                .path(table);
    }
}
