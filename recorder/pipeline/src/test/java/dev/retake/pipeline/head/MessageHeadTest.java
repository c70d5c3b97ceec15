package dev.retake.pipeline.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.retake.common.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadTest {
    static Stream<Arguments> heads() {
        return Stream.of(
                arguments("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Headers.of("Host", "a")),
                arguments("GET / HTTP/1.1\r\n\r\n", Headers.EMPTY),
                arguments("GET / HTTP/1.1\r\nA:\r\nB: \t x \t\r\n\r\n", Headers.of("A", "", "B", "x")),
                arguments("GET / HTTP/1.1\r\na: 1\r\nA: 2\r\na: 1\r\n\r\n", Headers.of("a", "1", "A", "2", "a", "1")),
                arguments("GET / HTTP/1.1\nA: 1\nB: 2\n\n", Headers.of("A", "1", "B", "2")),
                arguments("GET / HTTP/1.1\r\nA: 1\r\n 2\r\n\t3\r\nB: 4\r\n\r\n", Headers.of("A", "1 2 3", "B", "4")),
                arguments("GET / HTTP/1.1\r\nno colon\r\nB: a:b\r\n\r\n", Headers.of("no colon", "", "B", "a:b")),
                arguments("GET / HTTP/1.1\r\nA: caf\u00e9\r\n\r\n", Headers.of("A", "caf\u00e9")),
                arguments("GET / HTTP/1.1\r\nA: 1\r\n\r\nB: 2\r\n", Headers.of("A", "1")),
                arguments("GET / HTTP/1.1\r\nA: 1", Headers.of("A", "1")));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void keepsFieldsAsTheyCame(String head, Headers expected) {
        MessageHead parsed = MessageHead.parse(head.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(parsed).isNotNull();
        assertThat(parsed.startLine()).isEqualTo("GET / HTTP/1.1");
        assertThat(parsed.headers()).isEqualTo(expected);
    }

    @Test
    void withoutAStartLineThereIsNoHead() {
        assertThat(MessageHead.parse(new byte[0])).isNull();
        assertThat(MessageHead.parse("\r\nA: 1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isNull();
    }

    @Test
    void readsTrailers() {
        assertThat(MessageHead.fields("A: 1\r\nB: 2\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Headers.of("A", "1", "B", "2"));
    }

    static Stream<Arguments> requestLines() {
        return Stream.of(
                arguments("GET / HTTP/1.1", new RequestLine("GET", "/", "HTTP/1.1")),
                arguments("get /a b?c HTTP/1.0", new RequestLine("get", "/a b?c", "HTTP/1.0")),
                arguments("OPTIONS * HTTP/1.1", new RequestLine("OPTIONS", "*", "HTTP/1.1")),
                arguments("GET http://a/b HTTP/1.1", new RequestLine("GET", "http://a/b", "HTTP/1.1")),
                arguments("GET /old", new RequestLine("GET", "/old", "HTTP/1.0")));
    }

    @ParameterizedTest
    @MethodSource("requestLines")
    void readsRequestLines(String line, RequestLine expected) {
        assertThat(RequestLine.parse(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET", " / HTTP/1.1", "GET  "})
    void refusesWhatIsNoRequestLine(String line) {
        assertThat(RequestLine.parse(line)).isNull();
    }

    static Stream<Arguments> statusLines() {
        return Stream.of(
                arguments("HTTP/1.1 200 OK", new StatusLine("HTTP/1.1", 200, "OK")),
                arguments("HTTP/1.1 200 ", new StatusLine("HTTP/1.1", 200, "")),
                arguments("HTTP/1.0 404", new StatusLine("HTTP/1.0", 404, "")),
                arguments("HTTP/1.1 299 Not so bad", new StatusLine("HTTP/1.1", 299, "Not so bad")));
    }

    @ParameterizedTest
    @MethodSource("statusLines")
    void readsStatusLines(String line, StatusLine expected) {
        assertThat(StatusLine.parse(line)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 abc", "HTTP/1.1 099 x"})
    void refusesWhatIsNoStatusLine(String line) {
        assertThat(StatusLine.parse(line)).isNull();
    }
}
