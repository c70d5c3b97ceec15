package dev.retake.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.common.exchange.EventBlock;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams of any bytes: however they are cut the same messages are read, within their bounds; and events are those that a
 * second reader, written from the standard's prose, finds.
 */
class StreamFuzzTest {
    private static final int BOUND = 50_000;
    private static final String[] EXTENSIONS = {
        "", "permessage-deflate", "permessage-deflate; client_no_context_takeover; server_no_context_takeover"
    };

    /** The first byte says what was agreed on and who sends; the rest is what he sends. */
    @FuzzTest
    void webSocket(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Messages whole = read(input, input.length);
        int size = whole.all().stream().mapToInt(Message::size).sum();
        assertThat(size).isLessThanOrEqualTo(BOUND + input.length);
        for (int piece : new int[] {1, 5}) {
            Messages pieces = read(input, piece);
            assertThat(pieces.cut()).isEqualTo(whole.cut());
            assertThat(pieces.all()).isEqualTo(whole.all());
        }
    }

    private static Messages read(byte[] input, int size) {
        String extensions = EXTENSIONS[(input[0] & 0x7f) % EXTENSIONS.length];
        boolean fromServer = input[0] < 0;
        WebSocketReader reader =
                WebSocketReader.of(Frames.request(), Frames.response(Frames.ACCEPT, extensions), BOUND);
        for (int from = 1; from < input.length; from += size) {
            if (!reader.piece(fromServer, input, from, Math.min(input.length, from + size), 7)) {
                break;
            }
        }
        return reader.end(null, 0, 0);
    }

    @FuzzTest
    void events(byte[] input) {
        List<String> found = new ArrayList<>();
        int last = 0;
        for (EventBlock block : EventBlock.of(input)) {
            assertThat(block.from()).isBetween(last, block.to() - 1);
            assertThat(block.complete()).isBetween(block.to(), block.end());
            last = block.end();
            found.add(new String(input, block.from(), block.to() - block.from(), StandardCharsets.ISO_8859_1));
        }
        assertThat(last).isLessThanOrEqualTo(input.length);
        if (found.size() < EventBlock.MOST) {
            assertThat(found.stream().map(StreamFuzzTest::lines).toList()).isEqualTo(second(input));
        }
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static List<List<String>> second(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        List<List<String>> blocks = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String line : (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text)
                .lines()
                .toList()) {
            if (!line.isEmpty()) {
                open.add(line);
            } else if (!open.isEmpty()) {
                blocks.add(open);
                open = new ArrayList<>();
            }
        }
        if (!open.isEmpty()) {
            blocks.add(open);
        }
        return blocks;
    }
}
