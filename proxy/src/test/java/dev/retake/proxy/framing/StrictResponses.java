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
 * A second reading of the responses on one connection, by RFC 9110 and 9112 alone and sharing nothing with the relay, as
 * {@link StrictReader} is one of requests. What it accepts has one reading.
 */
final class StrictResponses {
    /**
     * One final response.
     *
     * @param interims the 1xx before it, as they stand on the wire
     * @param fields lines of its head, but for the first, without their ends
     * @param content of its body, chunk framing taken off
     * @param trailers lines of its trailer section
     * @param raw the bytes behind its head
     */
    record Response(
            List<String> interims,
            String startLine,
            int status,
            List<String> fields,
            String content,
            List<String> trailers,
            String raw) {}

    /**
     * All that a text says.
     *
     * @param begun the response that is not whole, as far as it was read; null where not even its head is
     * @param interims those before that one
     * @param length of what belongs to whole responses
     */
    record Reading(
            List<Response> responses, End end, @Nullable Response begun, List<String> interims, int length) {}

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9]{2})(?: [^\\x00\\r\\n]*)?", Pattern.DOTALL);
    private static final Pattern CHUNK_LINE =
            Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;[^\\r\\n\\x00]*)?", Pattern.DOTALL);

    private final WireText text;
    private final boolean closed;
    private final List<Response> responses = new ArrayList<>();
    private List<String> interims = new ArrayList<>();
    private List<String> trailers = new ArrayList<>();
    private StringBuilder content = new StringBuilder();
    private @Nullable Response begun;
    private int bodyAt;

    private StrictResponses(String text, boolean closed) {
        this.text = new WireText(text);
        this.closed = closed;
    }

    /**
     * Reads the responses in {@code text}, one char a byte, to requests of these methods.
     *
     * @param closed whether the connection ended in order behind it
     */
    static Reading read(String text, boolean closed, String... methods) {
        StrictResponses reader = new StrictResponses(text, closed);
        End end = End.NOTHING;
        int length = 0;
        try {
            for (String method : methods) {
                if (reader.text.isRead() && closed) {
                    break;
                }
                reader.responses.add(reader.one(method));
                reader.begun = null;
                reader.interims = new ArrayList<>();
                length = reader.text.at();
            }
        } catch (Stop stop) {
            end = stop.end();
        }
        return new Reading(List.copyOf(reader.responses), end, reader.begun(end), reader.interims, length);
    }

    private @Nullable Response begun(End end) {
        if (begun == null || end == End.NOTHING) {
            return null;
        }
        return new Response(
                begun.interims,
                begun.startLine,
                begun.status,
                begun.fields,
                content.toString(),
                trailers,
                text.from(bodyAt));
    }

    private Response one(String method) throws Stop {
        while (true) {
            int from = text.at();
            List<String> lines = text.head();
            Matcher line = WireText.match(STATUS_LINE, lines.get(0));
            int status = Integer.parseInt(line.group(2));
            List<String> fields = lines.subList(1, lines.size());
            List<String> lengths = new ArrayList<>();
            List<String> codings = new ArrayList<>();
            framing(fields, lengths, codings);
            boolean old = line.group(1).equals("0");
            if (!codings.isEmpty() && (!lengths.isEmpty() || codings.size() > 1 || old)) {
                throw new Stop(End.REFUSED);
            }
            BigInteger length = lengths.isEmpty() ? null : new BigInteger(lengths.get(0));
            if (status >= 200) {
                bodyAt = text.at();
                begun = new Response(interims, lines.get(0), status, fields, "", List.of(), "");
                boolean bodyless = method.equals("HEAD") || status == 204 || status == 304;
                body(bodyless ? BigInteger.ZERO : length, !bodyless && !codings.isEmpty());
                return new Response(
                        interims, lines.get(0), status, fields, content.toString(), trailers, text.since(bodyAt));
            }
            boolean announced = !codings.isEmpty() || length != null && length.signum() > 0;
            if (announced || status == 101) {
                throw new Stop(End.REFUSED);
            }
            interims.add(text.since(from));
        }
    }

    private static void framing(List<String> fields, List<String> lengths, List<String> codings) throws Stop {
        for (String line : fields) {
            Matcher field = WireText.match(WireText.FIELD, line);
            String value = field.group(2);
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "content-length" -> {
                    if (!value.matches("[0-9]{1,18}") || !lengths.isEmpty() && !lengths.contains(value)) {
                        throw new Stop(End.REFUSED);
                    }
                    lengths.add(value);
                }
                case "transfer-encoding" -> {
                    if (!value.toLowerCase(Locale.ROOT).equals("chunked")) {
                        throw new Stop(End.REFUSED);
                    }
                    codings.add(value);
                }
                case "content_length", "transfer_encoding" -> throw new Stop(End.REFUSED);
                default -> {}
            }
        }
    }

    private void body(@Nullable BigInteger length, boolean chunked) throws Stop {
        content = new StringBuilder();
        trailers = new ArrayList<>();
        if (chunked) {
            text.chunks(CHUNK_LINE, content, trailers);
        } else if (length != null) {
            text.take(length, content);
        } else {
            text.takeRest(content);
            if (!closed) {
                throw new Stop(End.PARTIAL);
            }
        }
    }
}
