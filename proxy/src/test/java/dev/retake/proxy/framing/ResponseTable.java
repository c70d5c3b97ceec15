package dev.retake.proxy.framing;

import java.util.ArrayList;
import java.util.List;

/** The responses of {@link ResponseFramingIT}, and what a client gets for each. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
final class ResponseTable {
    /** What becomes of a response. */
    enum Becomes {
        /** A 502 of the relay's own, after which the client's connection goes on. */
        BAD_GATEWAY,
        /** What was sound, and then the end of the client's connection. */
        CUT,
        /** The response, and then the end of the client's connection alone. */
        ENDS,
        /** The response; both connections go on. */
        PASSES,
        /** The response; the client's connection goes on, the upstream's ends. */
        PASSES_ONCE
    }

    /**
     * @param sent by the upstream
     * @param ends whether the upstream ends its connection after it
     * @param received by the client, but for a 502
     */
    record Row(
            String name,
            Becomes becomes,
            String method,
            int minorVersion,
            String sent,
            boolean ends,
            String received) {}

    static final List<Row> ROWS = new ArrayList<>();

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String LAST = "0\r\n\r\n";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain";

    private ResponseTable() {}

    static {
        heads();
        framing();
        statuses();
        bodies();
        splitting();
    }

    private static void heads() {
        for (String head : List.of(
                "HTTP/1.1  200 OK\r\n",
                " HTTP/1.1 200 OK\r\n",
                "\r\nHTTP/1.1 200 OK\r\n",
                "http/1.1 200 OK\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.1 -200 OK\r\n",
                "HTTP/1.1 200OK\r\n",
                "HTTP/1.1\t200 OK\r\n",
                "HTTP/2 200 OK\r\n",
                "HTTP/1.2 200 OK\r\n",
                "HTTP/0.9 200 OK\r\n",
                "ICY 200 OK\r\n",
                "200 OK\r\n",
                "HTTP/1.1 200 OK\n",
                "HTTP/1.1 200 OK\r",
                "HTTP/1.1 200 O\u0000K\r\n",
                "HTTP/1.1 200 OK\r\r\n")) {
            refused(head + "Content-Length: 0\r\n\r\n");
        }
        for (String field : List.of(
                "A: b\n",
                "A: b\r",
                "A: b\rB: c\r\n",
                "A: b\u0000\r\n",
                "A: b\r\n c\r\n",
                "A: b\r\n\tc\r\n",
                " A: b\r\n",
                "A : b\r\n",
                "A\r\n",
                ": b\r\n",
                "A B: c\r\n",
                "Content-Length : 0\r\n",
                "Transfer-Encoding\u000b: chunked\r\n",
                "Transfer-Encoding\u00a0: chunked\r\n",
                "Transfer-Encoding\u0085: chunked\r\n",
                "Content_Length: 0\r\n",
                "Transfer_Encoding: chunked\r\n",
                "A\u00e9: b\r\n",
                "(A): b\r\n")) {
            refused(OK + field + "Content-Length: 0\r\n\r\n");
        }
        refused(OK + "A: " + "b".repeat(3_000) + "\r\n\r\n");
        refused(OK + "A: b\r\n".repeat(21) + "\r\n");
        passes("no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n");
        passes("an odd reason", "HTTP/1.1 200 \t\u00e9\u0001 x\r\nContent-Length: 0\r\n\r\n");
        passes("an unknown status", "HTTP/1.1 999 ?\r\nContent-Length: 0\r\n\r\n");
    }

    private static void framing() {
        for (String fields : List.of(
                "Content-Length: 1\r\n" + CHUNKED,
                CHUNKED + "Content-Length: 0\r\n",
                "Content-Length: 1\r\nContent-Length: 2\r\n",
                "Content-Length: 5\r\nContent-Length: 05\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: 5,6\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -5\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length: 5\u00a0\r\n",
                "Content-Length: 5\u000b\r\n",
                "Content-Length:\r\n",
                "Content-Length: x\r\n",
                "Content-Length: 18446744073709551616\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: chunked, gzip\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked\u000b\r\n",
                "Transfer-Encoding:\r\n",
                CHUNKED + CHUNKED,
                CHUNKED + "Transfer-Encoding: x\r\n",
                "Connection: Transfer-Encoding\r\nContent-Length: 5\r\n" + CHUNKED)) {
            refused(OK + fields + "\r\n" + LAST);
        }
        refused("HTTP/1.0 200 OK\r\n" + CHUNKED + "\r\n" + LAST);
        refused("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + CHUNKED + "\r\n" + LAST);
        passes("the same length twice", OK + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok");
        passes("a body that looks like a response", OK + "Content-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
        row(
                "Connection names the length",
                Becomes.PASSES,
                OK + "Connection: Content-Length\r\nContent-Length: 2\r\n\r\nok",
                OK + "Content-Length: 2\r\n\r\nok");
        row(
                "Connection names a cookie",
                Becomes.PASSES,
                OK + "Connection: Set-Cookie, X-Hop\r\nX-Hop: 1\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok",
                OK + "Set-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok");
        row("a body that ends with the connection", Becomes.CUT, OK + "\r\nall", true, OK + "\r\nall");
        row("one too short", Becomes.CUT, OK + "Content-Length: 5\r\n\r\nab", true, OK + "Content-Length: 5\r\n\r\nab");
        row(
                "one too long",
                Becomes.PASSES_ONCE,
                OK + "Content-Length: 2\r\n\r\nok" + POISON,
                OK + "Content-Length: 2\r\n\r\nok");
        row(
                "an empty line too many",
                Becomes.PASSES_ONCE,
                OK + "Content-Length: 0\r\n\r\n\r\n",
                OK + "Content-Length: 0\r\n\r\n");
    }

    private static void statuses() {
        refused("HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nagain" + POISON);
        refused("HTTP/1.1 103 Early Hints\r\n" + CHUNKED + "\r\n" + LAST + POISON);
        refused("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
        refused("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(101) + POISON);
        passes(
                "interim responses",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 x\r\nLink: a\r\n\r\n" + OK + "Content-Length: 0\r\n\r\n");
        passes(
                "an interim response of no length",
                "HTTP/1.1 102 x\r\nContent-Length: 0\r\n\r\n" + OK + "Content-Length: 0\r\n\r\n");
        ROWS.add(new Row(
                "interim responses to HTTP/1.0",
                Becomes.ENDS,
                "GET",
                0,
                "HTTP/1.1 103 x\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok",
                false,
                OK + "Content-Length: 2\r\n\r\nok"));
        for (String status : List.of("204 No Content", "304 Not Modified")) {
            String line = "HTTP/1.1 " + status + "\r\n";
            passes(status, line + "\r\n");
            passes(status + " of no length", line + "Content-Length: 0\r\n\r\n");
            row(status + " with a response behind it", Becomes.PASSES_ONCE, line + "\r\n" + POISON, line + "\r\n");
        }
        passes("304 with the length of the whole", "HTTP/1.1 304 x\r\nContent-Length: 5\r\n\r\n");
        String length = "HTTP/1.1 204 x\r\nContent-Length: 5\r\n";
        row("204 with a length", Becomes.CUT, length + "\r\nagain", length + CLOSE + "\r\n");
        String coding = "HTTP/1.1 204 x\r\n" + CHUNKED;
        row("204 with a coding", Becomes.CUT, coding + "\r\n5\r\nagain\r\n" + LAST, coding + CLOSE + "\r\n");
        String head = OK + "Content-Length: 5\r\n\r\n";
        ROWS.add(new Row("HEAD", Becomes.PASSES, "HEAD", 1, head, false, head));
        ROWS.add(new Row("HEAD with a body", Becomes.PASSES_ONCE, "HEAD", 1, head + "again", false, head));
        String chunkedHead = OK + CHUNKED + "\r\n";
        ROWS.add(new Row("HEAD, chunked", Becomes.PASSES, "HEAD", 1, chunkedHead, false, chunkedHead));
        ROWS.add(new Row("HEAD with chunks", Becomes.PASSES_ONCE, "HEAD", 1, chunkedHead + LAST, false, chunkedHead));
        ROWS.add(new Row("HEAL is not HEAD", Becomes.PASSES, "HEAL", 1, head + "agree", false, head + "agree"));
    }

    private static void bodies() {
        String head = OK + CHUNKED + "\r\n";
        for (String wrong : List.of("+1\r\nx\r\n", "-1\r\n", "g\r\n", " 1\r\nx\r\n", "\r\n")) {
            cut(head, "2\r\nok\r\n", wrong + LAST);
        }
        cut(head, "0", "x1\r\nx\r\n");
        cut(head, "1", ",\r\nx\r\n");
        cut(head, "1", "\u000b\r\nx\r\n");
        cut(head, "1", "\nx\r\n");
        cut(head, "1;a", "\nx\r\n");
        cut(head, "1;a\r", "x\r\n");
        cut(head, "1\r\nx", "y\r\n");
        cut(head, "1\r\nx", "\n");
        cut(head, "1\r\nx\r", "x\r\n");
        cut(head, "0\r\n", "\n");
        cut(head, "0\r\nA: b", "\n\r\n");
        cut(head, "0\r\nContent-Length", ": 5\r\n\r\n");
        cut(head, "0\r\nTransfer-Encoding", ": chunked\r\n\r\n");
        cut(head, "0\r\nConnection", ": close\r\n\r\n");
        cut(head, "FFFFFFFFFFFFFFF", "F\r\nx");
        passes("trailers", head + "1\r\nx\r\n0\r\nGrpc-Status: 0\r\n\r\n");
        passes("extensions", head + "1;a=\"b\"\r\nx\r\n" + LAST);
        passes("a size with spaces after it", head + "1  \r\nx\r\n" + LAST);
        row("chunks, and a response behind them", Becomes.PASSES_ONCE, head + LAST + POISON, head + LAST);
        row("chunks without end", Becomes.CUT, head + "5\r\nab", true, head + "5\r\nab");
        row("chunks without the last line", Becomes.CUT, head + "0\r\n", true, head + "0\r\n");
    }

    private static void splitting() {
        String smuggled = "\r\nContent-Length: 0\r\n\r\n" + POISON;
        row(
                "a reason that ends the head",
                Becomes.PASSES_ONCE,
                "HTTP/1.1 200 a" + smuggled,
                "HTTP/1.1 200 a\r\nContent-Length: 0\r\n\r\n");
        row(
                "a value that ends the head",
                Becomes.PASSES_ONCE,
                OK + "A: b" + smuggled,
                OK + "A: b\r\nContent-Length: 0\r\n\r\n");
        refused("HTTP/1.1 200 a\nContent-Length: 0\n\n" + POISON);
        refused("HTTP/1.1 200 a\rContent-Length: 0\r\r" + POISON);
        refused(OK + "A: b\nContent-Length: 0\n\n" + POISON);
        refused(OK + "A: b\rContent-Length: 0\r\r" + POISON);
    }

    private static void cut(String head, String sound, String wrong) {
        row("chunks: " + Shown.of(sound + wrong), Becomes.CUT, head + sound + wrong, head + sound);
    }

    private static void passes(String name, String bytes) {
        row(name, Becomes.PASSES, bytes, bytes);
    }

    private static void refused(String bytes) {
        row(Shown.of(bytes), Becomes.BAD_GATEWAY, bytes, "");
    }

    private static void row(String name, Becomes becomes, String sent, String received) {
        row(name, becomes, sent, false, received);
    }

    private static void row(String name, Becomes becomes, String sent, boolean ends, String received) {
        ROWS.add(new Row(name, becomes, "GET", 1, sent, ends, received));
    }
}
