package dev.retake.proxy.framing;

import dev.retake.proxy.framing.WireText.End;
import dev.retake.proxy.framing.WireText.Stop;
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

    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + WireText.TOKEN + ") ([^\\x00-\\x20\\x7f#]+) HTTP/1\\.([01])");
    private static final String HOST = "[^\\x00-\\x20\\x7f\"#,/<>?@\\\\]";
    private static final Pattern TARGET =
            Pattern.compile("(?s)/.*|\\*|(?<scheme>[A-Za-z][-+.A-Za-z0-9]*)://(?<host>" + HOST + "+)(?:[/?].*)?");
    private static final Pattern CHUNK_LINE =
            Pattern.compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*;[^\\r\\n\\x00]*)?", Pattern.DOTALL);
    private final WireText text;
    private final List<Request> requests = new ArrayList<>();
    private @Nullable String begun;

    private StrictReader(String text) {
        this.text = new WireText(text);
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

    private End all() {
        try {
            while (true) {
                text.skipEmptyLines();
                if (text.isRead()) {
                    return End.NOTHING;
                }
                requests.add(one());
                begun = null;
            }
        } catch (Stop stop) {
            return stop.end();
        }
    }

    private Request one() throws Stop {
        List<String> lines = text.head();
        Matcher line = WireText.match(REQUEST_LINE, lines.get(0));
        Matcher target = WireText.match(TARGET, line.group(2));
        boolean connect = line.group(1).equalsIgnoreCase("CONNECT");
        List<String> hosts = new ArrayList<>();
        List<String> lengths = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        for (String fieldLine : lines.subList(1, lines.size())) {
            Matcher field = WireText.match(WireText.FIELD, fieldLine);
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
        StringBuilder body = new StringBuilder();
        if (!codings.isEmpty()) {
            text.chunks(CHUNK_LINE, body, new ArrayList<>());
        } else if (!lengths.isEmpty()) {
            text.take(new BigInteger(lengths.get(0)), body);
        }
        return new Request(line.group(1), line.group(2), body.toString());
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
}
