package dev.retake.privacy.scan;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Lets the detectors look at the text in one stream: at runs of UTF-8 that are long enough to be no accident in binary
 * data, as they are and with their escapes undone. Holds at most 64 KB. Not thread-safe.
 */
final class DetectorSearch {
    private static final int WINDOW = 64 * 1024;

    /** What the next window begins with again, where no line ends. */
    private static final int OVERLAP = 16 * 1024;

    /** In binary data, shorter runs of text are accidents. */
    private static final int SHORTEST_RUN = 12;

    /** In runs shorter than this, values shorter than the shortest run are accidents as well. */
    private static final int LONG_RUN = 24;

    private static final List<Escaping> ESCAPINGS = List.of(Escaping.PERCENT, Escaping.JSON, Escaping.MARKUP);

    private final DetectedClasses classes;
    private final List<String> inside;
    private final ScanListener listener;
    private final HitList hits = new HitList();
    private byte[] window = new byte[256];
    private int length;

    /** Offset of the window's first byte in the stream. */
    private long base;

    private boolean longRun;
    private int continuing;
    private long taken;

    DetectorSearch(DetectedClasses classes, List<String> inside, ScanListener listener) {
        this.classes = classes;
        this.inside = inside;
        this.listener = listener;
    }

    /** Takes the next bytes of the stream. */
    void feed(byte[] bytes, int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (continuing > 0 && (value & 0xc0) == 0x80) {
                continuing--;
                continue;
            }
            boolean broken = continuing > 0;
            continuing = continuation(value);
            if (broken || continuing < 0) {
                append(bytes, start, i);
                start = continuing < 0 ? i + 1 : i;
                endRun(taken + start - from);
                continuing = Math.max(0, continuing);
            }
        }
        append(bytes, start, to);
        taken += to - from;
    }

    /** Ends the stream. */
    void end() {
        if (taken == length) {
            // A stream that is text as a whole may be short.
            longRun = true;
        }
        endRun(taken);
    }

    /** How many bytes belong to the character that begins with {@code value}, beyond that; -1 where none begins so. */
    private static int continuation(byte value) {
        if (value >= 0x20 && value < 0x7f || value == '\n' || value == '\t' || value == '\r') {
            return 0;
        }
        int unsigned = value & 0xff;
        if (unsigned < 0xc2 || unsigned > 0xf4) {
            return -1;
        }
        return unsigned < 0xe0 ? 1 : unsigned < 0xf0 ? 2 : 3;
    }

    private void append(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (length == window.length) {
                if (length < WINDOW) {
                    window = Arrays.copyOf(window, Math.min(WINDOW, length * 4));
                } else {
                    scanFull();
                }
            }
            int count = Math.min(to - at, window.length - length);
            System.arraycopy(bytes, at, window, length, count);
            length += count;
            at += count;
        }
    }

    /** Scans the run that has ended; the next begins at {@code next} or later. */
    private void endRun(long next) {
        longRun |= length >= LONG_RUN;
        if (length >= SHORTEST_RUN || longRun && length > 0) {
            scan(length);
        }
        longRun = false;
        length = 0;
        base = next;
    }

    /** Scans a full window, and keeps its last part for the next. */
    private void scanFull() {
        longRun = true;
        int keep = length - OVERLAP;
        int line = length;
        while (line > keep && window[line - 1] != '\n') {
            line--;
        }
        int cut = line > keep ? line : boundary(keep);
        scan(cut);
        System.arraycopy(window, cut, window, 0, length - cut);
        length -= cut;
        base += cut;
    }

    private int boundary(int from) {
        for (int i = from; i > from - 1024; i--) {
            if (window[i - 1] == ' ' || window[i - 1] == ',' || window[i - 1] == '"') {
                return i;
            }
        }
        return from;
    }

    /** Reports what begins before {@code cut}; where that is not a line's end, it may reach beyond. */
    private void scan(int cut) {
        int to = cut < length && window[cut - 1] != '\n' ? length : cut;
        hits.clear();
        Detectors.scan(window, 0, to, hits);
        for (int i = 0; i < hits.size() && hits.start(i) < cut; i++) {
            report(window, hits.start(i), hits.end(i), i, "raw", hits.start(i));
        }
        for (Escaping escaping : ESCAPINGS) {
            DecodedText decoded = escaping.decode(window, 0, to);
            if (decoded != null) {
                scan(decoded, cut, escaping.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private void scan(DecodedText decoded, int cut, String encoding) {
        hits.clear();
        Detectors.scan(decoded.bytes(), 0, decoded.length(), hits);
        for (int i = 0; i < hits.size(); i++) {
            int start = decoded.origin(hits.start(i));
            int end = decoded.origin(hits.end(i));
            // Without an escape in it, it was found already.
            if (start < cut && end - start > hits.end(i) - hits.start(i)) {
                report(decoded.bytes(), hits.start(i), hits.end(i), i, encoding, start);
            }
        }
    }

    private void report(byte[] bytes, int from, int to, int hit, String encoding, int at) {
        DataClass dataClass = hits.dataClass(hit);
        if ((longRun || to - from >= SHORTEST_RUN) && classes.isLeak(dataClass, bytes, from, to)) {
            listener.leaked(new Leak(0, dataClass, encoding, base + at, inside));
        }
    }
}
