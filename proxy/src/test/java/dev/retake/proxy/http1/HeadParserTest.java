package dev.retake.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.proxy.http1.HeadParser.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {
    private final HeadParser parser = new HeadParser(new HeadLimits(300, 5_000, 20));

    private Result request(String text) {
        return parser.request(bytes(text));
    }

    private Result response(String text) {
        return parser.response(bytes(text));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String get(String fields) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }

    static Stream<Arguments> refusedRequests() {
        return Stream.of(
                // start line
                refused(Refusal.START_LINE, " / HTTP/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "GET\r\n\r\n"),
                refused(Refusal.START_LINE, "GET /\r\n\r\n"),
                refused(Refusal.START_LINE, "GET  / HTTP/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "GET /  HTTP/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "GET /a b HTTP/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "GET / http/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "GET / HTTP/1.1 \r\n\r\n"),
                refused(Refusal.START_LINE, "GET / HTTP/1.10\r\n\r\n"),
                refused(Refusal.START_LINE, "GET / HTTP/11\r\n\r\n"),
                refused(Refusal.START_LINE, "GET(/ HTTP/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "G\u00c9T / HTTP/1.1\r\n\r\n"),
                refused(Refusal.START_LINE, "\u0016\u0003\u0001\u0002"),
                refused(Refusal.CONTROL_IN_START_LINE, "GET /\t HTTP/1.1\r\n\r\n"),
                refused(Refusal.CONTROL_IN_START_LINE, "GET /\0 HTTP/1.1\r\n\r\n"),
                refused(Refusal.CONTROL_IN_START_LINE, "GET /\u007f HTTP/1.1\r\n\r\n"),
                refused(Refusal.BARE_LF, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
                refused(Refusal.BARE_CR, "GET / HTTP/1.1\rHost: a\r\n\r\n"),
                refused(Refusal.VERSION, "GET / HTTP/2.0\r\n\r\n"),
                refused(Refusal.VERSION, "GET / HTTP/0.9\r\n\r\n"),
                refused(Refusal.VERSION, "GET / HTTP/1.2\r\n\r\n"),
                refused(Refusal.VERSION, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                refused(Refusal.CONNECT, "CONNECT a:443 HTTP/1.1\r\n\r\n"),
                // lines
                refused(Refusal.BARE_LF, get("A: b\n")),
                refused(Refusal.BARE_LF, get("A: b\n\r\n")),
                refused(Refusal.BARE_LF, "GET / HTTP/1.1\r\nA: b\r\n\n"),
                refused(Refusal.BARE_CR, get("A: b\rc\r\n")),
                refused(Refusal.BARE_CR, get("A: b\r\r\n")),
                refused(Refusal.BARE_CR, get("\rA: b\r\n")),
                refused(Refusal.FOLDED_LINE, get("A: b\r\n c\r\n")),
                refused(Refusal.FOLDED_LINE, get("A: b\r\n\tc\r\n")),
                refused(Refusal.FOLDED_LINE, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                refused(Refusal.NUL, get("A: b\0c\r\n")),
                refused(Refusal.NUL, get("A\0: b\r\n")),
                refused(Refusal.SPACE_IN_NAME, get("A : b\r\n")),
                refused(Refusal.SPACE_IN_NAME, get("A\t: b\r\n")),
                refused(Refusal.SPACE_IN_NAME, get("Content-Length : 5\r\n")),
                refused(Refusal.SPACE_IN_NAME, get("A B: c\r\n")),
                refused(Refusal.NAME_NOT_TOKEN, get("Transfer-Encoding\u000b: chunked\r\n")),
                refused(Refusal.NAME_NOT_TOKEN, get("A\u007f: b\r\n")),
                refused(Refusal.NO_COLON, get("A\r\n")),
                refused(Refusal.NO_COLON, get(": b\r\n")),
                refused(Refusal.NAME_NOT_TOKEN, get("Transfer-Encoding\u0085: chunked\r\n")),
                refused(Refusal.NAME_NOT_TOKEN, get("\u00a0Content-Length: 1\r\n")),
                refused(Refusal.NAME_ALIAS, get("Transfer_Encoding: chunked\r\n")),
                refused(Refusal.NAME_ALIAS, get("CONTENT_LENGTH: 1\r\n")),
                // whom it is for
                refused(Refusal.TARGET_FORM, "GET /a#b HTTP/1.1\r\n\r\n"),
                refused(Refusal.TARGET_FORM, "GET @b/ HTTP/1.1\r\n\r\n"),
                refused(Refusal.TARGET_FORM, "GET http://a@b/ HTTP/1.1\r\n\r\n"),
                refused(Refusal.HOST_DIFFERS, "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                refused(Refusal.HOST_INVALID, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
                refused(Refusal.HOST_INVALID, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
                // framing
                refused(Refusal.SEVERAL_LENGTHS, get("Content-Length: 5\r\ncontent-length: 5\r\n")),
                refused(Refusal.SECOND_HOST, get("host: b\r\n")),
                refused(Refusal.SECOND_HOST, get("HOST: a\r\n")),
                refused(Refusal.LENGTH_AND_CODING, get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")),
                refused(Refusal.LENGTH_AND_CODING, get("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n")),
                refused(Refusal.SEVERAL_LENGTHS, get("Content-Length: 5\r\nContent-Length: 6\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: 5, 5\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: +5\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: -5\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: 0x5\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: 5 5\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: 5.0\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length:\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: \u00b2\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: 9223372036854775808\r\n")),
                refused(Refusal.LENGTH_INVALID, get("Content-Length: 18446744073709551621\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: gzip\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: gzip, chunked\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: chunked, identity\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: chunked,\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: xchunked\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: \"chunked\"\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: \u000bchunked\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding:\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: identity\r\n")),
                refused(
                        Refusal.CODING_NOT_CHUNKED,
                        get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
                refused(Refusal.CODING_NOT_CHUNKED, get("Transfer-Encoding: chunked\r\ntransfer-encoding: x\r\n")),
                refused(Refusal.CODING_IN_1_0, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                // limits
                refused(Refusal.TARGET_TOO_LONG, "GET /" + "a".repeat(300) + " HTTP/1.1\r\n\r\n"),
                refused(Refusal.TARGET_TOO_LONG, "GET /" + "a".repeat(300)),
                refused(Refusal.TARGET_TOO_LONG, "A".repeat(301)),
                refused(Refusal.HEAD_TOO_LARGE, get("A: " + "b".repeat(5_000) + "\r\n")),
                refused(Refusal.HEAD_TOO_LARGE, "GET / HTTP/1.1\r\nA: " + "b".repeat(5_000)),
                refused(Refusal.TOO_MANY_FIELDS, get("A: b\r\n".repeat(20))));
    }

    private static Arguments refused(Refusal refusal, String text) {
        return Arguments.of(refusal, text);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("refusedRequests")
    void refusesWhatTwoParsersMayReadInTwoWays(Refusal refusal, String text) {
        assertThat(request(text)).isEqualTo(Result.REFUSED);
        assertThat(parser.head().refusal()).isEqualTo(refusal);
    }

    @ParameterizedTest
    @MethodSource("refusedRequests")
    void neverAcceptsItWhenItComesByteByByte(Refusal refusal, String text) {
        Result result = Result.INCOMPLETE;
        for (int length = 1; length <= text.length() && result == Result.INCOMPLETE; length++) {
            result = request(text.substring(0, length));
        }
        assertThat(result).isEqualTo(Result.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
                "PURGE /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\nHost: a\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://A:80/c?d HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u00fc?\"<>{}|^` HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \r\n\r\n",
                "GET / HTTP/1.1\r\nhOsT:a\r\nX:\r\nX:   \r\nX: \t y\t \r\n\r\n",
                "GET / HTTP/1.1\r\nX!y: \u0001\u007f\u00ff\r\n\r\n",
                "GET / HTTP/1.1\r\nX: a:b: c\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 005\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: \t Chunked \r\n\r\n",
            })
    void letsOdditiesPass(String text) {
        assertThat(request(text + "body")).as(text).isEqualTo(Result.ACCEPTED);
        assertThat(parser.head().end()).isEqualTo(text.length());
        for (int length = 1; length < text.length(); length++) {
            assertThat(request(text.substring(0, length))).isEqualTo(Result.INCOMPLETE);
        }
    }

    @Test
    void skipsEmptyLinesBeforeARequest() {
        assertThat(request("\r")).isEqualTo(Result.INCOMPLETE);
        assertThat(request("\r\n\r")).isEqualTo(Result.INCOMPLETE);
        assertThat(request("\r\n\r\nGET / HTTP/1.1\r\n\r\n")).isEqualTo(Result.ACCEPTED);
        assertThat(parser.head().start()).isEqualTo(4);
        assertThat(parser.head().copy()).asString(StandardCharsets.ISO_8859_1).isEqualTo("GET / HTTP/1.1\r\n\r\n");
    }

    @Test
    void findsEveryFieldWhereItStands() {
        String text =
                "POST /a?b HTTP/1.0\r\nHost: x\r\nA:  b \r\nCONTENT-length: 12\r\nConnection: Keep-Alive, X\r\n\r\n";
        assertThat(request(text)).isEqualTo(Result.ACCEPTED);
        Head head = parser.head();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < head.fieldCount(); i++) {
            fields.add(head.field(i) + "|" + text.substring(head.lineStart(i), head.nameEnd(i)) + "|"
                    + text.substring(head.valueStart(i), head.valueEnd(i)) + "|"
                    + text.substring(head.lineStart(i), head.lineEnd(i)).trim());
        }
        assertThat(fields)
                .containsExactly(
                        "HOST|Host|x|Host: x",
                        "OTHER|A|b|A:  b",
                        "CONTENT_LENGTH|CONTENT-length|12|CONTENT-length: 12",
                        "CONNECTION|Connection|Keep-Alive, X|Connection: Keep-Alive, X");
        assertThat(head.contentLength()).isEqualTo(12);
        assertThat(head.minorVersion()).isZero();
        assertThat(head.persistent()).isTrue();
        assertThat(head.indexOf(Field.CONNECTION)).isEqualTo(3);
        assertThat(head.has(Field.VIA)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void knowsMethodsThatMayBeRepeated(String method) {
        request(method + " / HTTP/1.1\r\n\r\n");
        assertThat(parser.head().idempotent()).isTrue();
        assertThat(parser.head().isHeadMethod()).isEqualTo(method.equals("HEAD"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST",
                "PATCH",
                "get",
                "GOT",
                "HEAL",
                "PUX",
                "TRACK",
                "DELTAS",
                "OPTICAL",
                "LOCK",
                "MERGE",
                "PROPFIND",
                "MKCOL",
                "X"
            })
    void repeatsNoOtherMethod(String method) {
        request(method + " / HTTP/1.1\r\n\r\n");
        assertThat(parser.head().idempotent()).isFalse();
        assertThat(parser.head().isHeadMethod()).isFalse();
    }

    @Test
    void readsConnectionOptionsAndUpgrades() {
        request(get("Connection: keep-alive ,Upgrade, X-Hop\r\nUpgrade: websocket\r\nx-hop: 1\r\nY: 2\r\n"));
        Head head = parser.head();
        assertThat(head.upgrades()).isTrue();
        assertThat(head.nominated(3)).isTrue();
        assertThat(head.nominated(4)).isFalse();
        request(get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"));
        assertThat(parser.head().upgrades()).isFalse();
        request(get("Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n"));
        assertThat(parser.head().upgrades()).isFalse();
        request(get("Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: HTTP/2.0\r\n"));
        assertThat(parser.head().upgrades()).isFalse();
        request("GET / HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        assertThat(parser.head().upgrades()).isFalse();
        request(get("Upgrade: websocket\r\n"));
        assertThat(parser.head().upgrades()).isFalse();
        request(get("Connection: CLOSE\r\n"));
        assertThat(parser.head().persistent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 \r\n\r\n",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/1.0 404 Na\u00efve  reason\t\r\nA: b\r\n\r\n",
                "HTTP/1.1 999 ?\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
            })
    void acceptsResponses(String text) {
        assertThat(response(text)).isEqualTo(Result.ACCEPTED);
        assertThat(parser.head().status()).isEqualTo(Integer.parseInt(text.substring(9, 12)));
        assertThat(parser.head().end()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\nA: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
                "HTTP/1.1 200 O\0K\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 05\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 100 Continue\r\nTransfer-Encoding: chunked\r\n\r\n",
            })
    void refusesResponses(String text) {
        assertThat(response(text)).as(text).isEqualTo(Result.REFUSED);
    }

    @Test
    void whatIsForAllRecipientsIsForNoHopAlone() {
        String options = "Connection: authorization, X-Forwarded-User, x-hop\r\n";
        request(get(options + "Authorization: b\r\nX-Forwarded-User: u\r\nX-Hop: 1\r\n"));
        assertThat(parser.head().nominated(2)).isFalse();
        assertThat(parser.head().nominated(3)).isFalse();
        assertThat(parser.head().nominated(4)).isTrue();
    }

    @Test
    void readsTheTimeoutOfKeepAlive() {
        assertThat(keepAlive("timeout=5, max=100")).isEqualTo(5);
        assertThat(keepAlive("max=100, timeout=15")).isEqualTo(15);
        assertThat(keepAlive("timeout=")).isEqualTo(-1);
        assertThat(keepAlive("max=1")).isEqualTo(-1);
        assertThat(keepAlive("timeout=99999999999999")).isGreaterThan(99_999);
    }

    private int keepAlive(String value) {
        response("HTTP/1.1 200 OK\r\nKeep-Alive: " + value + "\r\n\r\n");
        return parser.head().keepAliveSeconds();
    }

    @Test
    void parsesHeadsLongerThanItsFirstCopy() {
        HeadParser roomy = new HeadParser(new HeadLimits(100_000, 100_000, 5_000));
        String text = "GET / HTTP/1.1\r\n" + "Name-of-field: value\r\n".repeat(3_000) + "\r\n";
        assertThat(roomy.request(bytes(text + "x".repeat(50_000)))).isEqualTo(Result.ACCEPTED);
        assertThat(roomy.head().end()).isEqualTo(text.length());
        assertThat(roomy.head().fieldCount()).isEqualTo(3_000);
    }
}
