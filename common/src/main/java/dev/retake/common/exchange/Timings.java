package dev.retake.common.exchange;

/**
 * When the parts of an exchange happened. All but the first are nanoseconds since {@code acceptedAt} on the monotonic
 * clock, or {@link #UNKNOWN}.
 *
 * @param acceptedAt wall clock when the request's first byte arrived, microseconds since the epoch
 * @param connectedNs an upstream connection was ready
 * @param sentNs the last byte of the request was written to it
 * @param firstByteNs the first byte of the response head arrived from it
 * @param lastByteNs the last byte of the response was written to the client
 */
public record Timings(long acceptedAt, long connectedNs, long sentNs, long firstByteNs, long lastByteNs) {
    /** Did not happen, or was not seen. */
    public static final long UNKNOWN = -1;
}
