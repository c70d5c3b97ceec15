package dev.retake.proxy.framing;

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
    /** How the response after the last whole one stands. */
    enum End {
        /** There is none, and none is awaited. */
        NOTHING,
        PARTIAL,
        REFUSED
    }

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

    private final String text;
    private final boolean closed;
    private final List<Response> responses = new ArrayList<>();
    private List<String> interims = new ArrayList<>();
    private List<String> trailers = new ArrayList<>();
    private StringBuilder content = new StringBuilder();
    private @Nullable Response begun;
    private int bodyAt;
    private int at;

    private StrictResponses(String text, boolean closed) {
        this.text = text;
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
                if (reader.at == text.length() && closed) {
                    break;
                }
                reader.responses.add(reader.one(method));
                reader.begun = null;
                reader.interims = new ArrayList<>();
                length = reader.at;
            }
        } catch (Stop stop) {
            end = stop.end;
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
                text.substring(bodyAt));
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

    private Response one(String method) throws Stop {
        while (true) {
            int from = at;
            int end = text.indexOf("\r\n\r\n", at);
            if (end < 0) {
                throw new Stop(End.PARTIAL);
            }
            String[] lines = text.substring(at, end).split("\r\n", -1);
            at = end + 4;
            Matcher line = match(STATUS_LINE, lines[0]);
            int status = Integer.parseInt(line.group(2));
            List<String> fields = List.of(lines).subList(1, lines.length);
            List<String> lengths = new ArrayList<>();
            List<String> codings = new ArrayList<>();
            framing(fields, lengths, codings);
            boolean old = line.group(1).equals("0");
            if (!codings.isEmpty() && (!lengths.isEmpty() || codings.size() > 1 || old)) {
                throw new Stop(End.REFUSED);
            }
            BigInteger length = lengths.isEmpty() ? null : new BigInteger(lengths.get(0));
            if (status >= 200) {
                bodyAt = at;
                begun = new Response(interims, lines[0], status, fields, "", List.of(), "");
                boolean bodyless = method.equals("HEAD") || status == 204 || status == 304;
                body(bodyless ? BigInteger.ZERO : length, !bodyless && !codings.isEmpty());
                return new Response(
                        interims, lines[0], status, fields, content.toString(), trailers, text.substring(bodyAt, at));
            }
            boolean announced = !codings.isEmpty() || length != null && length.signum() > 0;
            if (announced || status == 101) {
                throw new Stop(End.REFUSED);
            }
            interims.add(text.substring(from, at));
        }
    }

    private static void framing(List<String> fields, List<String> lengths, List<String> codings) throws Stop {
        for (String line : fields) {
            Matcher field = match(StrictReader.FIELD, line);
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
            chunks();
        } else if (length != null) {
            take(length);
        } else {
            content.append(text, at, text.length());
            at = text.length();
            if (!closed) {
                throw new Stop(End.PARTIAL);
            }
        }
    }

    private void chunks() throws Stop {
        while (true) {
            BigInteger size = new BigInteger(match(CHUNK_LINE, bodyLine()).group(1), 16);
            if (size.signum() == 0) {
                break;
            }
            take(size);
            if (!"\r\n".startsWith(text.substring(at, Math.min(at + 2, text.length())))) {
                throw new Stop(End.REFUSED);
            }
            if (text.length() < at + 2) {
                throw new Stop(End.PARTIAL);
            }
            at += 2;
        }
        for (String trailer = bodyLine(); !trailer.isEmpty(); trailer = bodyLine()) {
            if (!StrictReader.mayTrail(match(StrictReader.FIELD, trailer).group(1))) {
                throw new Stop(End.REFUSED);
            }
            trailers.add(trailer);
        }
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

    private void take(BigInteger length) throws Stop {
        int left = text.length() - at;
        boolean whole = length.compareTo(BigInteger.valueOf(left)) <= 0;
        int taken = whole ? length.intValueExact() : left;
        content.append(text, at, at + taken);
        at += taken;
        if (!whole) {
            throw new Stop(End.PARTIAL);
        }
    }

    private static Matcher match(Pattern pattern, String line) throws Stop {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new Stop(End.REFUSED);
        }
        return matcher;
    }
}
