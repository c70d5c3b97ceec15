package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Utf8;
import java.util.Arrays;

/** The attributes of one tag: where their names and values stand. Quotes may be missing, as in HTML. */
final class Attributes {
    /** A tag with more attributes is none: it is walked as text. */
    private static final int MOST = 1_000;

    private int[] bounds = new int[16];
    private int count;
    private int end = -1;

    /** Reads from {@code from}, after the tag's name, to the tag's end or {@code to}. */
    Attributes(byte[] source, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = source[at];
            if (b == '>') {
                end = at;
                return;
            }
            if (Utf8.isSpace(b) || b == '/' || b == '=') {
                at++;
                continue;
            }
            int next = attribute(source, at, to);
            if (next < 0) {
                return;
            }
            at = next;
        }
    }

    /** Reads the attribute at {@code from}, and returns where it ends; -1 where it does not. */
    private int attribute(byte[] source, int from, int to) {
        int nameEnd = from + 1;
        while (nameEnd < to && !endsName(source[nameEnd])) {
            nameEnd++;
        }
        int at = nameEnd;
        while (at < to && Utf8.isSpace(source[at])) {
            at++;
        }
        if (count < MOST && (at == to || source[at] != '=')) {
            add(from, nameEnd, nameEnd, nameEnd);
            return nameEnd;
        }
        at++;
        while (at < to && Utf8.isSpace(source[at])) {
            at++;
        }
        boolean quoted = at < to && (source[at] == '"' || source[at] == '\'');
        int start = quoted ? at + 1 : at;
        int stop = start;
        while (stop < to
                && (quoted ? source[stop] != source[at] : source[stop] != '>' && !Utf8.isSpace(source[stop]))) {
            stop++;
        }
        if (stop == to || count == MOST) {
            return -1;
        }
        add(from, nameEnd, start, stop);
        return quoted ? stop + 1 : stop;
    }

    private void add(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        if (4 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[4 * count] = nameFrom;
        bounds[4 * count + 1] = nameTo;
        bounds[4 * count + 2] = valueFrom;
        bounds[4 * count++ + 3] = valueTo;
    }

    int count() {
        return count;
    }

    /** Index of the tag's {@code >}, -1 where the text ends before it. */
    int end() {
        return end;
    }

    int nameFrom(int index) {
        return bounds[4 * index];
    }

    int nameTo(int index) {
        return bounds[4 * index + 1];
    }

    int valueFrom(int index) {
        return bounds[4 * index + 2];
    }

    int valueTo(int index) {
        return bounds[4 * index + 3];
    }

    /** Where the last attribute's value ends. */
    int afterLast() {
        return bounds[4 * count - 1];
    }

    private static boolean endsName(byte b) {
        return Utf8.isSpace(b) || b == '=' || b == '>' || b == '/';
    }
}
