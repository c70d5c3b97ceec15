package dev.retake.privacy.scan;

import dev.retake.privacy.detect.DataClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands that should not: never the value itself.
 *
 * @param canary line of the planted value in its file, from 1 on; 0 for what a detector found
 * @param dataClass what a detector found; null for a planted value
 * @param encoding how the value is written there: {@code raw}, {@code hex}, {@code base64}, {@code percent}, {@code
 *     json}, {@code markup}, {@code utf-16} and their like
 * @param offset of its first byte in the bytes that {@code inside} names, from 0 on
 * @param inside compressed streams around it, outermost first, as {@code gzip@1024}; empty for none
 */
public record Leak(int canary, @Nullable DataClass dataClass, String encoding, long offset, List<String> inside) {
    public Leak {
        inside = List.copyOf(inside);
    }

    /** {@code canary} or the label of the class. */
    public String className() {
        return dataClass == null ? "canary" : dataClass.label();
    }
}
