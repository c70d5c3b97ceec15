package dev.retake.replay.message;

/**
 * A value in a response.
 *
 * @param location where it stands, unique in the response: {@code header:Location}, {@code cookie:sid} or
 *     {@code body:/items/0/id}; positions in lists are numbers between slashes
 * @param name what the message calls it: the field, key, column or element
 * @param parent key of what holds it, empty where nothing does
 * @param value its content, decoded
 * @param number whether it is written as a number
 */
public record Leaf(String location, String name, String parent, String value, boolean number) {
    /** Shows no content. */
    @Override
    public String toString() {
        return "Leaf[" + location + "]";
    }
}
