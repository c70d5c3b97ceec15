package dev.retake.privacy.protobuf;

import dev.retake.common.config.ConfigKey;
import dev.retake.common.config.ConfigType;
import java.util.List;

/** Settings of protobuf and gRPC. */
public final class ProtobufKeys {
    /** Descriptor sets. */
    public static final ConfigKey<List<String>> DESCRIPTORS = new ConfigKey<>(
            "privacy.descriptors",
            ConfigType.texts("a list of descriptor set files, as [shop.binpb]"),
            List.of(),
            "Descriptor sets by which protobuf and gRPC bodies are read, as protoc --include_imports"
                    + " --descriptor_set_out writes them; a body that none describes is withheld.");

    /** Bodies that are protobuf but no RPC. */
    public static final ConfigKey<List<String>> OPERATIONS = new ConfigKey<>(
            "privacy.protobufOperations",
            ConfigType.texts("a list of METHOD PATH REQUEST RESPONSE, as [\"POST /orders/{id} shop.Order -\"]"),
            List.of(),
            "Which messages the bodies of operations are that neither a gRPC path nor a parameter of their media type"
                    + " names; - for none, {id} for a segment of the path that looks like an id.");

    public static final List<ConfigKey<?>> ALL = List.of(DESCRIPTORS, OPERATIONS);

    private ProtobufKeys() {}
}
