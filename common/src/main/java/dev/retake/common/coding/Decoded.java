package dev.retake.common.coding;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a body once its content codings are off.
 *
 * @param bytes the decoded bytes, or as many of them as could be had; not copied, treat as read-only. The input itself
 *     where no coding was on it
 * @param coding the codings that were taken off, in the order in which they had been applied, lower case, separated by
 *     {@code ", "}; null where there was none
 * @param end why the bytes end where they end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Decoded(byte[] bytes, @Nullable String coding, End end) {
    /** Why decoded bytes end. */
    public enum End {
        /** The content ended. */
        WHOLE,
        /** The input ended before the content did; the bytes are a prefix. */
        CUT,
        /** The bound on size or ratio was reached; the bytes are a prefix. */
        BOUND,
        /** The input is not what its coding says; the bytes before the fault are there. */
        BROKEN,
        /** A coding is not one that can be taken off here; there are no bytes. */
        UNKNOWN
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Decoded[" + bytes.length + " bytes, " + end + "]";
    }
}
