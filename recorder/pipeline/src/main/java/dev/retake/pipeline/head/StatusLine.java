package dev.retake.pipeline.head;

import org.jspecify.annotations.Nullable;

/**
 * The start line of a response (RFC 9112 §4).
 *
 * @param version as sent
 * @param status 100 to 999
 * @param reason as sent, empty where there is none
 */
public record StatusLine(String version, int status, String reason) {
    /** Reads {@code line}; null where it has no status of three digits. */
    public static @Nullable StatusLine parse(String line) {
        int space = line.indexOf(' ');
        if (space <= 0 || line.length() < space + 4) {
            return null;
        }
        int status = 0;
        for (int i = space + 1; i <= space + 3; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            status = status * 10 + c - '0';
        }
        if (status < 100 || line.length() > space + 4 && line.charAt(space + 4) != ' ') {
            return null;
        }
        String reason = line.length() > space + 5 ? line.substring(space + 5) : "";
        return new StatusLine(line.substring(0, space), status, reason);
    }
}
