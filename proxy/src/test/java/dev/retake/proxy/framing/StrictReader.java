package dev.retake.proxy.framing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second reading of requests, by RFC 9110 and 9112 alone and sharing nothing with the relay: regular expressions over
 * whole lines, where the relay walks bytes. Slow, without limits, and strict: what it accepts has one reading.
 */
final class StrictReader {
    /** How the bytes after the last whole request stand. */
    enum End {
        NOTHING,
        PARTIAL,
        REFUSED
    }

    /** One request; {@code body} is its content, chunk framing taken off. */
    record Request(String method, String target, String body) {}

    /** All that a text says. */
    record Reading(List<Request> requests, End end) {
        List<String> targets() {
            return requests.stream().map(Request::target).toList();
        }

        Reading without(String target) {
            return new Reading(
                    requests.stream()
                            .filter(request -> !request.target().equals(target))
                            .toList(),
                    end);
        }
    }

    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TOKEN + ") ([^\\x00-\\x20\\x7f#]+) HTTP/1\\.([01])");
    static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[ \\t]*([^\\x00\\r\\n]*?)[ \\t]*");
    private static final String HOST = "[^\\x00-\\x20\\x7f\"#,/<>?@\\\\]";
    private static final Pattern TARGET =
            Pattern.compile("(?s)/.*|\\*|(?<scheme>[A-Za-z][-+.A-Za-z0-9]*)://(?<host>" + HOST + "+)(?:[/?].*)?");
    private static final Pattern CHUNK_LINE =
            Pattern.compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*;[^\\r\\n\\x00]*)?", Pattern.DOTALL);
    private static final List<String> HEAD_ONLY = List.of(
            "connection",
            "content-length",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-retake-run");

    private final String text;
    private final List<Request> requests = new ArrayList<>();
    private @Nullable String begun;
    private int at;

    private StrictReader(String text) {
        this.text = text;
    }

    /** Reads the requests in {@code text}, one char a byte, until it ends or cannot be read on. */
    static Reading read(String text) {
        StrictReader reader = new StrictReader(text);
        End end = reader.all();
        return new Reading(List.copyOf(reader.requests), end);
    }

    /** Targets of the requests in {@code text}, with that of a last one whose head is whole and whose body is not. */
    static List<String> begun(String text) {
        StrictReader reader = new StrictReader(text);
        reader.all();
        List<String> targets = new ArrayList<>();
        reader.requests.forEach(request -> targets.add(request.target()));
        if (reader.begun != null) {
            targets.add(reader.begun);
        }
        return targets;
    }

    /** A message that is not whole, or not one. */
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;
        private final End end;

        Stop(End end) {
            super(null, null, false, false);
            this.end = end;
        }
    }

    private End all() {
        try {
            while (true) {
                while (text.startsWith("\r\n", at)) {
                    at += 2;
                }
                if (at == text.length()) {
                    return End.NOTHING;
                }
                requests.add(one());
                begun = null;
            }
        } catch (Stop stop) {
            return stop.end;
        }
    }

    private Request one() throws Stop {
        int end = text.indexOf("\r\n\r\n", at);
        if (end < 0) {
            throw new Stop(End.PARTIAL);
        }
        String[] lines = text.substring(at, end).split("\r\n", -1);
        at = end + 4;
        Matcher line = match(REQUEST_LINE, lines[0]);
        Matcher target = match(TARGET, line.group(2));
        boolean connect = line.group(1).equalsIgnoreCase("CONNECT");
        List<String> hosts = new ArrayList<>();
        List<String> lengths = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher field = match(FIELD, lines[i]);
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "host" -> hosts.add(field.group(2));
                case "content-length" -> lengths.add(field.group(2));
                case "transfer-encoding" -> codings.add(field.group(2).toLowerCase(Locale.ROOT));
                case "content_length", "transfer_encoding" -> throw new Stop(End.REFUSED);
                default -> {}
            }
        }
        boolean sound = !connect
                && hosts.size() <= 1
                && hosts.stream().allMatch(host -> host.matches(HOST + "*") && agrees(target, host))
                && lengths.size() + codings.size() <= 1
                && lengths.stream().allMatch(length -> length.matches("[0-9]{1,18}"))
                && codings.stream()
                        .allMatch(coding ->
                                coding.equals("chunked") && line.group(3).equals("1"));
        if (!sound) {
            throw new Stop(End.REFUSED);
        }
        begun = line.group(2);
        String body = codings.isEmpty() ? plain(lengths) : chunks();
        return new Request(line.group(1), line.group(2), body);
    }

    private static boolean agrees(Matcher target, String host) {
        String scheme = target.group("scheme");
        if (scheme == null) {
            return true;
        }
        String implied = scheme.equalsIgnoreCase("http") ? ":80" : scheme.equalsIgnoreCase("https") ? ":443" : "";
        return bare(target.group("host"), implied).equals(bare(host, implied));
    }

    private static String bare(String host, String port) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }

    private String plain(List<String> lengths) throws Stop {
        return lengths.isEmpty() ? "" : take(new BigInteger(lengths.get(0)));
    }

    private String chunks() throws Stop {
        StringBuilder body = new StringBuilder();
        while (true) {
            BigInteger size = new BigInteger(match(CHUNK_LINE, bodyLine()).group(1), 16);
            if (size.signum() == 0) {
                break;
            }
            body.append(take(size));
            if (!"\r\n".startsWith(text.substring(at, Math.min(at + 2, text.length())))) {
                throw new Stop(End.REFUSED);
            }
            take(BigInteger.TWO);
        }
        for (String trailer = bodyLine(); !trailer.isEmpty(); trailer = bodyLine()) {
            if (!mayTrail(match(FIELD, trailer).group(1))) {
                throw new Stop(End.REFUSED);
            }
        }
        return body.toString();
    }

    /** Whether a field of this name may stand in a trailer section. */
    static boolean mayTrail(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !HEAD_ONLY.contains(lower.replace("content_length", "host").replace("transfer_encoding", "host"));
    }

    private String bodyLine() throws Stop {
        int end = text.indexOf("\r\n", at);
        if (end < 0) {
            throw new Stop(End.PARTIAL);
        }
        String line = text.substring(at, end);
        at = end + 2;
        return line;
    }

    private String take(BigInteger length) throws Stop {
        if (length.compareTo(BigInteger.valueOf(text.length() - at)) > 0) {
            throw new Stop(End.PARTIAL);
        }
        int from = at;
        at += length.intValueExact();
        return text.substring(from, at);
    }

    private static Matcher match(Pattern pattern, String line) throws Stop {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new Stop(End.REFUSED);
        }
        return matcher;
    }
}
