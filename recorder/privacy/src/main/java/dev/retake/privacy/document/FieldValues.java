package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Escaping;
import java.nio.charset.StandardCharsets;

/** Sanitizes a single value that stands in no document. */
public final class FieldValues {
    private FieldValues() {}

    /**
     * Sanitizes {@code value}.
     *
     * @param name of its field, with the names around it from the outermost on, joined by dots
     */
    public static String walk(Leaves leaves, String name, String value) {
        Field field = leaves.fields().json();
        for (String part : name.split("\\.", -1)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            field = field.child(bytes, 0, bytes.length);
        }
        byte[] source = value.getBytes(StandardCharsets.UTF_8);
        Edits edits = new Edits();
        leaves.value(field, source, 0, source.length, Escaping.NONE, 0, edits);
        return edits.isEmpty() ? value : new String(edits.apply(source, 0, source.length), StandardCharsets.UTF_8);
    }
}
