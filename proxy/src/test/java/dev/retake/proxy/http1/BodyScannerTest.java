package dev.retake.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyScannerTest {
    private static final class Content implements ContentSink {
        final StringBuilder content = new StringBuilder();
        final StringBuilder trailers = new StringBuilder();

        @Override
        public void content(ByteBuf buffer, int index, int length) {
            content.append(buffer.toString(index, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void trailer(byte b) {
            trailers.append((char) (b & 0xff));
        }
    }

    private final BodyScanner scanner = new BodyScanner(64, false);

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Stream<Arguments> whole() {
        return Stream.of(
                Arguments.of("0\r\n\r\n", "", ""),
                Arguments.of("000\r\n\r\n", "", ""),
                Arguments.of("5\r\nhello\r\n0\r\n\r\n", "hello", ""),
                Arguments.of("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789", ""),
                Arguments.of("000000000000003\r\nabc\r\n0\r\n\r\n", "abc", ""),
                Arguments.of("3;a=b;c=\"d e\"\r\nabc\r\n0;last\r\n\r\n", "abc", ""),
                Arguments.of("3 ; a=b\r\nabc\r\n0\r\n\r\n", "abc", ""),
                Arguments.of("4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n", ""),
                Arguments.of("0\r\nA: b\r\n\r\n", "", "A: b\r\n"),
                Arguments.of("0\r\nContent-Lengths: 1\r\n\r\n", "", "Content-Lengths: 1\r\n"),
                Arguments.of("0\r\nTransfer-Encodings: 1\r\n\r\n", "", "Transfer-Encodings: 1\r\n"),
                Arguments.of("1\r\nx\r\n0\r\nA:\r\nB: c:d \u00e9\r\n\r\n", "x", "A:\r\nB: c:d \u00e9\r\n"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void findsTheEndUnderEverySplit(String text, String content, String trailers) {
        String next = "GET /";
        for (int split = 0; split <= text.length(); split++) {
            Content seen = new Content();
            scanner.chunked();
            int first = scanner.scan(bytes(text.substring(0, split)), seen);
            assertThat(first).isEqualTo(split);
            assertThat(scanner.complete()).isEqualTo(split == text.length());
            int second = scanner.scan(bytes(text.substring(split) + next), seen);
            assertThat(first + second).isEqualTo(text.length());
            assertThat(scanner.complete()).isTrue();
            assertThat(scanner.refusal()).isNull();
            assertThat(seen.content).hasToString(content);
            assertThat(seen.trailers).hasToString(trailers);
            assertThat(scanner.passed()).isEqualTo(text.length());
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Refusal.CHUNK_SIZE, "", "\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "", "+5\r\nhello\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "", "-5\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "0", "x5\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "", " 5\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "", "g\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "5 ", "\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "5", "_\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "5", "\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "", "\u0665\r\n".substring(0, 1)),
                Arguments.of(Refusal.CHUNK_SIZE, "000000000000000", "5\r\n"),
                Arguments.of(Refusal.CHUNK_SIZE, "FFFFFFFFFFFFFFF", "F\r\n"),
                Arguments.of(Refusal.CHUNK_LINE, "5\r", "hello"),
                Arguments.of(Refusal.CHUNK_LINE, "5;a", "\nhello"),
                Arguments.of(Refusal.CHUNK_LINE, "5;a\r", "b"),
                Arguments.of(Refusal.CHUNK_LINE, "5;a", "\0"),
                Arguments.of(Refusal.CHUNK_LINE, "5\r\nhello", "!\r\n"),
                Arguments.of(Refusal.CHUNK_LINE, "5\r\nhello", "\n"),
                Arguments.of(Refusal.CHUNK_LINE, "5\r\nhello\r", "0"),
                Arguments.of(Refusal.CHUNK_LINE, "0\r\n\r", "x"),
                Arguments.of(Refusal.CHUNK_EXTENSION_TOO_LONG, "5;" + "a".repeat(4_096), "a"),
                Arguments.of(Refusal.TRAILER, "0\r\n", " A: b\r\n"),
                Arguments.of(Refusal.TRAILER, "0\r\n", ": b\r\n"),
                Arguments.of(Refusal.TRAILER, "0\r\nA", " : b\r\n"),
                Arguments.of(Refusal.TRAILER, "0\r\nA", "\r\n"),
                Arguments.of(Refusal.TRAILER, "0\r\nA", "\u0085: b\r\n"),
                Arguments.of(Refusal.TRAILER_FORBIDDEN, "0\r\nContent-Length", ": 5\r\n"),
                Arguments.of(Refusal.TRAILER_FORBIDDEN, "0\r\nA: b\r\nhost", ": c\r\n"),
                Arguments.of(Refusal.TRAILER_FORBIDDEN, "0\r\ntransfer_ENCODING", ": chunked\r\n"),
                Arguments.of(Refusal.TRAILER, "0\r\nA: b", "\n"),
                Arguments.of(Refusal.TRAILER, "0\r\nA: b\r", "x"),
                Arguments.of(Refusal.TRAILER, "0\r\n", "\n"),
                Arguments.of(Refusal.TRAILER, "0\r\nA: ", "\0"),
                Arguments.of(Refusal.TRAILERS_TOO_LARGE, "0\r\nA: " + "b".repeat(61), "b"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void stopsBeforeWhatIsWrong(Refusal refusal, String good, String bad) {
        scanner.chunked();
        assertThat(scanner.scan(bytes(good + bad), null)).isEqualTo(good.length());
        assertThat(scanner.refusal()).isEqualTo(refusal);
        assertThat(scanner.complete()).isFalse();
    }

    @Test
    void forgivesPaddedSizesWhereItIsTold() {
        BodyScanner lenient = new BodyScanner(64, true);
        lenient.chunked();
        assertThat(lenient.scan(bytes("1  \r\nx\r\n0\r\n\r\n"), null)).isEqualTo(13);
        assertThat(lenient.complete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 100})
    void countsALengthDown(int length) {
        Content seen = new Content();
        scanner.length(length);
        int first = scanner.scan(bytes("hello"), seen);
        assertThat(first).isEqualTo(Math.min(5, length));
        assertThat(scanner.complete()).isEqualTo(length <= 5);
        assertThat(seen.content).hasToString("hello".substring(0, first));
    }

    @Test
    void takesAllUntilTheConnectionCloses() {
        scanner.untilClose();
        assertThat(scanner.scan(bytes("hello"), null)).isEqualTo(5);
        assertThat(scanner.complete()).isFalse();
        assertThat(scanner.endsWithConnection()).isTrue();
    }

    @Test
    void takesNothingWhereThereIsNoBody() {
        scanner.chunked();
        scanner.scan(bytes("+"), null);
        scanner.none();
        assertThat(scanner.scan(bytes("hello"), null)).isZero();
        assertThat(scanner.complete()).isTrue();
        assertThat(scanner.refusal()).isNull();
    }
}
