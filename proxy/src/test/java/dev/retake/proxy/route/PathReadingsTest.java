package dev.retake.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Holds path readings to servers: paths made at random are read in all the ways that servers have, each written down here
 * once more in a simple form, and where all of them begin with the same segments the route must follow from these alone.
 */
class PathReadingsTest {
    private static final List<String> PIECES = List.of(
            "/", "/", "/", "a", "b", "..", ".", "%2e", "%2E%2e", "%252e", ";", ";x", "%3b", "%2f", "%5c", "\\", "%61",
            "%2561", "A", "x", "%00", "%3f", "%20", "%", "%25");
    private static final PathPrefix ROUTE = PathPrefix.of("/a/b");

    @Test
    void noServerReadsARouteWhereThereIsNone() {
        Random random = new Random(4);
        PathReading reading = new PathReading();
        int yes = 0;
        int no = 0;
        for (int round = 0; round < 40_000; round++) {
            StringBuilder path = new StringBuilder(random.nextBoolean() ? "/" : "/a/b/");
            for (int i = random.nextInt(9); i > 0; i--) {
                path.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            byte[] bytes = path.toString().getBytes(StandardCharsets.ISO_8859_1);
            reading.read(bytes, 0, bytes.length);
            Match match = ROUTE.match(bytes, 0, reading, new PathBytes());
            if (match == Match.EITHER) {
                continue;
            }
            yes += match == Match.YES ? 1 : 0;
            no += match == Match.NO ? 1 : 0;
            for (int server = 0; server < 96; server++) {
                String read = read(path.toString(), server);
                boolean taken = read.equals("/a/b") || read.startsWith("/a/b/");
                // Who knows no parameters has a name there that no route has; such names are taken for the route's.
                boolean parameters = (server & 1) == 0 && path.indexOf(";") >= 0;
                assertThat(taken || parameters && match == Match.YES)
                        .as(path + " read as " + read + " by server " + server)
                        .isEqualTo(match == Match.YES);
            }
        }
        assertThat(yes).isGreaterThan(1_000);
        assertThat(no).isGreaterThan(1_000);
    }

    /** The path as the server with these habits reads it. */
    private static String read(String raw, int server) {
        boolean withoutParameters = (server & 1) != 0;
        boolean decodesFirst = (server & 2) != 0;
        boolean mergesSlashes = (server & 4) != 0;
        boolean removesDots = (server & 8) != 0;
        boolean backslashes = (server & 16) != 0;
        int decodes = server / 32; // times, 0 to 2
        String path = raw;
        if (withoutParameters && !decodesFirst) {
            path = path.replaceAll(";[^/]*", "");
        }
        for (int i = 0; i < decodes; i++) {
            path = decoded(path);
        }
        if (decodes > 0) {
            path = path.replaceAll("[\\x00?#].*", "");
        }
        path = backslashes ? path.replace('\\', '/') : path;
        if (withoutParameters) {
            path = path.replaceAll(";[^/]*", "");
        }
        path = mergesSlashes ? path.replaceAll("/+", "/") : path;
        return removesDots ? withoutDots(path) : path;
    }

    private static String decoded(String path) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            boolean encoded = path.charAt(i) == '%'
                    && i + 2 < path.length()
                    && path.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}");
            out.append(encoded ? (char) Integer.parseInt(path.substring(i + 1, i + 3), 16) : path.charAt(i));
            i += encoded ? 2 : 0;
        }
        return out.toString();
    }

    private static String withoutDots(String path) {
        ArrayDeque<String> segments = new ArrayDeque<>();
        for (String segment : path.substring(Math.min(1, path.length())).split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }
}
