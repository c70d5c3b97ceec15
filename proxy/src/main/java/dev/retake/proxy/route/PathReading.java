package dev.retake.proxy.route;

/**
 * How far all servers read one path alike. Between {@code /} and {@code /} a segment is clear unless a server might see
 * something else in it than a name: an end of the path, more segments, or none ({@code ..}, {@code %2e%2e}, {@code ..;x},
 * {@code a%2fb}, {@code a\b}, {@code %00}, an empty one). The path is read alike up to the first that is not clear, less
 * as many segments as those after it might take back: of one that is not clear, the reading counts that goes least deep.
 *
 * <pre>
 * /static/img/a%2fb        /static/img
 * /static/img/../x         /static
 * /static/%2e%2e;/../x     nothing
 * </pre>
 *
 * One for each event loop; positions are those of the bytes that were read.
 */
final class PathReading {
    private final PathBytes segment = new PathBytes();
    private int end;
    private boolean whole;
    private boolean clear;
    private boolean lost;
    private int deeper;

    /** Reads the path in {@code bytes[from, to)}, which begins with a slash or is empty. */
    void read(byte[] bytes, int from, int to) {
        whole = true;
        int at = from;
        int depth = 0;
        int alike = 0;
        while (at < to) {
            int next = at + 1;
            while (next < to && bytes[next] != '/') {
                next++;
            }
            if (next == at + 1 && next == to) {
                break; // a slash at the end begins no segment
            }
            look(bytes, at + 1, next);
            whole &= clear;
            depth = lost ? 0 : Math.max(0, depth + deeper);
            alike = whole ? depth : Math.min(alike, depth);
            at = next;
        }
        end = whole ? at : skip(bytes, from, to, alike);
    }

    /** Where what is read alike ends. */
    int end() {
        return end;
    }

    /** Whether that is the whole path. */
    boolean whole() {
        return whole;
    }

    private static int skip(byte[] bytes, int from, int to, int segments) {
        int at = from;
        for (int i = 0; i < segments; i++) {
            at++;
            while (at < to && bytes[at] != '/') {
                at++;
            }
        }
        return at;
    }

    private void look(byte[] bytes, int from, int to) {
        clear = true;
        lost = false;
        deeper = 0;
        segment.begin(bytes, from, to);
        int letters = 0;
        int dots = 0;
        boolean parameters = false;
        boolean named = false;
        int before = 0;
        while (segment.hasNext()) {
            int b = segment.next();
            if (b == '/' || b == '\\' || b == '?' || b == '#') {
                named |= clear && letters > 0;
                clear = false;
                deeper -= letters == 0 && dots > 1 ? 1 : 0;
                letters = 0;
                dots = 0;
                parameters = false;
            } else if (b == ';') {
                parameters = true;
            } else if (!parameters && (b == '.' || b == ' ')) {
                dots += b == '.' ? 1 : 0;
            } else if (!parameters) {
                letters++;
            }
            lost |= b < 0x20 || b == 0x7f || isOverlong(before, b);
            before = b;
        }
        lost |= segment.malformed();
        deeper += named || clear && letters > 0 ? 1 : 0;
        deeper -= letters == 0 && dots > 1 ? 1 : 0;
        clear &= letters > 0 && !lost;
    }

    /** Whether a character is written with more bytes than it needs, as some servers take a dot or a slash (RFC 3629 §3). */
    private static boolean isOverlong(int before, int b) {
        boolean two = b == 0xc0 || b == 0xc1;
        return two || before == 0xe0 && b >= 0x80 && b < 0xa0 || before == 0xf0 && b >= 0x80 && b < 0x90;
    }
}
