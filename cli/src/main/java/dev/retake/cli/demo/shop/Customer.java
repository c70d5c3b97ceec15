package dev.retake.cli.demo.shop;

import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody with an account. All of it is personal data; it is a document, so that test data can be made from it by the
 * same rules that sanitize traffic.
 */
public final class Customer {
    private final ObjectNode record;

    /** Takes over {@code record}: the fields of {@link #profile()} and {@code password}. */
    Customer(ObjectNode record) {
        this.record = record;
    }

    /** The whole record, a copy. */
    public ObjectNode record() {
        return record.deepCopy();
    }

    public String email() {
        return text("email");
    }

    public String password() {
        return text("password");
    }

    public String phone() {
        return text("phone");
    }

    String id() {
        return text("id");
    }

    String firstName() {
        return text("firstName");
    }

    /** First and last name. */
    String name() {
        return firstName() + " " + text("lastName");
    }

    /** What the customer sees. */
    public ObjectNode profile() {
        ObjectNode profile = record();
        profile.remove("password");
        return profile;
    }

    /** Where parcels go. */
    ObjectNode shippingAddress() {
        ObjectNode address = Documents.object();
        address.put("name", name());
        address.setAll((ObjectNode) record.path("address").deepCopy());
        return address;
    }

    /** The same customer with another phone number. */
    Customer withPhone(String phone) {
        ObjectNode changed = record();
        changed.put("phone", phone);
        return new Customer(changed);
    }

    private String text(String field) {
        return record.path(field).asString("");
    }
}
