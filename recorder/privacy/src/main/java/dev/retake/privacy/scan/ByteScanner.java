package dev.retake.privacy.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks for leaks in one stream of bytes that is pushed to it: planted values under every encoding, values that the
 * detectors know in what is text, and both again inside gzip, zlib and zstd streams that begin anywhere. Each byte is read
 * once, and memory does not grow with the stream. Not thread-safe.
 */
public final class ByteScanner implements AutoCloseable {
    /** How many compressed streams inside one another are looked into. */
    static final int DEEPEST = 4;

    /** What a stream may decode to, in bytes: as far as deflate can expand it, and what is harmless anyway. */
    private static final long RATIO = 1_032;

    private static final long HARMLESS = 64L * 1024 * 1024;

    private final Canaries canaries;
    private final DetectedClasses classes;
    private final ScanListener listener;
    private final List<String> inside;
    private final Budget budget;
    private final CanarySearch search;
    private final DetectorSearch detectors;
    private final EmbeddedStreams embedded = new EmbeddedStreams(this);
    private long offset;

    /** Counted for a stream and all inside it, so that bombs in bombs cost no more than one. */
    private static final class Budget {
        private long read;
        private long decoded;
    }

    private ByteScanner(
            Canaries canaries, DetectedClasses classes, ScanListener listener, List<String> inside, Budget budget) {
        this.canaries = canaries;
        this.classes = classes;
        this.listener = listener;
        this.inside = inside;
        this.budget = budget;
        this.search = new CanarySearch(canaries, inside, listener);
        this.detectors = new DetectorSearch(classes, inside, listener);
    }

    /** A scanner for one stream. */
    public static ByteScanner of(Canaries canaries, DetectedClasses classes, ScanListener listener) {
        return new ByteScanner(canaries, classes, listener, List.of(), new Budget());
    }

    /** Takes the next bytes of the stream, {@code bytes[from, to)}, which it does not keep. */
    public void feed(byte[] bytes, int from, int to) {
        if (inside.isEmpty()) {
            budget.read += to - from;
        }
        if (!canaries.isEmpty()) {
            search.feed(bytes, from, to, offset);
        }
        if (classes != DetectedClasses.NONE) {
            detectors.feed(bytes, from, to);
        }
        embedded.feed(bytes, from, to, offset);
        offset += to - from;
    }

    /** Ends the stream; nothing may be fed after it. */
    public void end() {
        embedded.end();
        detectors.end();
    }

    /** Lets go of native memory, also where the stream was not read to its end. */
    @Override
    public void close() {
        embedded.close();
    }

    int depth() {
        return inside.size();
    }

    ByteScanner inside(String place) {
        List<String> deeper = new ArrayList<>(inside);
        deeper.add(place);
        return new ByteScanner(canaries, classes, listener, List.copyOf(deeper), budget);
    }

    boolean mayDecode(int length) {
        budget.decoded += length;
        return budget.decoded <= HARMLESS + RATIO * budget.read;
    }

    void unread(String reason) {
        listener.unread(inside.isEmpty() ? reason : reason + " in " + String.join(", in ", inside));
    }
}
