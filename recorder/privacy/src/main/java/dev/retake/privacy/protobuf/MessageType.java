package dev.retake.privacy.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as its descriptor has it. Complete once {@link DescriptorReader} has read its set, then read by any thread. */
public final class MessageType {
    /** What is special about a message. */
    enum Form {
        PLAIN,
        /** {@code key} and {@code value} of a map. */
        MAP_ENTRY,
        /** {@code google.protobuf.Any}. */
        ANY,
        /** One of those whose fields JSON does not show: {@code Struct}, {@code Value}, {@code StringValue} and the like. */
        TRANSPARENT,
        /** {@code google.protobuf.Timestamp}. */
        TIMESTAMP,
        /** {@code google.type.Date}. */
        DATE
    }

    private final String name;
    private final byte[] simpleName;
    private final Form form;
    private final Map<Integer, MessageField> fields = new HashMap<>();

    MessageType(String name, boolean mapEntry) {
        this.name = name;
        this.simpleName = name.substring(name.lastIndexOf('.') + 1).getBytes(StandardCharsets.UTF_8);
        this.form = mapEntry ? Form.MAP_ENTRY : form(name);
    }

    private static Form form(String name) {
        return switch (name) {
            case "google.protobuf.Any" -> Form.ANY;
            case "google.protobuf.Timestamp" -> Form.TIMESTAMP;
            case "google.type.Date" -> Form.DATE;
            case "google.protobuf.Struct",
                    "google.protobuf.Value",
                    "google.protobuf.ListValue",
                    "google.protobuf.DoubleValue",
                    "google.protobuf.FloatValue",
                    "google.protobuf.Int64Value",
                    "google.protobuf.UInt64Value",
                    "google.protobuf.Int32Value",
                    "google.protobuf.UInt32Value",
                    "google.protobuf.StringValue",
                    "google.protobuf.BytesValue" -> Form.TRANSPARENT;
            default -> Form.PLAIN;
        };
    }

    /** With its package: {@code shop.v1.Order}. */
    public String name() {
        return name;
    }

    /** Without its package, in UTF-8; not copied: treat as read-only. */
    byte[] simpleName() {
        return simpleName;
    }

    Form form() {
        return form;
    }

    void add(MessageField field) {
        fields.putIfAbsent(field.number(), field);
    }

    @Nullable
    MessageField field(int number) {
        return fields.get(number);
    }

    @Override
    public String toString() {
        return name;
    }
}
