package dev.retake.common.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of an event stream up to an empty one (WHATWG HTML §9.2.5): an event, or comments alone.
 *
 * @param from where its first line begins
 * @param to where its last line ends
 * @param complete offset of the byte after which a reader knows that it is whole
 * @param end where the next may begin
 * @param comment whether each of its lines is a comment
 * @param whole whether the empty line is there
 */
public record EventBlock(int from, int to, int complete, int end, boolean comment, boolean whole) {
    /** More than so many of one stream are not told apart. */
    public static final int MOST = 10_000;

    /** The blocks of a stream, of which {@code bytes} are the first. Lines end with CR, LF or both; never throws. */
    public static List<EventBlock> of(byte[] bytes) {
        List<EventBlock> blocks = new ArrayList<>();
        int at = hasMark(bytes) ? 3 : 0;
        int from = -1;
        int to = 0;
        boolean comment = true;
        while (at < bytes.length && blocks.size() < MOST) {
            int lineEnd = at;
            while (lineEnd < bytes.length && bytes[lineEnd] != '\n' && bytes[lineEnd] != '\r') {
                lineEnd++;
            }
            int next = next(bytes, lineEnd);
            if (lineEnd > at) {
                from = from < 0 ? at : from;
                to = lineEnd;
                comment &= bytes[at] == ':';
            } else if (from >= 0) {
                blocks.add(new EventBlock(from, to, lineEnd + 1, next, comment, true));
                from = -1;
                comment = true;
            }
            at = next;
        }
        if (from >= 0 && blocks.size() < MOST) {
            blocks.add(new EventBlock(from, to, bytes.length, bytes.length, comment, false));
        }
        return blocks;
    }

    private static int next(byte[] bytes, int lineEnd) {
        boolean pair = lineEnd + 1 < bytes.length && bytes[lineEnd] == '\r' && bytes[lineEnd + 1] == '\n';
        return Math.min(bytes.length, lineEnd + (pair ? 2 : 1));
    }

    private static boolean hasMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }
}
