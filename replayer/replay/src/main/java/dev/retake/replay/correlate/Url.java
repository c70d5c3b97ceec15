package dev.retake.replay.correlate;

import dev.retake.replay.message.Encoding;
import java.util.ArrayList;
import java.util.List;

/** The parts of a value that is a URL, a path or a query, without insisting that it is a correct one. */
final class Url {
    private static final int MAX_LENGTH = 8_192;

    private Url() {}

    /** Whether looking for parts makes sense. */
    static boolean looksLikeOne(String value) {
        if (value.length() > MAX_LENGTH || value.indexOf(' ') >= 0 || value.indexOf('\n') >= 0) {
            return false;
        }
        return value.startsWith("/") || value.contains("://") || value.indexOf('?') >= 0 || value.indexOf('/') > 0;
    }

    /** Segments of the path as they are written; scheme and host are left out. */
    static String[] segments(String url) {
        int start = 0;
        int scheme = url.indexOf("://");
        if (scheme >= 0) {
            int slash = url.indexOf('/', scheme + 3);
            start = slash < 0 ? url.length() : slash;
        }
        int end = endOf(url, '?', endOf(url, '#', url.length()));
        String path = start >= end ? "" : url.substring(start, end);
        return (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
    }

    /** Decoded names and values of query and fragment. */
    static List<String[]> parameters(String url) {
        List<String[]> parameters = new ArrayList<>();
        int from = Math.min(endOf(url, '?', url.length()), endOf(url, '#', url.length()));
        for (String pair : url.substring(Math.min(url.length(), from + 1)).split("[&#?]")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.add(new String[] {
                    Encoding.percentDecoded(pair.substring(0, equals), true),
                    Encoding.percentDecoded(pair.substring(equals + 1), true)
                });
            }
        }
        return parameters;
    }

    private static int endOf(String url, char mark, int otherwise) {
        int at = url.indexOf(mark);
        return at < 0 || at > otherwise ? otherwise : at;
    }
}
