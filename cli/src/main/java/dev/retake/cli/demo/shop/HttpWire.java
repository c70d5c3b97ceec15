package dev.retake.cli.demo.shop;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads requests from and writes replies to a connection, as much of RFC 9112 as the demo's own clients use. */
final class HttpWire {
    private static final int LINE = 16_384;
    private static final int BODY = 1 << 20;

    private final Dialect dialect;
    private final Clock clock;
    private final Ids ids;

    /** Messages of an instance; {@code clock} must be in UTC. */
    HttpWire(Dialect dialect, Clock clock, Ids ids) {
        this.dialect = dialect;
        this.clock = clock;
        this.ids = ids;
    }

    /** The next request, null where the client has ended the connection. */
    @Nullable
    ShopRequest read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] words = start.split(" ");
        if (words.length != 3) {
            throw new ProtocolException("not a request line");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String field = line(in); field != null && !field.isEmpty(); field = line(in)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        field.substring(0, colon).toLowerCase(Locale.ROOT),
                        field.substring(colon + 1).strip());
            }
        }
        byte[] body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
                ? chunks(in)
                : exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return ShopRequest.of(words[0], words[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    void write(ShopRequest request, Reply reply, boolean last, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(reply.status())
                .append(' ')
                .append(reason(reply.status()))
                .append("\r\n");
        field("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(clock)), head);
        field("X-Request-Id", ids.request(), head);
        reply.headers().forEach(header -> field(header.name(), header.value(), head));
        if (last) {
            field("Connection", "close", head);
        }
        if (reply.content() instanceof Reply.Lines lines) {
            field("Transfer-Encoding", "chunked", head);
            send(head, out);
            for (ObjectNode line : lines.lines()) {
                byte[] bytes = Documents.bytes(dialect.document(line));
                ascii(Integer.toHexString(bytes.length + 1) + "\r\n", out);
                out.write(bytes);
                ascii("\n\r\n", out);
                out.flush();
            }
            ascii("0\r\n\r\n", out);
        } else {
            byte[] body = body(reply.content());
            if (reply.status() != 204 && reply.status() != 304) {
                field("Content-Length", Integer.toString(body.length), head);
            }
            send(head, out);
            if (!request.method().equals("HEAD")) {
                out.write(body);
            }
        }
        out.flush();
    }

    private byte[] body(Reply.Content content) {
        if (content instanceof Reply.Json json) {
            return Documents.bytes(dialect.document(json.document()));
        }
        if (content instanceof Reply.Text text) {
            return text.text().getBytes(text.charset());
        }
        return new byte[0];
    }

    private void field(String name, String value, StringBuilder head) {
        head.append(dialect.header(name)).append(": ").append(value).append("\r\n");
    }

    private static void send(StringBuilder head, OutputStream out) throws IOException {
        ascii(head.append("\r\n").toString(), out);
    }

    private static void ascii(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                if (line.isEmpty()) {
                    return null;
                }
                throw new EOFException("the connection ended within a line");
            }
            if (line.length() == LINE) {
                throw new ProtocolException("a line is too long");
            }
            if (c != '\r') {
                line.append((char) c);
            }
            c = in.read();
        }
        return line.toString();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            if (size == null) {
                throw new EOFException("the connection ended within a body");
            }
            int bytes = Integer.parseInt(size.split(";")[0].strip(), 16);
            if (bytes == 0) {
                for (String trailer = line(in); trailer != null && !trailer.isEmpty(); ) {
                    trailer = line(in);
                }
                return body.toByteArray();
            }
            body.write(exactly(in, bytes));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length < 0 || length > BODY) {
            throw new ProtocolException("a body is too long");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within a body");
        }
        return bytes;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 302 -> "Found";
            case 304 -> "Not Modified";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 422 -> "Unprocessable Content";
            case 500 -> "Internal Server Error";
            default -> "";
        };
    }
}
