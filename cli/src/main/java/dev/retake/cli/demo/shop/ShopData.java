package dev.retake.cli.demo.shop;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** What is in a shop's database when it starts. Immutable. */
public record ShopData(List<Customer> customers, List<Product> products) {

    public ShopData {
        customers = List.copyOf(customers);
        products = List.copyOf(products);
    }

    /** Thirty customers and a catalogue; the same seed gives the same. */
    public static ShopData generate(long seed) {
        return new ShopData(CustomerData.generate(seed), ProductData.generate(seed));
    }

    /** The same data with each customer's record replaced by {@code change}'s result. */
    public ShopData withCustomers(UnaryOperator<ObjectNode> change) {
        return new ShopData(
                customers.stream()
                        .map(customer -> new Customer(change.apply(customer.record())))
                        .toList(),
                products);
    }
}
