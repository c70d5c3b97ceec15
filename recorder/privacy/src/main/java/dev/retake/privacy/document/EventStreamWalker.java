package dev.retake.privacy.document;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Walks server-sent events (WHATWG HTML §9.2): the data of each event as one text, over its lines; other fields and
 * comments as texts of their own.
 */
final class EventStreamWalker {
    private static final List<byte[]> NAMES = List.of(
            "data:".getBytes(StandardCharsets.US_ASCII),
            "event:".getBytes(StandardCharsets.US_ASCII),
            "id:".getBytes(StandardCharsets.US_ASCII),
            "retry:".getBytes(StandardCharsets.US_ASCII),
            ":".getBytes(StandardCharsets.US_ASCII));

    private EventStreamWalker() {}

    static void walk(Leaves leaves, byte[] source, int from, int to, boolean cut, Edits edits) {
        int at = from;
        while (at < to) {
            int end = endOfLine(source, at, to);
            if (!isData(source, at, end)) {
                line(leaves, source, at, end, cut && end == to, edits);
                at = nextLine(source, end, to);
                continue;
            }
            int last = end;
            int lines = 1;
            int next = nextLine(source, end, to);
            while (next < to && isData(source, next, endOfLine(source, next, to))) {
                last = endOfLine(source, next, to);
                next = nextLine(source, last, to);
                lines++;
            }
            data(leaves, source, at, last, lines, cut && last == to, edits);
            at = next;
        }
    }

    private static void data(Leaves leaves, byte[] source, int from, int to, int lines, boolean cut, Edits edits) {
        int start = dataStart(source, from, to);
        Field field = leaves.fields().nameless();
        if (cut) {
            int lastLine = to;
            while (lastLine > from && !isEnd(source[lastLine - 1])) {
                lastLine--;
            }
            line(leaves, source, lastLine, to, true, edits);
            if (lastLine > from) {
                data(leaves, source, from, endBefore(source, lastLine), lines - 1, false, edits);
            }
            return;
        }
        if (lines == 1) {
            leaves.value(field, source, start, to, Escaping.NONE, 0, edits);
            return;
        }
        DecodedText joined = new DecodedText(to - start);
        int at = from;
        while (at < to) {
            int end = endOfLine(source, at, to);
            for (int i = dataStart(source, at, end); i < end; i++) {
                joined.add(source[i], i);
            }
            at = nextLine(source, end, to);
            if (at < to) {
                joined.add((byte) '\n', end);
            }
        }
        Edits inner = new Edits();
        leaves.value(field, joined.end(to).bytes(), 0, joined.length(), Escaping.NONE, 0, inner);
        inner.into(edits, joined, Escaping.NONE, source);
    }

    private static void line(Leaves leaves, byte[] source, int from, int to, boolean cut, Edits edits) {
        int start = from;
        for (byte[] name : NAMES) {
            int end = from + name.length;
            if (end <= to && Arrays.equals(source, from, end, name, 0, name.length)) {
                start = end;
            }
        }
        if (cut) {
            leaves.cut(leaves.fields().nameless(), source, start, to, Escaping.NONE, 0, edits);
        } else {
            leaves.value(leaves.fields().nameless(), source, start, to, Escaping.NONE, 0, edits);
        }
    }

    private static boolean isData(byte[] source, int from, int to) {
        return to - from >= 5
                && source[from] == 'd'
                && source[from + 1] == 'a'
                && source[from + 2] == 't'
                && source[from + 3] == 'a'
                && source[from + 4] == ':';
    }

    private static int dataStart(byte[] source, int from, int to) {
        int start = from + 5;
        return start < to && source[start] == ' ' ? start + 1 : start;
    }

    private static int endOfLine(byte[] source, int from, int to) {
        int end = from;
        while (end < to && !isEnd(source[end])) {
            end++;
        }
        return end;
    }

    private static int nextLine(byte[] source, int end, int to) {
        boolean pair = end + 1 < to && source[end] == '\r' && source[end + 1] == '\n';
        return Math.min(end + (pair ? 2 : 1), to);
    }

    private static int endBefore(byte[] source, int line) {
        boolean pair = line >= 2 && source[line - 2] == '\r' && source[line - 1] == '\n';
        return line - (pair ? 2 : 1);
    }

    private static boolean isEnd(byte b) {
        return b == '\n' || b == '\r';
    }
}
