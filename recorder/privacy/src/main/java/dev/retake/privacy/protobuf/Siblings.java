package dev.retake.privacy.protobuf;

import dev.retake.privacy.value.Field;
import org.jspecify.annotations.Nullable;

/**
 * Lets a field {@code name} of a message say what the field {@code value} beside it is, in either order, as in
 * {@code KeyValue}. It looks through the message once, and only where there is such a field. Not thread-safe.
 */
final class Siblings {
    private static final int LONGEST_NAME = 64;

    private final MessageType type;
    private final Field around;
    private final byte[] source;
    private final int from;
    private final int to;
    private boolean looked;
    private @Nullable Field named;

    /** Those of the message {@code source[from, to)}; of none where that is empty. */
    Siblings(MessageType type, Field around, byte[] source, int from, int to) {
        this.type = type;
        this.around = around;
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** What {@code field} holds: what a name beside it says, else what its own says. */
    Field meant(Field field) {
        if (!field.isNamedValue()) {
            return field;
        }
        if (!looked) {
            looked = true;
            named = look();
        }
        return named == null ? field : named;
    }

    private @Nullable Field look() {
        WireReader reader = new WireReader(source, from, to);
        while (reader.next() && reader.wire() != WireReader.SGROUP) {
            MessageField known = type.field(reader.number());
            int length = reader.at() - reader.from();
            if (known != null
                    && known.kind() == FieldKind.STRING
                    && reader.wire() == WireReader.LEN
                    && length > 0
                    && length <= LONGEST_NAME
                    && around.child(known.name(), 0, known.name().length).namesValue()) {
                Field says = around.unkept(source, reader.from(), reader.at());
                if (says.rule() != null) {
                    return says;
                }
            }
        }
        return null;
    }
}
