package dev.retake.privacy.scan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compressed streams that begin anywhere in another: each magic number starts a decoder, whose output has a scanner of its
 * own. Not thread-safe.
 */
final class EmbeddedStreams implements AutoCloseable {
    /** As many at one place are no accident any more: their ends are looked for, one would find more of them. */
    private static final int MOST = 16;

    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private final ByteScanner around;
    private final List<Embedded> active = new ArrayList<>();

    /** The last bytes, the newest lowest. */
    private int last;

    EmbeddedStreams(ByteScanner around) {
        this.around = around;
    }

    /** Takes the next bytes, the first of which is at {@code offset} of the stream. */
    void feed(byte[] bytes, int from, int to, long offset) {
        if (!active.isEmpty()) {
            active.removeIf(stream -> !stream.feed(bytes, from, to));
        }
        int recent = last;
        for (int i = from; i < to; i++) {
            recent = recent << 8 | bytes[i] & 0xff;
            Embedded stream = switch (bytes[i]) {
                case 8 -> (recent & 0xffffff) == 0x1f8b08 ? begin("gzip", GZIP, offset + i - from) : null;
                case (byte) 0xfd -> recent == 0x28b52ffd ? begin("zstd", ZSTD, offset + i - from) : null;
                case 0x01, 0x5e, (byte) 0x9c, (byte) 0xda ->
                    (recent & 0xff00) == 0x7800 ? begin("zlib", new byte[] {0x78, bytes[i]}, offset + i - from) : null;
                default -> null;
            };
            if (stream != null && stream.feed(bytes, i + 1, to)) {
                active.add(stream);
            }
        }
        last = recent;
    }

    /** Begins a stream whose magic number has just ended; null where it cannot be followed. */
    private @Nullable Embedded begin(String kind, byte[] magic, long end) {
        String place = kind + "@" + (end + 1 - magic.length);
        if (around.depth() == ByteScanner.DEEPEST) {
            if (!kind.equals("zlib")) {
                // Its two bytes are met by chance too often to make much of them.
                around.unread(place + " is nested too deep");
            }
            return null;
        }
        if (active.size() == MOST) {
            around.unread(place + " begins inside too many others");
            return null;
        }
        StreamDecoder decoder = switch (kind) {
            case "gzip" -> DeflateDecoder.gzip();
            case "zlib" -> DeflateDecoder.zlib();
            default -> new ZstdDecoder();
        };
        Embedded stream = new Embedded(decoder, place);
        return stream.feed(magic, 0, magic.length) ? stream : null;
    }

    /** The stream around ends. */
    void end() {
        active.forEach(Embedded::close);
        active.clear();
    }

    @Override
    public void close() {
        end();
    }

    private final class Embedded implements StreamDecoder.Output {
        private final StreamDecoder decoder;
        private final String place;
        private @Nullable ByteScanner inner;

        Embedded(StreamDecoder decoder, String place) {
            this.decoder = decoder;
            this.place = place;
        }

        /** False where it is over, and closed. */
        boolean feed(byte[] bytes, int from, int to) {
            boolean more = decoder.feed(bytes, from, to, this);
            if (!more) {
                close();
            }
            return more;
        }

        @Override
        public boolean put(byte[] bytes, int length) {
            if (!around.mayDecode(length)) {
                around.unread(place + " holds too much");
                return false;
            }
            ByteScanner scanner = inner;
            if (scanner == null) {
                scanner = around.inside(place);
                inner = scanner;
            }
            scanner.feed(bytes, 0, length);
            return true;
        }

        void close() {
            decoder.close();
            ByteScanner scanner = inner;
            if (scanner != null) {
                scanner.end();
            }
        }
    }
}
