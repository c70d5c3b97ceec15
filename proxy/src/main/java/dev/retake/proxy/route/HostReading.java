package dev.retake.proxy.route;

import dev.retake.proxy.http1.Field;
import dev.retake.proxy.http1.Head;

/**
 * The host that one request is for, port left off. It is not clear where servers would read it differently: other
 * characters than names have, an end in a dot, a port that is none, or a URL as target without a Host beside it. One for
 * each event loop.
 */
final class HostReading {
    private byte[] bytes = {};
    private int from;
    private int to;
    private boolean clear;

    /** Reads the host of {@code head}; the parser has seen to it that target and Host agree (RFC 9112 §3.2.2). */
    void read(Head head) {
        int host = head.indexOf(Field.HOST);
        if (host < 0) {
            bytes = head.bytes();
            from = 0;
            to = 0;
            clear = !head.absoluteTarget();
        } else {
            read(head.bytes(), head.valueStart(host), head.valueEnd(host));
        }
    }

    /** Reads the host and port in {@code text[start, end)}. */
    void read(byte[] text, int start, int end) {
        bytes = text;
        from = start;
        to = start;
        clear = true;
        boolean literal = start < end && text[start] == '[';
        while (to < end && (literal ? text[to] != ']' : text[to] != ':')) {
            clear &= literal ? isOfAddress(text[to]) || to == start : isOfName(text[to]);
            to++;
        }
        if (literal) {
            clear &= to < end;
            to = Math.min(to + 1, end);
        } else {
            clear &= to == start ? start == end : text[to - 1] != '.';
        }
        clear &= to == end || text[to] == ':';
        for (int i = to + 1; i < end; i++) {
            clear &= text[i] >= '0' && text[i] <= '9';
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean clear() {
        return clear;
    }

    private static boolean isOfName(byte b) {
        return isLetter(b) || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_';
    }

    private static boolean isOfAddress(byte b) {
        return isLetter(b) || b >= '0' && b <= '9' || b == ':' || b == '.';
    }

    private static boolean isLetter(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    }
}
