package dev.retake.privacy.protobuf;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages and methods that the configured descriptor sets describe, and which operations have which bodies. Immutable
 * once read; thread-safe.
 */
public final class Descriptors {
    /** No descriptors: no protobuf body can be read. */
    public static final Descriptors NONE = new Descriptors(Map.of(), Map.of(), Map.of());

    private static final String SHIPPED = "google.binpb";
    private static final String NO_MESSAGE = "-";

    private final Map<String, MessageType> types;
    private final Map<String, RpcMethod> methods;
    private final Map<String, Bodies> operations;

    /** What the bodies of an operation that is no RPC are. */
    private record Bodies(
            @Nullable MessageType request, @Nullable MessageType response) {}

    private Descriptors(
            Map<String, MessageType> types, Map<String, RpcMethod> methods, Map<String, Bodies> operations) {
        this.types = types;
        this.methods = methods;
        this.operations = operations;
    }

    /**
     * Reads descriptor sets, as {@code protoc --include_imports --descriptor_set_out} writes them. The messages of
     * {@code google.protobuf} and {@code google.rpc} are known beside them.
     *
     * @param files of which the first that has a message or method says what it is
     * @param operations {@code METHOD PATH REQUEST RESPONSE}, as {@code POST /orders/{id} shop.Order -}
     * @throws RetakeException with CONFIGURATION for a file that cannot be read, or an operation with no such message
     */
    public static Descriptors read(List<Path> files, List<String> operations) {
        if (files.isEmpty() && operations.isEmpty()) {
            return NONE;
        }
        Map<String, MessageType> types = new HashMap<>();
        Map<String, RpcMethod> methods = new HashMap<>();
        for (Path file : files) {
            byte[] set;
            try {
                set = Files.readAllBytes(file);
            } catch (IOException e) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "Cannot read the descriptor set " + file + "; check " + ProtobufKeys.DESCRIPTORS.path() + ".",
                        e);
            }
            try {
                new DescriptorReader(types, methods).read(set);
            } catch (IllegalArgumentException e) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION, "The descriptor set " + file + " " + e.getMessage() + ".", e);
            }
        }
        new DescriptorReader(types, methods).read(shipped());
        Map<String, Bodies> bodies = new HashMap<>();
        operations.forEach(operation -> operation(operation, types, bodies));
        return new Descriptors(types, methods, bodies);
    }

    private static byte[] shipped() {
        try (InputStream in = Descriptors.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the shipped descriptors are not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void operation(String text, Map<String, MessageType> types, Map<String, Bodies> into) {
        List<String> words = List.of(text.strip().split("\\s+"));
        if (words.size() != 4) {
            throw broken(text, "is not METHOD PATH REQUEST RESPONSE, with - for no message");
        }
        into.put(
                words.get(0) + " " + words.get(1),
                new Bodies(message(text, words.get(2), types), message(text, words.get(3), types)));
    }

    private static @Nullable MessageType message(String text, String name, Map<String, MessageType> types) {
        MessageType type = types.get(name);
        if (type == null && !name.equals(NO_MESSAGE)) {
            throw broken(text, "names " + name + ", which no descriptor set has");
        }
        return type;
    }

    private static RetakeException broken(String text, String what) {
        return new RetakeException(
                ErrorCode.CONFIGURATION, ProtobufKeys.OPERATIONS.path() + ": \"" + text + "\" " + what + ".");
    }

    /** The message with this full name, a leading dot or a URL before it left out; null where none is known. */
    public @Nullable MessageType message(String name) {
        return types.get(name.substring(Math.max(name.lastIndexOf('/'), name.startsWith(".") ? 0 : -1) + 1));
    }

    /** The method that requests to {@code path} call, {@code /shop.Orders/Get}; null where none is known. */
    public @Nullable RpcMethod method(String path) {
        return methods.get(path);
    }

    /** What the body of {@code request}, or of its response, is by the configuration alone; null where it does not say. */
    public @Nullable MessageType configured(Request request, boolean response) {
        if (operations.isEmpty()) {
            return null;
        }
        Bodies bodies = operations.get(request.method() + " " + request.path());
        if (bodies == null) {
            bodies = operations.get(PathTemplate.operation(request));
        }
        return bodies == null ? null : response ? bodies.response() : bodies.request();
    }
}
