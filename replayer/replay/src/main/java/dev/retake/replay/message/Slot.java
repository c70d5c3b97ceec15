package dev.retake.replay.message;

/**
 * A value in a request that can be replaced.
 *
 * @param place which part of the message holds it
 * @param index position of the header field that holds it; 0 elsewhere
 * @param start offset of its first character in that part
 * @param end offset past its last character
 * @param encoding how a value is written there
 * @param name what the message calls it: the parameter, field or key; of a path segment, the segment before it
 * @param parent key of what holds it, empty where nothing does
 * @param value its content, decoded
 * @param number whether it is written as a number
 * @param location where it stands, for a reader: {@code path:2}, {@code query:page}, {@code header:Authorization},
 *     {@code cookie:sid} or {@code body:/id}
 */
public record Slot(
        Place place,
        int index,
        int start,
        int end,
        Encoding encoding,
        String name,
        String parent,
        String value,
        boolean number,
        String location) {

    /** Part of a request. */
    public enum Place {
        TARGET,
        HEADER,
        BODY
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Slot[" + location + "]";
    }
}
