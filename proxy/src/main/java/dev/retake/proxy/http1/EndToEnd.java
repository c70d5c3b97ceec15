package dev.retake.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fields that are for all recipients, whatever {@code Connection} says (RFC 9110 §7.6.1 forbids to nominate such): who
 * asks, whence, and what the content is. Were they dropped, a client could undo what a proxy before this one added.
 */
final class EndToEnd {
    private static final byte[] FORWARDED = bytes("x-forwarded-");
    private static final List<byte[]> NAMES = List.of(
            bytes("authorization"),
            bytes("cache-control"),
            bytes("content-encoding"),
            bytes("content-range"),
            bytes("content-type"),
            bytes("cookie"),
            bytes("location"),
            bytes("origin"),
            bytes("set-cookie"),
            bytes("x-real-ip"));

    private EndToEnd() {}

    /** Whether the name in {@code bytes[from, to)} is that of such a field. */
    static boolean is(byte[] bytes, int from, int to) {
        if (to - from > FORWARDED.length && Ascii.equalsLower(bytes, from, from + FORWARDED.length, FORWARDED)) {
            return true;
        }
        for (byte[] name : NAMES) {
            if (Ascii.equalsLower(bytes, from, to, name)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
