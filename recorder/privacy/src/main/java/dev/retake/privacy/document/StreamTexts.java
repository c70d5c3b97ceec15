package dev.retake.privacy.document;

import dev.retake.common.exchange.MediaType;

/** What the text messages of streams are by how they begin. */
final class StreamTexts {
    static final MediaType EVENTS = MediaType.parse("text/event-stream");

    private static final MediaType TEXT = MediaType.parse("text/plain");
    private static final MediaType JSON = MediaType.parse("application/json");
    private static final int LONGEST_CODE = 32;

    private StreamTexts() {}

    /** JSON behind the digits or the letter that Engine.IO, Socket.IO and SockJS put before it; else text that may be anything. */
    static MediaType type(byte[] source) {
        int at = 0;
        while (at < Math.min(source.length, LONGEST_CODE) && isCode(source[at])) {
            at++;
        }
        boolean framed = at > 0 && at < source.length && (source[at] == '[' || source[at] == '{');
        return framed ? JSON : TEXT;
    }

    private static boolean isCode(byte b) {
        return b >= '0' && b <= '9' || b == 'a' || b == 'c' || b == 'm';
    }
}
