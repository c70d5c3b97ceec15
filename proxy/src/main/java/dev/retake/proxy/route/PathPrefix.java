package dev.retake.proxy.route;

import dev.retake.proxy.http1.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Which paths a route takes: those that begin with its segments. A segment is the same with parameters after a semicolon,
 * and may be the same where encoding or case alone differ, as servers go by these or not.
 */
public final class PathPrefix {
    /** Every path, and requests that have none. */
    public static final PathPrefix ANY = new PathPrefix("");

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~!$&'()*+,=:@.-]+)*/?");
    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.+(/.*)?");

    private final String text;
    private final byte[][] segments;

    private PathPrefix(String text) {
        this.text = text;
        this.segments = Arrays.stream(text.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> segment.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    /**
     * Reads a prefix; a slash at its end makes no difference.
     *
     * @throws IllegalArgumentException where it does not begin with a slash, or servers would read it differently
     */
    public static PathPrefix of(String text) {
        if (!text.startsWith("/")
                || !PLAIN.matcher(text).matches()
                || DOTS.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return new PathPrefix(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    boolean isAny() {
        return segments.length == 0;
    }

    /** Whether it takes the path that begins at {@code from} and was read as {@code reading} says. */
    Match match(byte[] bytes, int from, PathReading reading, PathBytes decoder) {
        Match match = Match.YES;
        int at = from;
        for (byte[] wanted : segments) {
            if (at >= reading.end()) {
                return reading.whole() ? Match.NO : Match.EITHER;
            }
            int end = at + 1;
            while (end < reading.end() && bytes[end] != '/') {
                end++;
            }
            Match same = same(bytes, at + 1, end, wanted, decoder);
            if (same == Match.NO) {
                return Match.NO;
            }
            match = same == Match.EITHER ? Match.EITHER : match;
            at = end;
        }
        return match;
    }

    private static Match same(byte[] bytes, int from, int to, byte[] wanted, PathBytes decoder) {
        int end = from;
        while (end < to && bytes[end] != ';') {
            end++;
        }
        if (Arrays.equals(bytes, from, end, wanted, 0, wanted.length)) {
            return Match.YES;
        }
        decoder.begin(bytes, from, to);
        for (byte b : wanted) {
            if (!decoder.hasNext() || Ascii.lower(decoder.next()) != Ascii.lower(b)) {
                return Match.NO;
            }
        }
        return !decoder.hasNext() || decoder.next() == ';' ? Match.EITHER : Match.NO;
    }

    /** Whether every path that {@code other} takes is taken by this. */
    boolean covers(PathPrefix other) {
        return isAny() || equals(other) || other.text.startsWith(text + "/");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPrefix prefix && text.equals(prefix.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it is written. */
    @Override
    public String toString() {
        return text;
    }
}
