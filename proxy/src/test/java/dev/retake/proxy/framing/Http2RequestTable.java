package dev.retake.proxy.framing;

import static dev.retake.proxy.Http2Wire.CONTINUATION;
import static dev.retake.proxy.Http2Wire.DATA;
import static dev.retake.proxy.Http2Wire.END_HEADERS;
import static dev.retake.proxy.Http2Wire.END_STREAM;
import static dev.retake.proxy.Http2Wire.HEADERS;
import static dev.retake.proxy.Http2Wire.PUSH_PROMISE;
import static dev.retake.proxy.Http2Wire.WINDOW_UPDATE;
import static dev.retake.proxy.Http2Wire.block;
import static dev.retake.proxy.Http2Wire.bytes;
import static dev.retake.proxy.Http2Wire.number;
import static dev.retake.proxy.Http2Wire.request;

import dev.retake.proxy.framing.StrictReader.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The requests of {@link Http2RequestFramingIT}, each the frames of one stream, {@link #STREAM}. */
@SuppressWarnings({"StringConcatToTextBlock", "ArrayRecordComponent"}) // line ends are tested; rows are never compared
final class Http2RequestTable {
    static final int STREAM = 3;

    /** Frames that come to nothing, or to a part of a request, and to this end of the stream. */
    record Refused(String outcome, String name, byte[] frames) {}

    /** Frames that are one request; {@code head} is a part of its HTTP/1.1 head. */
    record Understood(String name, byte[] frames, Request request, String head) {}

    static final List<Refused> REFUSED = new ArrayList<>();
    static final List<Understood> UNDERSTOOD = new ArrayList<>();

    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String MALFORMED = "reset PROTOCOL_ERROR";

    private Http2RequestTable() {}

    static {
        pseudoHeaders();
        startLines();
        authorities();
        fields();
        lengths();
        trailers();
        frames();
        understood();
    }

    private static void pseudoHeaders() {
        head("400", "no :method", List.of(":scheme", "http", ":authority", "h", ":path", "/a"));
        head("400", "no :scheme", List.of(":method", "GET", ":authority", "h", ":path", "/a"));
        head("400", "no :path", List.of(":method", "GET", ":scheme", "http", ":authority", "h"));
        for (String twice : List.of(":method", ":scheme", ":authority", ":path")) {
            head(MALFORMED, "a second " + twice, request("GET", "/a", twice, "GET"));
        }
        for (int i = 0; i < 4; i++) {
            List<String> again = new ArrayList<>(request("GET", "/a"));
            again.addAll(i * 2, again.subList(i * 2, i * 2 + 2).stream().toList());
            head(MALFORMED, "twice the same " + again.get(i * 2), again);
        }
        head(MALFORMED, "a response's :status", request("GET", "/a", ":status", "200"));
        head(MALFORMED, "an unknown pseudo-header", request("GET", "/a", ":path2", "/b"));
        head(MALFORMED, "a pseudo-header that is a colon alone", request("GET", "/a", ":", "/b"));
        head("400", ":protocol without extended CONNECT", request("GET", "/a", ":protocol", "websocket"));
        head(
                MALFORMED,
                "a pseudo-header after a field",
                List.of(":method", "GET", ":scheme", "http", "x", "y", ":authority", "h", ":path", "/a"));
        head(MALFORMED, "a pseudo-header in capitals", request("GET", "/a", ":Path", "/b"));
    }

    private static void startLines() {
        for (String method : List.of(
                "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\nGET",
                "GET /smuggled",
                "GET\t",
                "GET\r\n",
                "G\u0000T",
                "G:T",
                "",
                "(GET)",
                "GÄT")) {
            head(pseudo(method), "the method " + Shown.of(method), replaced(":method", method));
        }
        head("501", "CONNECT", List.of(":method", "CONNECT", ":authority", "h:443"));
        head("501", "CONNECT with a path", request("CONNECT", "/a"));
        head("501", "connect in small letters", request("connect", "/a"));
        for (String path : List.of(
                "/a HTTP/1.1\r\nHost: h\r\n\r\nGET /smuggled",
                "/a HTTP/1.1\r\nX: y",
                "/a b",
                "/a\tb",
                "/a\r\n",
                "/a\nb",
                "/a\u0000",
                "/a\u007f",
                " /a",
                "/a ",
                "",
                "a",
                "*",
                "http://other/a",
                "//other@h/../a b",
                "@other/",
                "?a",
                "h:80",
                "\\a")) {
            head(pseudo(path), "the path " + Shown.of(path), replaced(":path", path));
        }
        head("400", "a fragment", request("GET", "/a#b"));
        head("414", "a path that is too long", request("GET", "/" + "a".repeat(500)));
        for (String scheme : List.of("", "ftp", "http\r\nX: y", "http://h/", "https ", "file")) {
            head(pseudo(scheme), "the scheme " + Shown.of(scheme), replaced(":scheme", scheme));
        }
    }

    private static void authorities() {
        for (String authority : List.of(
                "",
                "h\r\nX: y",
                "h\r\nContent-Length: 40\r\n\r\n" + SMUGGLED,
                "h h",
                "h\u0000",
                "user@h",
                "h/a",
                "h?a",
                "h#a",
                "h,other",
                "h\\a",
                " h",
                "h\t")) {
            head(pseudo(authority), "the authority " + Shown.of(authority), replaced(":authority", authority));
        }
        head("400", "a host that is not the authority", request("GET", "/a", "host", "other"));
        head("400", "a host with another port", request("GET", "/a", "host", "h:81"));
        head("400", "two hosts", request("GET", "/a", "host", "h", "host", "h"));
        head(
                "400",
                "two hosts and no authority",
                List.of(":method", "GET", ":scheme", "http", ":path", "/a", "host", "h", "host", "other"));
        head(
                "400",
                "a host that is none and no authority",
                List.of(":method", "GET", ":scheme", "http", ":path", "/a", "host", "u@h"));
    }

    private static void fields() {
        for (String name :
                List.of("X-Upper", "x y", "x:y", "x\r\ny", "x\u0000", "x\u007f", "xä", "", "x(", " x", "x ", "x\t")) {
            head(MALFORMED, "the name " + Shown.of(name), request("GET", "/a", name, "v"));
        }
        for (String value : List.of(
                "v\r\nX: y",
                "v\nX: y",
                "v\rX: y",
                "v\u0000",
                "\r\n\r\n" + SMUGGLED,
                " v",
                "v ",
                "\tv",
                "v\t",
                "\r\n")) {
            head(value(value), "the value " + Shown.of(value), request("GET", "/a", "x", value));
        }
        head(MALFORMED, "a cookie with a line end", request("GET", "/a", "cookie", "a=1", "cookie", "b\r\nX: y"));
        for (String name : List.of("connection", "proxy-connection", "keep-alive", "upgrade")) {
            head(MALFORMED, "the field " + name, request("GET", "/a", name, "x"));
        }
        head(MALFORMED, "connection that names a field", request("GET", "/a", "connection", "cookie", "cookie", "a"));
        head(MALFORMED, "an upgrade", request("GET", "/a", "connection", "upgrade", "upgrade", "websocket"));
        head(MALFORMED, "te other than trailers", request("GET", "/a", "te", "gzip"));
        head(MALFORMED, "te with more than trailers", request("GET", "/a", "te", "trailers, gzip"));
        for (String coding : List.of("chunked", "identity", "gzip, chunked", "\u000bchunked", "")) {
            post(
                    MALFORMED + ", then goaway PROTOCOL_ERROR",
                    "transfer-encoding " + Shown.of(coding),
                    request("POST", "/a", "transfer-encoding", coding),
                    "0\r\n\r\n" + SMUGGLED);
        }
        post(
                MALFORMED + ", then goaway PROTOCOL_ERROR",
                "transfer-encoding and content-length",
                request("POST", "/a", "transfer-encoding", "chunked", "content-length", "5"),
                "0\r\n\r\n");
        head("400", "content_length", request("GET", "/a", "content_length", "5"));
        head("400", "transfer_encoding", request("GET", "/a", "transfer_encoding", "chunked"));
        List<String> many = new ArrayList<>(request("GET", "/a"));
        for (int i = 0; i < 30; i++) {
            many.addAll(List.of("x" + i, "y"));
        }
        head("431", "too many fields", many);
        head("431", "a head that is too large", request("GET", "/a", "x", "y".repeat(2_000)));
        head("goaway PROTOCOL_ERROR", "a head that is far too large", request("GET", "/a", "x", "y".repeat(3_000)));
    }

    private static void lengths() {
        for (String length :
                List.of("+5", "-1", "5,6", "5;5", "0x5", "5.0", "five", "", "9223372036854775808", "1e1", "5\u00a0")) {
            post(
                    MALFORMED,
                    "content-length " + Shown.of(length),
                    request("POST", "/a", "content-length", length),
                    "12345");
        }
        post(
                MALFORMED,
                "two lengths that differ",
                request("POST", "/a", "content-length", "5", "content-length", "40"),
                "12345");
        post(MALFORMED, "more than the length", request("POST", "/a", "content-length", "5"), "12345" + SMUGGLED);
        post(MALFORMED, "less than the length", request("POST", "/a", "content-length", "50"), "12345");
        post(MALFORMED, "a body where the length is 0", request("POST", "/a", "content-length", "0"), SMUGGLED);
        head(MALFORMED, "a length and no body", request("POST", "/a", "content-length", "40"));
        REFUSED.add(new Refused(
                MALFORMED,
                "more than the length, in a second frame",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a", "content-length", "5"))),
                        data("12345", false),
                        data(SMUGGLED, true))));
        REFUSED.add(new Refused(
                MALFORMED,
                "trailers before the length is reached",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a", "content-length", "50"))),
                        data("12345", false),
                        bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, block(List.of("x", "y"))))));
    }

    private static void trailers() {
        trailer(MALFORMED, "a pseudo-header in trailers", List.of(":path", "/smuggled"));
        trailer(MALFORMED, "a name in capitals in trailers", List.of("X", "y"));
        trailer(MALFORMED, "a line end in a trailer", List.of("x", "y\r\nz: a"));
        trailer(MALFORMED, "an empty line in a trailer", List.of("x", "y\r\n\r\n" + SMUGGLED));
        trailer(MALFORMED, "transfer-encoding in trailers", List.of("transfer-encoding", "chunked"));
        trailer(MALFORMED, "connection in trailers", List.of("connection", "close"));
        trailer("400", "content-length in trailers", List.of("content-length", "5"));
        trailer("400", "host in trailers", List.of("host", "other"));
        trailer("400", "x-forwarded-for in trailers", List.of("x-forwarded-for", "10.0.0.1"));
        REFUSED.add(new Refused(
                MALFORMED,
                "trailers that do not end the stream",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        data("12345", false),
                        bytes(HEADERS, END_HEADERS, STREAM, block(List.of("x", "y"))))));
        REFUSED.add(new Refused(
                MALFORMED,
                "a second request head on the stream",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, block(request("GET", "/smuggled"))))));
    }

    private static void frames() {
        byte[] post = bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a")));
        REFUSED.add(new Refused("goaway PROTOCOL_ERROR", "DATA on stream 0", bytes(DATA, END_STREAM, 0, new byte[5])));
        REFUSED.add(new Refused(
                "goaway PROTOCOL_ERROR",
                "HEADERS on an even stream",
                bytes(HEADERS, END_HEADERS | END_STREAM, 4, block(request("GET", "/a")))));
        REFUSED.add(new Refused(
                "goaway PROTOCOL_ERROR", "DATA on an idle stream", bytes(DATA, END_STREAM, STREAM, new byte[5])));
        REFUSED.add(new Refused(
                "goaway PROTOCOL_ERROR",
                "another frame in the middle of a header block",
                join(bytes(HEADERS, 0, STREAM, block(request("GET", "/a"))), data("x", true))));
        REFUSED.add(new Refused(
                "goaway PROTOCOL_ERROR", "CONTINUATION alone", bytes(CONTINUATION, END_HEADERS, STREAM, new byte[0])));
        REFUSED.add(new Refused(
                "goaway PROTOCOL_ERROR", "a push from a client", bytes(PUSH_PROMISE, END_HEADERS, STREAM, number(6))));
        REFUSED.add(new Refused(
                "goaway PROTOCOL_ERROR",
                "padding longer than the frame",
                join(post, bytes(DATA, 8, STREAM, new byte[] {100, 'a', 'b'}))));
        REFUSED.add(new Refused(
                "goaway COMPRESSION_ERROR",
                "a header block that is none",
                bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff})));
        REFUSED.add(new Refused(
                "goaway FRAME_SIZE_ERROR",
                "a frame larger than was agreed on",
                join(post, bytes(DATA, END_STREAM, STREAM, new byte[20_000]))));
        REFUSED.add(new Refused(
                "reset PROTOCOL_ERROR",
                "a window opened by nothing",
                join(post, bytes(WINDOW_UPDATE, 0, STREAM, number(0)))));
        REFUSED.add(new Refused(
                "reset FLOW_CONTROL_ERROR",
                "a window opened beyond its end",
                join(post, bytes(WINDOW_UPDATE, 0, STREAM, number(Integer.MAX_VALUE)))));
        REFUSED.add(new Refused(
                "reset STREAM_CLOSED",
                "DATA after the end of the stream",
                join(
                        bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, block(request("GET", "/before"))),
                        data(SMUGGLED, true))));
    }

    private static void understood() {
        passes(
                "a GET",
                request("GET", "/a?b=c"),
                "",
                new Request("GET", "/a?b=c", ""),
                "GET /a?b=c HTTP/1.1\r\nhost: h\r\n");
        passes(
                "a body of known length",
                request("POST", "/a", "content-length", "5"),
                "12345",
                new Request("POST", "/a", "12345"),
                "content-length: 5\r\n");
        passes(
                "a body of unknown length",
                request("POST", "/a"),
                "12345",
                new Request("POST", "/a", "12345"),
                "transfer-encoding: chunked\r\n");
        passes(
                "a body that looks like a request",
                request("POST", "/a"),
                SMUGGLED,
                new Request("POST", "/a", SMUGGLED),
                "");
        passes(
                "a body that looks like chunks",
                request("POST", "/a"),
                "0\r\n\r\n" + SMUGGLED,
                new Request("POST", "/a", "0\r\n\r\n" + SMUGGLED),
                "");
        for (String length : List.of("5,5", "5, 5")) {
            passes(
                    "the length " + length,
                    request("POST", "/a", "content-length", length),
                    "12345",
                    new Request("POST", "/a", "12345"),
                    "content-length: 5\r\n");
        }
        passes(
                "twice the same length",
                request("POST", "/a", "content-length", "5", "content-length", "5"),
                "12345",
                new Request("POST", "/a", "12345"),
                "content-length: 5\r\n");
        passes(
                "a length of nothing",
                request("POST", "/a", "content-length", "0"),
                "",
                new Request("POST", "/a", ""),
                "content-length: 0\r\n");
        passes("a GET with a body", request("GET", "/a"), "12345", new Request("GET", "/a", "12345"), "");
        passes(
                "OPTIONS of everything",
                request("OPTIONS", "*"),
                "",
                new Request("OPTIONS", "*", ""),
                "OPTIONS * HTTP/1.1\r\n");
        passes("a method of one's own", request("PURGE", "/a"), "", new Request("PURGE", "/a", ""), "");
        passes("other bytes in a path", request("GET", "/\u00e4"), "", new Request("GET", "/\u00e4", ""), "");
        passes("two slashes", request("GET", "//other/a"), "", new Request("GET", "//other/a", ""), "host: h\r\n");
        passes(
                "te trailers",
                request("GET", "/a", "te", "trailers"),
                "",
                new Request("GET", "/a", ""),
                "Connection: TE\r\n");
        passes(
                "crumbs of a cookie",
                request("GET", "/a", "cookie", "a=1", "x", "y", "cookie", "b=2"),
                "",
                new Request("GET", "/a", ""),
                "\r\ncookie: a=1; b=2\r\nx: y\r\n");
        passes(
                "the same field twice",
                request("GET", "/a", "x", "1", "y", "2", "x", "3"),
                "",
                new Request("GET", "/a", ""),
                "\r\nx: 1\r\ny: 2\r\nx: 3\r\n");
        passes("an empty value", request("GET", "/a", "x", ""), "", new Request("GET", "/a", ""), "\r\nx: \r\n");
        passes(
                "a host like the authority",
                request("GET", "/a", "host", "H"),
                "",
                new Request("GET", "/a", ""),
                "host: h\r\n");
        passes(
                "a host and no authority",
                List.of(":method", "GET", ":scheme", "https", ":path", "/a", "host", "h"),
                "",
                new Request("GET", "/a", ""),
                "host: h\r\n");
        passes(
                "no host at all",
                List.of(":method", "GET", ":scheme", "http", ":path", "/a"),
                "",
                new Request("GET", "/a", ""),
                "GET /a");
        UNDERSTOOD.add(new Understood(
                "a header block in pieces",
                inPieces(block(request("GET", "/pieces", "x", "y"))),
                new Request("GET", "/pieces", ""),
                "x: y\r\n"));
        UNDERSTOOD.add(new Understood(
                "padding",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        bytes(DATA, 8 | END_STREAM, STREAM, new byte[] {3, 'a', 'b', 'c', 0, 0, 0})),
                new Request("POST", "/a", "abc"),
                ""));
        UNDERSTOOD.add(new Understood(
                "trailers",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        data("12345", false),
                        bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, block(List.of("x-sum", "y")))),
                new Request("POST", "/a", "12345"),
                "0\r\nx-sum: y\r\n\r\n"));
        UNDERSTOOD.add(new Understood(
                "an empty frame that ends a body",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        data("123", false),
                        data("", true)),
                new Request("POST", "/a", "123"),
                ""));
        UNDERSTOOD.add(new Understood(
                "a frame of no known type",
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        bytes(77, 0, STREAM, new byte[9]),
                        data("1", true)),
                new Request("POST", "/a", "1"),
                ""));
    }

    private static byte[] inPieces(byte[] block) {
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        int third = block.length / 3;
        pieces.writeBytes(bytes(HEADERS, END_STREAM, STREAM, Arrays.copyOf(block, third)));
        pieces.writeBytes(bytes(CONTINUATION, 0, STREAM, Arrays.copyOfRange(block, third, 2 * third)));
        pieces.writeBytes(bytes(CONTINUATION, END_HEADERS, STREAM, Arrays.copyOfRange(block, 2 * third, block.length)));
        return pieces.toByteArray();
    }

    /** How a pseudo-header's value is refused: by the codec where it is no value at all, else by the relay. */
    private static String pseudo(String value) {
        return value.isEmpty() ? MALFORMED : value(value);
    }

    private static String value(String value) {
        boolean none = value.matches("(?s)[ \\t].*|.*[\\x00\\x0a-\\x0d\\x7f].*");
        return none ? MALFORMED : "400";
    }

    private static List<String> replaced(String name, String value) {
        List<String> fields = request("GET", "/a");
        fields.set(fields.indexOf(name) + 1, value);
        return fields;
    }

    private static void head(String outcome, String name, List<String> fields) {
        REFUSED.add(new Refused(outcome, name, bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, block(fields))));
    }

    private static void post(String outcome, String name, List<String> fields, String body) {
        REFUSED.add(
                new Refused(outcome, name, join(bytes(HEADERS, END_HEADERS, STREAM, block(fields)), data(body, true))));
    }

    private static void trailer(String outcome, String name, List<String> fields) {
        REFUSED.add(new Refused(
                outcome,
                name,
                join(
                        bytes(HEADERS, END_HEADERS, STREAM, block(request("POST", "/a"))),
                        data("12345", false),
                        bytes(HEADERS, END_HEADERS | END_STREAM, STREAM, block(fields)))));
    }

    private static void passes(String name, List<String> fields, String body, Request request, String head) {
        byte[] first = bytes(HEADERS, END_HEADERS | (body.isEmpty() ? END_STREAM : 0), STREAM, block(fields));
        UNDERSTOOD.add(new Understood(name, body.isEmpty() ? first : join(first, data(body, true)), request, head));
    }

    private static byte[] data(String text, boolean ends) {
        return bytes(DATA, ends ? END_STREAM : 0, STREAM, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
