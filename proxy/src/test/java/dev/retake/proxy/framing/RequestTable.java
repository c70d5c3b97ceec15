package dev.retake.proxy.framing;

import java.util.ArrayList;
import java.util.List;

/** The requests of {@link RequestFramingIT}: those that are refused, with their status, and those that pass. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
final class RequestTable {
    /** A request that gets {@code status}. */
    record Refused(int status, String name, String bytes) {}

    /** Bytes that are {@code count} requests. */
    record Understood(String name, String bytes, int count) {}

    static final List<Refused> REFUSED = new ArrayList<>();
    static final List<Understood> UNDERSTOOD = new ArrayList<>();

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String LAST = "0\r\n\r\n";

    private RequestTable() {}

    static {
        lengthsAndCodings();
        lengths();
        codings();
        chunks();
        lines();
        names();
        startLines();
        hosts();
        hops();
    }

    private static void lengthsAndCodings() {
        for (String length : List.of("Content-Length: 5\r\n", "content-length:0\r\n", "CONTENT-LENGTH: 5\t\r\n")) {
            for (String coding :
                    List.of(CHUNKED, "transfer-encoding:Chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n")) {
                post(400, length + coding, LAST);
                post(400, coding + length, LAST);
            }
        }
        post(400, "Content-Length: 5\r\nX: y\r\n" + CHUNKED + "Content-Length: 5\r\n", LAST);
        post(400, "Content-Length: x\r\n" + CHUNKED, LAST);
        post(400, "Content-Length: \r\n" + CHUNKED, LAST);
        post(400, "Connection: Content-Length\r\nContent-Length: 5\r\n" + CHUNKED, LAST);
        post(400, "Connection: Transfer-Encoding\r\n" + CHUNKED + "Content-Length: 5\r\n", LAST);
    }

    private static void lengths() {
        for (String value : List.of(
                "+5",
                "-5",
                "-0",
                "5,5",
                "5, 5",
                "5,",
                ",5",
                "5;a=b",
                "5 5",
                "0x5",
                "5.0",
                "5e0",
                "1_0",
                "\"5\"",
                "",
                "5\u00a0",
                "\u00a05",
                "5\u0085",
                "\u000b5",
                "5\u000c",
                "\u00b2",
                "five",
                "2147483648x",
                "9223372036854775808",
                "18446744073709551616",
                "18446744073709551621",
                "1" + "0".repeat(30))) {
            post(400, "Content-Length: " + value + "\r\n", "12345");
        }
        post(400, "Content-Length: 5\r\nContent-Length: 5\r\n", "12345");
        post(400, "Content-Length: 5\r\nContent-Length: 05\r\n", "12345");
        post(400, "Content-Length: 5\r\nContent-Length: 6\r\n", "12345");
        post(400, "Content-Length: 6\r\nX: y\r\ncontent-length: 5\r\n", "12345");
        passes("a length with zeros before it", "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 005\r\n\r\n12345");
        passes("a length of nothing", "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        passes("spaces around a length", "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length:\t 5 \t\r\n\r\n12345");
        passes(
                "a body that looks like a request",
                "POST /c HTTP/1.1\r\nHost: h\r\nContent-Length: 16\r\n\r\nGET / HTTP/1.1\r\n");
        passes("a GET with a body", "GET /c HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345");
        passes("a HEAD with a body", "HEAD /c HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n12345");
        passes("a body without a length is none", "POST /c HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    private static void codings() {
        for (String value : List.of(
                "identity",
                "gzip",
                "gzip, chunked",
                "chunked, gzip",
                "chunked, chunked",
                "chunked, identity",
                "identity, chunked",
                "chunked,",
                ",chunked",
                "chunked;q=1",
                "\"chunked\"",
                "'chunked'",
                "xchunked",
                "chunkedx",
                "chunke",
                "chunked\u000b",
                "\u000bchunked",
                "chunked\u000c",
                "chunked\u00a0",
                "\u0085chunked",
                "chunked\u0001",
                "c hunked",
                "")) {
            post(400, "Transfer-Encoding: " + value + "\r\n", LAST);
        }
        post(400, CHUNKED + CHUNKED, LAST);
        post(400, CHUNKED + "Transfer-Encoding: identity\r\n", LAST);
        post(400, "Transfer-Encoding: identity\r\n" + CHUNKED, LAST);
        post(400, "Transfer-Encoding: x\r\n" + CHUNKED, LAST);
        refused(400, "a coding in HTTP/1.0", "POST /c HTTP/1.0\r\nHost: h\r\n" + CHUNKED + "\r\n" + LAST);
        passes("a coding in capitals", "POST /c HTTP/1.1\r\nHost: h\r\nTRANSFER-ENCODING:\tCHUNKED \r\n\r\n" + LAST);
        passes("TE is no coding", "POST /c HTTP/1.1\r\nHost: h\r\nTE: chunked\r\nContent-Length: 1\r\n\r\nx");
    }

    private static void chunks() {
        for (String body : List.of(
                "5\n12345\r\n",
                "5\r12345\r\n",
                "+5\r\n12345\r\n",
                "-5\r\n12345\r\n",
                "0x5\r\n12345\r\n",
                " 5\r\n12345\r\n",
                "5 \r\n12345\r\n",
                "5\t\r\n12345\r\n",
                "5\u000b\r\n12345\r\n",
                "5\u00a0;a\r\n12345\r\n",
                "g\r\n",
                "\r\n12345\r\n",
                ";a\r\n12345\r\n",
                "5,5\r\n12345\r\n",
                "5.\r\n12345\r\n",
                "\u00b5\r\n",
                "5;a\n12345\r\n",
                "5;a=\"\n\"\r\n12345\r\n",
                "5;a=\"\r\"\r\n12345\r\n",
                "5;a\r \n12345\r\n",
                "5;\u0000\r\n12345\r\n",
                "5;" + "a".repeat(5_000) + "\r\n12345\r\n",
                "5\r\n123456\r\n",
                "5\r\n12345\n",
                "5\r\n12345",
                "5\r\n1234\r\n",
                "5\r\n12345\r\r\n",
                "5\r\n12345\r\n\r\n",
                "0\n\r\n",
                "0\r\n\n",
                "0\r\n\rx",
                "00000000000000000\r\n\r\n",
                "0000000000000005\r\n12345\r\n",
                "7FFFFFFFFFFFFFFF\r\nx",
                "8000000000000000\r\nx",
                "FFFFFFFFFFFFFFFF\r\nx",
                "10000000000000005\r\n12345\r\n",
                "100000000000000000000000000000005\r\n12345\r\n")) {
            post(400, CHUNKED, body);
        }
        for (String trailer : List.of(
                "Content-Length: 5\r\n",
                "content-length:5\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Host: other\r\n",
                "Connection: close\r\n",
                "Upgrade: h2c\r\n",
                "TE: trailers\r\n",
                "Expect: 100-continue\r\n",
                "X-Forwarded-For: 10.0.0.1\r\n",
                "Forwarded: for=x\r\n",
                "X-Retake-Run: r\r\n",
                "Content_Length: 5\r\n",
                "A : b\r\n",
                " A: b\r\n",
                "A\r\n",
                ": b\r\n",
                "A: b\n",
                "A: b\r",
                "A: \u0000\r\n",
                "A\u00e9: b\r\n",
                "A\u0085: b\r\n",
                "A(b): c\r\n")) {
            post(400, CHUNKED, "0\r\n" + trailer + "\r\n");
        }
        chunked("a size of fifteen digits", "000000000000005\r\n12345\r\n" + LAST);
        chunked("sizes in both cases", "a\r\n0123456789\r\nA\r\n0123456789\r\n" + LAST);
        chunked("extensions", "5;a=b;c=\"d;e\"\r\n12345\r\n0;last\r\n\r\n");
        chunked("space before an extension", "5 ; a\r\n12345\r\n" + LAST);
        chunked("an extension whose quotes never end", "5;a=\"\r\n12345\r\n" + LAST);
        chunked("trailers", "1\r\nx\r\n0\r\nX-Sum: 1\r\nX-End:\r\n\r\n");
        chunked("content that looks like the end", "9\r\n\r\n0\r\n\r\n\r\n\r\n" + LAST);
        chunked("content that looks like a request", "27\r\nGET /smuggled HTTP/1.1\r\nHost: other\r\n\r\n\r\n" + LAST);
        chunked("zeros for the last size", "1\r\nx\r\n000\r\n\r\n");
    }

    private static void lines() {
        for (String field : List.of(
                "A: b\n",
                "A: b\n\r\n",
                "A: b\r",
                "A: b\rC: d\r\n",
                "A: b\r\r\n",
                "\rA: b\r\n",
                "\nA: b\r\n",
                "A:\r b\r\n",
                "A: b\r\n c\r\n",
                "A: b\r\n\tc\r\n",
                "A: b\r\n \r\n",
                "A: b\u0000c\r\n",
                "A\u0000: b\r\n",
                "Content-Length: 5\r\n\tX: y\r\n",
                "Transfer-Encoding:\r\n chunked\r\n",
                " Transfer-Encoding: chunked\r\n",
                "A: b\nTransfer-Encoding: chunked\r\n",
                "A: b\rTransfer-Encoding: chunked\r\n",
                "A: b\u0000Transfer-Encoding: chunked\r\n")) {
            post(400, field, LAST);
        }
        refused(400, "a folded first field", "GET /c HTTP/1.1\r\n Host: h\r\n\r\n");
        refused(400, "LF alone ends the start line", "GET /c HTTP/1.1\nHost: h\r\n\r\n");
        refused(400, "LF alone ends the head", "GET /c HTTP/1.1\r\nHost: h\r\n\n");
        refused(400, "CR alone ends the start line", "GET /c HTTP/1.1\rHost: h\r\n\r\n");
        refused(400, "LF before a request", "\nGET /c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(400, "NUL before a request", "\u0000GET /c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(400, "space before a request", " GET /c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(431, "a head without end", "GET /c HTTP/1.1\r\nA: " + "b".repeat(3_000) + "\r\n\r\n");
        refused(431, "too many fields", "GET /c HTTP/1.1\r\n" + "A: b\r\n".repeat(21) + "\r\n");
        passes("empty lines before a request", "\r\n\r\nGET /c HTTP/1.1\r\nHost: h\r\n\r\n");
        passes("odd values", "GET /c HTTP/1.1\r\nHost: h\r\nA:\r\nB: \t \r\nC: \u00e9\u0001\u007f:;,\r\n\r\n");
    }

    private static void names() {
        for (String field : List.of(
                "Content-Length : 5\r\n",
                "Content-Length\t: 5\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding\u000b: chunked\r\n",
                "Transfer-Encoding\u000c: chunked\r\n",
                "Transfer-Encoding\u00a0: chunked\r\n",
                "Transfer-Encoding\u0085: chunked\r\n",
                "\u00a0Transfer-Encoding: chunked\r\n",
                "\u000bTransfer-Encoding: chunked\r\n",
                "\u00ef\u00bb\u00bfContent-Length: 5\r\n",
                "Transfer Encoding: chunked\r\n",
                "\"Content-Length\": 5\r\n",
                "(Content-Length): 5\r\n",
                "Content-Length[]: 5\r\n",
                "Content/Length: 5\r\n",
                "A\u007f: b\r\n",
                "A@b: c\r\n",
                "A=b\r\n",
                "A\r\n",
                ": b\r\n",
                ":\r\n",
                ":method: GET\r\n",
                "Content_Length: 5\r\n",
                "TRANSFER_ENCODING: chunked\r\n",
                "transfer_encoding: chunked\r\n")) {
            post(400, field, LAST);
        }
        passes("names of every token character", "GET /c HTTP/1.1\r\nHost: h\r\n!#$%&'*+-.^_`|~09azAZ: x\r\n\r\n");
        passes("other underscores", "GET /c HTTP/1.1\r\nHost: h\r\nX_Y: z\r\n\r\n");
    }

    private static void startLines() {
        for (String line : List.of(
                "GET",
                "GET /c",
                "GET  /c HTTP/1.1",
                "GET /c  HTTP/1.1",
                "GET /c HTTP/1.1 ",
                "GET\t/c HTTP/1.1",
                "GET /c\tHTTP/1.1",
                "GET /a b HTTP/1.1",
                "GET /\u0001 HTTP/1.1",
                "GET /\u007f HTTP/1.1",
                "GET /\u0000 HTTP/1.1",
                "GET\u0000 /c HTTP/1.1",
                "G\u00c9T /c HTTP/1.1",
                "GE(T /c HTTP/1.1",
                "GET /c http/1.1",
                "GET /c HTTP/1.1x",
                "GET /c HTTP/1,1",
                "GET /c HTTP/01.1",
                "GET /c HTTP/1.10",
                "GET /c HTTP/1",
                "GET /c HTTPS/1.1",
                "GET /c#d HTTP/1.1",
                "GET # HTTP/1.1",
                "GET c HTTP/1.1",
                "GET ?a HTTP/1.1",
                "GET @other/ HTTP/1.1",
                "GET h:80 HTTP/1.1",
                "GET *c HTTP/1.1",
                "GET http:c HTTP/1.1",
                "GET http:/c HTTP/1.1",
                "GET http:///c HTTP/1.1",
                "GET http://u@h/c HTTP/1.1",
                "GET http://u:p@h/c HTTP/1.1",
                "GET ://h/c HTTP/1.1",
                "GET 1http://h/c HTTP/1.1",
                "GET http://h\\@x/c HTTP/1.1",
                "GET /c HTTP/1.1\u000b")) {
            refused(400, line, line + "\r\nHost: h\r\n\r\n");
        }
        refused(505, "HTTP/2", "PRI * HTTP/2.0\r\nHost: h\r\n\r\n");
        refused(505, "HTTP/0.9", "GET /c HTTP/0.9\r\nHost: h\r\n\r\n");
        refused(505, "HTTP/1.2", "GET /c HTTP/1.2\r\nHost: h\r\n\r\n");
        refused(501, "CONNECT", "CONNECT / HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(501, "connect", "connect / HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(414, "a target without end", "GET /" + "a".repeat(500) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(414, "a method without end", "A".repeat(500) + " /c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(400, "TLS", "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000");
        passes("bytes of UTF-8 in a target", "GET /c/\u00c3\u00bc HTTP/1.1\r\nHost: h\r\n\r\n");
        passes("a target of oddities", "GET /c?\"<>{}|^`\\@://x HTTP/1.1\r\nHost: h\r\n\r\n");
        passes("two slashes", "GET //other/c HTTP/1.1\r\nHost: h\r\n\r\n");
        passes("an asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");
        passes(
                "methods that begin as others do",
                2,
                "HEAL /c HTTP/1.1\r\nHost: h\r\n\r\nCONTROL /d HTTP/1.1\r\nHost: h\r\n\r\n");
        passes("requests in a row", 5, "GET /c HTTP/1.1\r\nHost: h\r\n\r\n".repeat(5));
    }

    private static void hosts() {
        for (String host : List.of(
                "h\r\nHost: h\r\n",
                "h\r\nhOST: other\r\n",
                "u@h\r\n",
                "h/c\r\n",
                "h, other\r\n",
                "h other\r\n",
                "h\tother\r\n",
                "h?c\r\n",
                "h#c\r\n",
                "http://h\r\n",
                "h\\c\r\n",
                "\"h\"\r\n",
                "<h>\r\n",
                "h\u0001\r\n",
                "h\u007f\r\n",
                "h\u000b\r\n")) {
            refused(400, "Host: " + host, "GET /c HTTP/1.1\r\nHost: " + host + "\r\n");
        }
        refused(400, "another host in the target", "GET http://other/c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(400, "another port in the target", "GET http://h:81/c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(400, "the port of another scheme", "GET https://h:80/c HTTP/1.1\r\nHost: h\r\n\r\n");
        refused(400, "a host in the target, none in Host", "GET http://h/c HTTP/1.1\r\nHost:\r\n\r\n");
        passes("a whole URL", "GET http://h/c?d HTTP/1.1\r\nHost: h\r\n\r\n");
        passes("a whole URL in other letters", "GET HTTP://EXAMPLE.org:80?d HTTP/1.1\r\nHost: example.ORG\r\n\r\n");
        passes("a whole URL with a port", "GET ws://h:81/c HTTP/1.1\r\nHost: h:81\r\n\r\n");
        passes("a whole URL without Host", "GET http://h/c HTTP/1.1\r\n\r\n");
        passes("no Host at all", "GET /c HTTP/1.1\r\n\r\n");
        passes("an empty Host", "GET /c HTTP/1.1\r\nHost:\r\n\r\n");
        passes("an address as Host", "GET /c HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n");
    }

    private static void hops() {
        for (String connection : List.of("Content-Length", "Host, Content-Length", "close-not, content-length")) {
            passes(
                    "Connection: " + connection,
                    "POST /c HTTP/1.1\r\nHost: h\r\nConnection: " + connection + "\r\nContent-Length: 5\r\n\r\n12345");
        }
        passes(
                "Connection: Transfer-Encoding",
                "POST /c HTTP/1.1\r\nHost: h\r\nConnection: Transfer-Encoding\r\n" + CHUNKED + "\r\n1\r\nx\r\n" + LAST);
        passes("Connection without end", "GET /c HTTP/1.1\r\nHost: h\r\nConnection: ,, ,x,\"a,b\",;\r\n\r\n");
        passes(
                "an upgrade that is not taken",
                "POST /c HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\n12345");
        passes(
                "an upgrade to HTTP/2",
                "GET /c HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n");
        passes("an expectation", "POST /c HTTP/1.1\r\nHost: h\r\nExpect: x\r\nContent-Length: 1\r\n\r\nx");
    }

    private static void post(int status, String fields, String body) {
        refused(status, fields + "/" + body, "POST /c HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body);
    }

    private static void chunked(String name, String body) {
        passes(name, "POST /c HTTP/1.1\r\nHost: h\r\n" + CHUNKED + "\r\n" + body);
    }

    private static void refused(int status, String name, String bytes) {
        REFUSED.add(new Refused(status, Shown.of(name), bytes));
    }

    private static void passes(String name, String bytes) {
        passes(name, 1, bytes);
    }

    private static void passes(String name, int count, String bytes) {
        UNDERSTOOD.add(new Understood(Shown.of(name), bytes, count));
    }
}
