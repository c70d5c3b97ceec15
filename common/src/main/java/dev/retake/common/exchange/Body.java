package dev.retake.common.exchange;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message body as it is recorded: transfer and content codings taken off.
 *
 * @param bytes what is kept; empty where there was no body or it is withheld. Not copied: treat as read-only
 * @param size bytes of the decoded body before sanitizing; of a truncated body, as many as were counted
 * @param wireSize bytes of content as transferred, before decoding and without chunk framing
 * @param coding the content coding that was taken off (RFC 9110 §8.4), null where there was none
 * @param truncated the capture ended at a cap; {@code bytes} is a prefix
 * @param withheld why {@code bytes} is empty though the body was not; null where it was kept
 * @param digest keyed digest of the first {@code digestedBytes} decoded bytes, before sanitizing; null where none was
 *     needed. It exists for bodies that are truncated or withheld, so that replay can still compare them
 * @param digestedBytes how many bytes the digest covers
 * @param chunkTimes for a streamed body, pairs of (end offset in the decoded body before sanitizing, nanoseconds since the
 *     exchange was accepted): of an event stream one for each event that is whole, of another one for each piece as it
 *     passed, at most 1,024; empty otherwise. {@link Timings#UNKNOWN} for the time of an event where it is not known
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content; see equals
public record Body(
        byte[] bytes,
        long size,
        long wireSize,
        @Nullable String coding,
        boolean truncated,
        @Nullable Withheld withheld,
        byte @Nullable [] digest,
        long digestedBytes,
        long[] chunkTimes) {

    private static final byte[] NO_BYTES = {};
    private static final long[] NO_TIMES = {};

    /** No content at all. */
    public static final Body EMPTY = new Body(NO_BYTES, 0, 0, null, false, null, null, 0, NO_TIMES);

    /** A whole body without content coding. */
    public static Body of(byte[] bytes) {
        return bytes.length == 0
                ? EMPTY
                : new Body(bytes, bytes.length, bytes.length, null, false, null, null, 0, NO_TIMES);
    }

    /** The same body with other bytes; size and flags stay. */
    public Body withBytes(byte[] replaced) {
        return new Body(replaced, size, wireSize, coding, truncated, withheld, digest, digestedBytes, chunkTimes);
    }

    /** The same body, its bytes left out for {@code reason}. */
    public Body withheld(Withheld reason) {
        return new Body(NO_BYTES, size, wireSize, coding, truncated, reason, digest, digestedBytes, chunkTimes);
    }

    /** The same body with a keyed digest of its first {@code covered} bytes. */
    public Body withDigest(byte[] keyedDigest, long covered) {
        return new Body(bytes, size, wireSize, coding, truncated, withheld, keyedDigest, covered, chunkTimes);
    }

    /** Whether the message carried no content. */
    public boolean isEmpty() {
        return size == 0 && bytes.length == 0;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Body[" + size + " bytes]";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Body that
                && size == that.size
                && wireSize == that.wireSize
                && truncated == that.truncated
                && withheld == that.withheld
                && digestedBytes == that.digestedBytes
                && Objects.equals(coding, that.coding)
                && Arrays.equals(bytes, that.bytes)
                && Arrays.equals(digest, that.digest)
                && Arrays.equals(chunkTimes, that.chunkTimes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + Long.hashCode(size);
    }
}
