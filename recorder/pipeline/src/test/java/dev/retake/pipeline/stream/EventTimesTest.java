package dev.retake.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.EventBlock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventTimesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Blocks as {@code [lines]}, with {@code #} for comments alone and {@code ...} where the end is missing. */
    private static List<String> shown(String stream) {
        byte[] bytes = bytes(stream);
        return EventBlock.of(bytes).stream()
                .map(block -> (block.comment() ? "#" : "")
                        + new String(bytes, block.from(), block.to() - block.from(), StandardCharsets.UTF_8)
                        + (block.whole() ? "" : "..."))
                .toList();
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("\n\n\r\n", List.of()),
                Arguments.of("data: a\n\ndata: b\n\n", List.of("data: a", "data: b")),
                Arguments.of("data: a\r\rdata: b\r\r", List.of("data: a", "data: b")),
                Arguments.of("data: a\r\n\r\ndata: b\r\n\r\n", List.of("data: a", "data: b")),
                Arguments.of("data: a\n\r\n\rdata: b\n\r", List.of("data: a", "data: b")),
                Arguments.of("data: a\ndata: b\n\n", List.of("data: a\ndata: b")),
                Arguments.of(
                        "id: 7\nevent: x\nretry: 9\ndata\n\n\n\n:\n\n",
                        List.of("id: 7\nevent: x\nretry: 9\ndata", "#:")),
                Arguments.of(":keep\n: alive\n\n:no\ndata: 1\n\n", List.of("#:keep\n: alive", ":no\ndata: 1")),
                Arguments.of("\ufeffdata: a\n\n", List.of("data: a")),
                Arguments.of("data: a\n\ndata: b\n", List.of("data: a", "data: b...")),
                Arguments.of("data: a", List.of("data: a...")));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void eventsEndWithAnEmptyLine(String stream, List<String> blocks) {
        assertThat(shown(stream)).isEqualTo(blocks);
    }

    @Test
    void thereIsAnEndToTheirNumber() {
        assertThat(EventBlock.of(bytes("a\n\n".repeat(EventBlock.MOST + 1)))).hasSize(EventBlock.MOST);
    }

    @Test
    void anEventHasTheTimeOfTheChunkThatCompletedIt() {
        byte[] body = bytes("data: a\n\ndata: b\n\ndata: c\n\ndata: d\n\ndata");
        long[] chunks = {4, 10, 9, 20, 28, 30, 31, 40};

        assertThat(EventTimes.of(body, chunks)).containsExactly(9, 20, 18, 30, 27, 30, 36, -1);
    }

    @Test
    void aCarriageReturnCompletesAnEventAndALineFeedAfterItDoesNot() {
        assertThat(EventTimes.of(bytes("data: a\r\n\r\n"), new long[] {10, 5, 11, 6}))
                .containsExactly(11, 5);
    }

    @Test
    void withoutTimesThereAreEvents() {
        assertThat(EventTimes.of(bytes("data: a\n\n"), new long[0])).containsExactly(9, -1);
    }
}
