package dev.retake.pipeline.stream;

import static dev.retake.pipeline.stream.Frames.client;
import static dev.retake.pipeline.stream.Frames.hex;
import static dev.retake.pipeline.stream.Frames.join;
import static dev.retake.pipeline.stream.Frames.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Messages.Cut;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketReaderTest {
    private static final int BOUND = 100_000;

    private static WebSocketReader reader(String extensions) {
        return WebSocketReader.of(Frames.request(), Frames.response(Frames.ACCEPT, extensions), BOUND);
    }

    /** What is read of {@code bytes} that come in pieces of {@code size}. */
    private static Messages read(String extensions, boolean fromServer, int size, byte[] bytes) {
        WebSocketReader reader = reader(extensions);
        for (int from = 0; from < bytes.length; from += size) {
            if (!reader.piece(fromServer, bytes, from, Math.min(bytes.length, from + size), from)) {
                break;
            }
        }
        return reader.end(null, 0, 0);
    }

    private static List<String> shown(Messages messages) {
        return messages.all().stream().map(WebSocketReaderTest::shown).toList();
    }

    private static String shown(Message message) {
        return (message.fromServer() ? "<" : ">")
                + message.kind().text()
                + (message.code() == 0 ? "" : " " + message.code())
                + " " + new String(message.bytes(), StandardCharsets.UTF_8)
                + (message.truncated() ? "..." : "");
    }

    /** The examples of RFC 6455 §5.7 and RFC 7692 §7.2.3, and what they leave out. */
    static Stream<Arguments> examples() {
        byte[] long16 = "x".repeat(300).getBytes(StandardCharsets.UTF_8);
        byte[] long64 = "y".repeat(70_000).getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("", true, hex("81 05 48 65 6c 6c 6f"), "<text Hello"),
                Arguments.of("", false, hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"), ">text Hello"),
                Arguments.of("", true, hex("01 03 48 65 6c 80 02 6c 6f"), "<text Hello"),
                Arguments.of("", true, hex("89 05 48 65 6c 6c 6f"), "<ping Hello"),
                Arguments.of("", false, hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58"), ">pong Hello"),
                Arguments.of("", true, server(0x82, long16), "<binary " + "x".repeat(300)),
                Arguments.of("", false, client(0x82, long64), ">binary " + "y".repeat(70_000)),
                Arguments.of("", true, server(0x81, ""), "<text "),
                Arguments.of("", true, hex("88 02 03 e8"), "<close 1000 "),
                Arguments.of("", true, hex("88 00"), "<close "),
                Arguments.of("", false, client(0x88, hex("0f a1 62 79 65")), ">close 4001 bye"),
                Arguments.of("", true, join(server(0x88, hex("03 e9")), server(0x81, "late")), "<close 1001 "),
                Arguments.of(
                        "",
                        true,
                        join(server(0x01, "a"), server(0x89, "p"), server(0x00, "b"), server(0x80, "c")),
                        "<ping p,<text abc"),
                Arguments.of("", true, join(server(0x01, "a"), server(0x00, "b")), "<text ab..."),
                Arguments.of("", true, hex("81 7e 01 00 41 42"), "<text AB..."),
                Arguments.of(Frames.DEFLATE, true, hex("c1 07 f2 48 cd c9 c9 07 00"), "<text Hello"),
                Arguments.of(Frames.DEFLATE, true, hex("41 03 f2 48 cd 80 04 c9 c9 07 00"), "<text Hello"),
                Arguments.of(
                        Frames.DEFLATE,
                        true,
                        hex("c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00"),
                        "<text Hello,<text Hello"),
                Arguments.of(Frames.DEFLATE, true, hex("c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00"), "<text Hello"),
                Arguments.of(Frames.DEFLATE, true, hex("c1 08 f3 48 cd c9 c9 07 00 00"), "<text Hello"),
                Arguments.of(Frames.DEFLATE, true, hex("c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00"), "<text Hello"),
                Arguments.of(Frames.DEFLATE, true, hex("c1 01 00"), "<text "),
                Arguments.of(Frames.DEFLATE, true, hex("81 02 48 69"), "<text Hi"),
                Arguments.of(
                        "permessage-deflate; server_no_context_takeover; client_max_window_bits=12",
                        true,
                        hex("c1 07 f2 48 cd c9 c9 07 00 c1 07 f2 48 cd c9 c9 07 00"),
                        "<text Hello,<text Hello"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void messagesAreReadHoweverTheyAreCut(String extensions, boolean fromServer, byte[] bytes, String expected) {
        for (int size : new int[] {1, 3, 7, bytes.length}) {
            Messages messages = read(extensions, fromServer, size, bytes);
            assertThat(messages.cut()).isNull();
            assertThat(String.join(",", shown(messages))).isEqualTo(expected);
        }
    }

    @Test
    void bothSidesAreReadAndComeInOrder() {
        WebSocketReader reader = reader("");
        byte[] question = client(0x81, "question");
        byte[] answer = server(0x81, "answer");
        reader.piece(false, question, 0, 4, 1);
        reader.piece(true, answer, 0, answer.length, 2);
        reader.piece(false, question, 4, question.length, 3);
        reader.piece(true, answer, 0, 4, 4);

        Messages messages = reader.end(Cut.BYTES, 100, 200);

        assertThat(shown(messages)).containsExactly("<text answer", ">text question", "<text an...");
        assertThat(messages.all()).extracting(Message::atNanos).containsExactly(2L, 3L, 4L);
        assertThat(messages.cut()).isEqualTo(Cut.BYTES);
        assertThat(messages.clientBytes()).isEqualTo(100);
        assertThat(messages.serverBytes()).isEqualTo(200);
        assertThat(messages.truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 01 41", // RSV2
                "91 01 41", // RSV3
                "c1 01 41", // RSV1 without compression
                "83 01 41", // unknown opcode
                "8b 01 41", // unknown control opcode
                "80 01 41", // nothing to continue
                "01 01 41 81 01 42", // a message within a message
                "09 01 41", // a control frame in fragments
                "89 7e 00 7e", // a long control frame
                "81 85 37 fa 21 3d 7f 9f 4d 51 58", // a masked frame of a server
                "81 7e 00 05", // a length in more bytes than it takes
                "81 7f 00 00 00 00 00 00 ff ff",
                "81 7f 80 00 00 00 00 00 00 00", // a length past all
                "88 01 03" // half a code
            })
    void whatIsNotUnderstoodEndsTheReading(String digits) {
        byte[] bytes = join(hex("81 02 6f 6b"), hex(digits), server(0x81, "never"));
        for (int size : new int[] {1, bytes.length}) {
            Messages messages = read("", true, size, bytes);
            assertThat(messages.cut()).isEqualTo(Cut.PROTOCOL);
            assertThat(shown(messages)).contains("<text ok").doesNotContain("<text never");
        }
    }

    @Test
    void whatIsNotWholeComesWhereItsLastPieceDid() {
        WebSocketReader reader = reader("");
        byte[] question = client(0x81, "question");
        byte[] answer = server(0x81, "answer");
        reader.piece(false, question, 0, 8, 1);
        reader.piece(true, answer, 0, answer.length, 2);

        assertThat(shown(reader.end(null, 0, 0))).containsExactly(">text qu...", "<text answer");
    }

    @Test
    void aFrameOfAClientThatIsNotMaskedEndsTheReading() {
        assertThat(read("", false, 9, server(0x81, "x")).cut()).isEqualTo(Cut.PROTOCOL);
    }

    static Stream<Arguments> handshakes() {
        return Stream.of(
                Arguments.of(Frames.ACCEPT, "", null),
                Arguments.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOp=", "", Cut.PROTOCOL),
                Arguments.of(Frames.ACCEPT, "permessage-bzip", Cut.PROTOCOL),
                Arguments.of(Frames.ACCEPT, "permessage-deflate, x-other", Cut.PROTOCOL),
                Arguments.of(Frames.ACCEPT, "permessage-deflate; odd=1", Cut.PROTOCOL),
                Arguments.of(Frames.ACCEPT, "Permessage-Deflate ; Client_no_context_takeover", null));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void onlyAHandshakeThatFitsIsFollowed(String accept, String extensions, @Nullable Cut cut) {
        WebSocketReader reader = WebSocketReader.of(Frames.request(), Frames.response(accept, extensions), BOUND);
        byte[] frame = server(0x81, "hello");
        assertThat(reader.piece(true, frame, 0, frame.length, 0)).isEqualTo(cut == null);
        Messages messages = reader.end(null, 0, 0);
        assertThat(messages.cut()).isEqualTo(cut);
        assertThat(messages.all()).hasSize(cut == null ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void compressionIsReadWithAndWithoutItsContext(boolean forgets) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        Random random = new Random(5);
        byte[] text = new byte[20_000];
        random.nextBytes(text);
        byte[] first = Frames.deflated(deflater, text);
        if (forgets) {
            deflater.reset();
        }
        byte[] second = Frames.deflated(deflater, text);
        deflater.end();
        assertThat(second.length < 1_000).isNotEqualTo(forgets);
        String extensions = Frames.DEFLATE + (forgets ? "; client_no_context_takeover" : "");

        Messages messages = read(extensions, false, 1_000, join(client(0xc2, first), client(0xc2, second)));

        assertThat(messages.cut()).isNull();
        assertThat(messages.all()).extracting(Message::bytes).containsExactly(text, text);
    }

    @Test
    void compressedMessagesAreBoundedTogether() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] bomb = Frames.deflated(deflater, new byte[BOUND - 10]);
        byte[] more = Frames.deflated(deflater, new byte[1_000]);
        deflater.end();

        Messages messages =
                read(Frames.DEFLATE, true, 100, join(server(0xc2, bomb), server(0xc2, more), server(0x81, "never")));

        assertThat(messages.cut()).isEqualTo(Cut.INFLATED);
        assertThat(messages.all()).extracting(Message::size).containsExactly(BOUND - 10, 10);
        assertThat(messages.all()).extracting(Message::truncated).containsExactly(false, true);
    }

    @Test
    void brokenCompressionEndsTheReading() {
        Messages messages = read(Frames.DEFLATE, true, 5, join(server(0x81, "ok"), server(0xc1, hex("ff ff ff"))));
        assertThat(messages.cut()).isEqualTo(Cut.PROTOCOL);
        assertThat(shown(messages)).containsExactly("<text ok");
    }

    @Test
    void thereIsAnEndToTheirNumber() {
        byte[] pings = new byte[2 * (WebSocketReader.MOST + 5)];
        for (int i = 0; i < pings.length; i += 2) {
            pings[i] = (byte) 0x89;
        }
        Messages messages = read("", true, 16_384, pings);
        assertThat(messages.all()).hasSize(WebSocketReader.MOST);
        assertThat(messages.cut()).isEqualTo(Cut.COUNT);
    }
}
