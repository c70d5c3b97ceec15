package dev.retake.pipeline.head;

import org.jspecify.annotations.Nullable;

/**
 * The start line of a request (RFC 9112 §3).
 *
 * @param method as sent
 * @param target as sent
 * @param version as sent, {@code HTTP/1.0} where it is missing
 */
public record RequestLine(String method, String target, String version) {
    /** Reads {@code line}; null where it has no target. */
    public static @Nullable RequestLine parse(String line) {
        int first = line.indexOf(' ');
        if (first <= 0) {
            return null;
        }
        int last = line.lastIndexOf(' ');
        boolean versioned = last > first && line.startsWith("HTTP/", last + 1);
        String target =
                line.substring(first + 1, versioned ? last : line.length()).trim();
        return target.isEmpty()
                ? null
                : new RequestLine(line.substring(0, first), target, versioned ? line.substring(last + 1) : "HTTP/1.0");
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "RequestLine";
    }
}
