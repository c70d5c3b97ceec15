package dev.retake.privacy.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the few parts of a {@code FileDescriptorSet} (descriptor.proto) that a walk over messages needs: which fields a
 * message has, and which messages a method takes. Not thread-safe.
 */
final class DescriptorReader {
    private static final int DEEPEST = 100;
    private static final int REPEATED = 3;
    private static final String NO_SET = "is no descriptor set, as protoc --descriptor_set_out writes one";

    private final Map<String, MessageType> types;
    private final Map<String, RpcMethod> methods;
    private final Set<String> own = new HashSet<>();
    private final List<Unlinked> fields = new ArrayList<>();
    private final List<UnlinkedMethod> unlinkedMethods = new ArrayList<>();

    /** A field whose message may be read later than it. */
    private record Unlinked(
            String message, MessageField field, @Nullable String typeName) {}

    private record UnlinkedMethod(String path, String input, String output) {}

    /**
     * A reader that adds to what was read before; messages that are there stay.
     *
     * @param types by their full name
     * @param methods by the path of their requests
     */
    DescriptorReader(Map<String, MessageType> types, Map<String, RpcMethod> methods) {
        this.types = types;
        this.methods = methods;
    }

    /**
     * Reads a set.
     *
     * @throws IllegalArgumentException for what is none; its message ends a sentence that begins with the file
     */
    void read(byte[] set) {
        int files = 0;
        WireReader reader = new WireReader(set, 0, set.length);
        while (reader.next()) {
            if (reader.number() == 1 && reader.wire() == WireReader.LEN) {
                file(set, reader.from(), reader.at());
                files++;
            } else {
                pass(reader);
            }
        }
        require(!reader.isBroken() && files > 0, NO_SET);
        link();
    }

    private void file(byte[] source, int from, int to) {
        String container = text(source, from, to, 2);
        WireReader reader = new WireReader(source, from, to);
        while (reader.next()) {
            boolean part = reader.wire() == WireReader.LEN;
            if (part && reader.number() == 4) {
                message(source, reader.from(), reader.at(), container, 0);
            } else if (part && reader.number() == 6) {
                service(source, reader.from(), reader.at(), container);
            } else if (part && reader.number() == 7) {
                field(source, reader.from(), reader.at(), null);
            } else {
                pass(reader);
            }
        }
        require(!reader.isBroken(), NO_SET);
    }

    private void message(byte[] source, int from, int to, String container, int depth) {
        String name = joined(container, text(source, from, to, 1));
        require(depth < DEEPEST && !name.isEmpty(), NO_SET);
        if (!types.containsKey(name)) {
            types.put(name, new MessageType(name, isMapEntry(source, from, to)));
            own.add(name);
        }
        WireReader reader = new WireReader(source, from, to);
        while (reader.next()) {
            boolean part = reader.wire() == WireReader.LEN;
            if (part && reader.number() == 2) {
                field(source, reader.from(), reader.at(), name);
            } else if (part && reader.number() == 3) {
                message(source, reader.from(), reader.at(), name, depth + 1);
            } else if (part && reader.number() == 6) {
                field(source, reader.from(), reader.at(), null);
            } else {
                pass(reader);
            }
        }
        require(!reader.isBroken(), NO_SET);
    }

    private static boolean isMapEntry(byte[] source, int from, int to) {
        int[] options = part(source, from, to, 7);
        return options != null && number(source, options[0], options[1], 7) != 0;
    }

    /** Reads a field of {@code message}; an extension where that is null, which names what it extends. */
    private void field(byte[] source, int from, int to, @Nullable String message) {
        String name = text(source, from, to, 1);
        long number = number(source, from, to, 3);
        FieldKind kind = FieldKind.of(number(source, from, to, 5));
        if (kind == null || name.isEmpty() || number <= 0 || number >= 1 << 29) {
            throw new IllegalArgumentException(NO_SET);
        }
        String json = text(source, from, to, 10);
        boolean repeated = number(source, from, to, 4) == REPEATED;
        MessageField field = new MessageField(
                (int) number,
                name.getBytes(StandardCharsets.UTF_8),
                json.isEmpty() || json.equals(camel(name)) ? null : json.getBytes(StandardCharsets.UTF_8),
                kind,
                repeated,
                null);
        String holder = message == null ? undotted(text(source, from, to, 2)) : message;
        String typeName = kind.isMessage() ? undotted(text(source, from, to, 6)) : null;
        if (message == null || own.contains(holder)) {
            fields.add(new Unlinked(holder, field, typeName));
        }
    }

    private void service(byte[] source, int from, int to, String container) {
        String name = joined(container, text(source, from, to, 1));
        WireReader reader = new WireReader(source, from, to);
        while (reader.next()) {
            if (reader.wire() == WireReader.LEN && reader.number() == 2) {
                int start = reader.from();
                int end = reader.at();
                unlinkedMethods.add(new UnlinkedMethod(
                        "/" + name + "/" + text(source, start, end, 1),
                        undotted(text(source, start, end, 2)),
                        undotted(text(source, start, end, 3))));
            } else {
                pass(reader);
            }
        }
        require(!reader.isBroken(), NO_SET);
    }

    private void link() {
        for (Unlinked unlinked : fields) {
            MessageType holder = types.get(unlinked.message());
            if (holder == null) {
                continue; // extends a message that no file has, so it cannot be met
            }
            MessageField field = unlinked.field();
            String typeName = unlinked.typeName();
            holder.add(
                    typeName == null
                            ? field
                            : new MessageField(
                                    field.number(),
                                    field.name(),
                                    field.jsonName(),
                                    field.kind(),
                                    field.repeated(),
                                    type(typeName)));
        }
        for (UnlinkedMethod method : unlinkedMethods) {
            methods.putIfAbsent(method.path(), new RpcMethod(type(method.input()), type(method.output())));
        }
    }

    private MessageType type(String name) {
        MessageType type = types.get(name);
        if (type == null) {
            throw new IllegalArgumentException(
                    "has no message " + name + "; write it with protoc --include_imports --descriptor_set_out");
        }
        return type;
    }

    /** The last field {@code number} that is a string, empty where there is none. */
    private static String text(byte[] source, int from, int to, int number) {
        int[] part = part(source, from, to, number);
        return part == null ? "" : new String(source, part[0], part[1] - part[0], StandardCharsets.UTF_8);
    }

    /** From where to where the last such field reaches, null where there is none. */
    private static int @Nullable [] part(byte[] source, int from, int to, int number) {
        WireReader reader = new WireReader(source, from, to);
        int @Nullable [] found = null;
        while (reader.next()) {
            if (reader.number() == number && reader.wire() == WireReader.LEN) {
                found = new int[] {reader.from(), reader.at()};
            } else {
                pass(reader);
            }
        }
        require(!reader.isBroken(), NO_SET);
        return found;
    }

    /** The last field {@code number} that is a number, 0 where there is none. */
    private static long number(byte[] source, int from, int to, int number) {
        WireReader reader = new WireReader(source, from, to);
        long found = 0;
        while (reader.next()) {
            if (reader.number() == number && reader.wire() == WireReader.VARINT) {
                found = reader.value();
            } else {
                pass(reader);
            }
        }
        require(!reader.isBroken(), NO_SET);
        return found;
    }

    private static void pass(WireReader reader) {
        boolean group = reader.wire() == WireReader.SGROUP;
        require(reader.wire() != WireReader.EGROUP && (!group || reader.skipGroup()), NO_SET);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The name that JSON has for a field unless its author gave it another: {@code user_id} is {@code userId}. */
    private static String camel(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean upper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                camel.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return camel.toString();
    }

    private static String joined(String container, String name) {
        return container.isEmpty() ? name : container + "." + name;
    }

    private static String undotted(String name) {
        return name.startsWith(".") ? name.substring(1) : name;
    }
}
