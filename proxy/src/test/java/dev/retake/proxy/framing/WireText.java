package dev.retake.proxy.framing;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has come on a connection, one char a byte, and how far it is read: lines, lengths and chunks, by RFC 9112 alone. */
final class WireText {
    /** How what follows the last whole message stands. */
    enum End {
        /** There is nothing, and nothing is awaited. */
        NOTHING,
        PARTIAL,
        REFUSED
    }

    /** A message that is not whole, or not one. */
    static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;
        private final End end;

        Stop(End end) {
            super(null, null, false, false);
            this.end = end;
        }

        End end() {
            return end;
        }
    }

    static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

    /** A field's line: its name and its value. */
    static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00\\r\\n]*?)[ \\t]*");

    private static final List<String> HEAD_ONLY = List.of(
            "connection",
            "content-length",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-retake-run");

    private final String text;
    private int at;

    WireText(String text) {
        this.text = text;
    }

    /** Chars that are read. */
    int at() {
        return at;
    }

    boolean isRead() {
        return at == text.length();
    }

    /** The text from {@code from} to what is read next. */
    String since(int from) {
        return text.substring(from, at);
    }

    /** The text from {@code from} on. */
    String from(int from) {
        return text.substring(from);
    }

    void skipEmptyLines() {
        while (text.startsWith("\r\n", at)) {
            at += 2;
        }
    }

    /** The lines of a head, without their ends. */
    List<String> head() throws Stop {
        int end = text.indexOf("\r\n\r\n", at);
        if (end < 0) {
            throw new Stop(End.PARTIAL);
        }
        String[] lines = text.substring(at, end).split("\r\n", -1);
        at = end + 4;
        return List.of(lines);
    }

    /**
     * Takes a body in chunks, as far as there is one.
     *
     * @param chunkLine the first group is a chunk's size in hexadecimal
     */
    void chunks(Pattern chunkLine, StringBuilder content, List<String> trailers) throws Stop {
        while (true) {
            BigInteger size = new BigInteger(match(chunkLine, line()).group(1), 16);
            if (size.signum() == 0) {
                break;
            }
            take(size, content);
            if (!"\r\n".startsWith(text.substring(at, Math.min(at + 2, text.length())))) {
                throw new Stop(End.REFUSED);
            }
            if (text.length() < at + 2) {
                throw new Stop(End.PARTIAL);
            }
            at += 2;
        }
        for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
            if (!mayTrail(match(FIELD, trailer).group(1))) {
                throw new Stop(End.REFUSED);
            }
            trailers.add(trailer);
        }
    }

    /** Takes {@code length} chars, as far as there are so many. */
    void take(BigInteger length, StringBuilder content) throws Stop {
        int left = text.length() - at;
        boolean whole = length.compareTo(BigInteger.valueOf(left)) <= 0;
        int taken = whole ? length.intValueExact() : left;
        content.append(text, at, at + taken);
        at += taken;
        if (!whole) {
            throw new Stop(End.PARTIAL);
        }
    }

    /** Takes all that is left. */
    void takeRest(StringBuilder content) {
        content.append(text, at, text.length());
        at = text.length();
    }

    private String line() throws Stop {
        int end = text.indexOf("\r\n", at);
        if (end < 0) {
            throw new Stop(End.PARTIAL);
        }
        String line = text.substring(at, end);
        at = end + 2;
        return line;
    }

    /** Whether a field of this name may stand in a trailer section. */
    private static boolean mayTrail(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !HEAD_ONLY.contains(lower.replace("content_length", "host").replace("transfer_encoding", "host"));
    }

    static Matcher match(Pattern pattern, String line) throws Stop {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new Stop(End.REFUSED);
        }
        return matcher;
    }
}
