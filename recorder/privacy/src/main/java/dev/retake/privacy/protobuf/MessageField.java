package dev.retake.privacy.protobuf;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message, as its descriptor has it.
 *
 * @param name in UTF-8; not copied: treat as read-only
 * @param jsonName the name that its author gave it in JSON, where that is not the name in camel case; else null
 * @param type of its messages; null where it holds none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MessageField(
        int number,
        byte[] name,
        byte @Nullable [] jsonName,
        FieldKind kind,
        boolean repeated,
        @Nullable MessageType type) {

    /** Whether {@code wire} is how its values may be written; all else is nothing that the descriptor knows. */
    boolean takes(int wire) {
        return wire == kind.wire()
                || kind.isMessage() && (wire == WireReader.SGROUP || wire == WireReader.LEN)
                || wire == WireReader.LEN && repeated && kind.isPackable();
    }

    boolean isMap() {
        return type != null && type.form() == MessageType.Form.MAP_ENTRY;
    }

    @Override
    public String toString() {
        return "MessageField[" + new String(name, StandardCharsets.UTF_8) + "]";
    }
}
