package dev.retake.privacy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TypeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages of {@code shop.proto} and {@code legacy.proto}, written and read by protobuf's own library. */
public final class ShopMessages {
    private static final String SET = "/dev/retake/privacy/protobuf/shop.binpb";
    private static final Map<String, Descriptor> TYPES = new HashMap<>();
    private static final ExtensionRegistry EXTENSIONS = ExtensionRegistry.newInstance();
    private static final TypeRegistry REGISTRY;

    static {
        try (InputStream in = ShopMessages.class.getResourceAsStream(SET)) {
            Map<String, FileDescriptor> files = new HashMap<>();
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
                List<FileDescriptor> imports = new ArrayList<>();
                file.getDependencyList().forEach(name -> imports.add(files.get(name)));
                FileDescriptor built = FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
                files.put(file.getName(), built);
                built.getMessageTypes().forEach(ShopMessages::add);
                built.getExtensions().forEach(EXTENSIONS::add);
            }
            REGISTRY = TypeRegistry.newBuilder().add(TYPES.values()).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private ShopMessages() {}

    private static void add(Descriptor type) {
        TYPES.put(type.getFullName(), type);
        type.getNestedTypes().forEach(ShopMessages::add);
    }

    /** The set that describes them, as a file. */
    public static Path set() {
        return resource("shop.binpb");
    }

    static Path resource(String name) {
        try {
            return Path.of(ShopMessages.class
                    .getResource("/dev/retake/privacy/protobuf/" + name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The wire bytes of the message {@code type} that {@code text} writes in protobuf's text format. */
    public static byte[] bytes(String type, String text) {
        return message(type, text).toByteArray();
    }

    static Message message(String type, String text) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(TYPES.get(type));
        try {
            TextFormat.Parser.newBuilder().setTypeRegistry(REGISTRY).build().merge(text, EXTENSIONS, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return builder.build();
    }

    /** Whether these are the wire bytes of a message {@code type}. */
    public static boolean parses(String type, byte[] bytes) {
        try {
            return DynamicMessage.parseFrom(TYPES.get(type), bytes, EXTENSIONS).isInitialized();
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** The text format, a field a line, of the message {@code type} that has these wire bytes. */
    public static String text(String type, byte[] bytes) {
        try {
            Message message = DynamicMessage.parseFrom(TYPES.get(type), bytes, EXTENSIONS);
            return TextFormat.printer()
                    .usingTypeRegistry(REGISTRY)
                    .escapingNonAscii(false)
                    .printToString(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no " + type, e);
        }
    }
}
