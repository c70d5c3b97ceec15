package dev.retake.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.retake.proxy.http1.HeadParser.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages of any bytes: however they are split, the same is accepted, refused or awaited, and what is accepted a second
 * reader, written from RFC 9112 alone, reads in the same way.
 */
class MessageFuzzTest {
    private static final HeadLimits LIMITS = new HeadLimits(500, 3_000, 50);
    private static final Pattern REQUEST_LINE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [^\\x00-\\x20\\x7f]+ HTTP/1\\.[01]");
    private static final Set<Refusal> OF_SIZE = Set.of(Refusal.HEAD_TOO_LARGE, Refusal.TARGET_TOO_LONG);
    private static final Pattern FIELD =
            Pattern.compile("([^\\x00-\\x20\\x7f:]+):[ \\t]*([^\\r\\n\\x00]*?)[ \\t]*", Pattern.DOTALL);
    private static final Pattern CHUNK_LINE =
            Pattern.compile("([0-9a-fA-F]{1,15})(?:[ \\t]*;[^\\r\\n\\x00]*)?", Pattern.DOTALL);

    @FuzzTest
    void head(byte[] input) {
        HeadParser parser = new HeadParser(LIMITS);
        Result whole = parser.request(Unpooled.wrappedBuffer(input));
        Refusal refusal = whole == Result.REFUSED ? parser.head().refusal() : null;
        int end = parser.head().end();

        HeadParser pieces = new HeadParser(LIMITS);
        Result result = Result.INCOMPLETE;
        for (int length = 0; length <= input.length && result == Result.INCOMPLETE; length++) {
            result = pieces.request(Unpooled.wrappedBuffer(input, 0, length));
        }
        assertThat(result).isEqualTo(whole);
        // A limit may be passed by a piece before it shows what else is wrong.
        if (whole == Result.REFUSED
                && !OF_SIZE.contains(refusal)
                && !OF_SIZE.contains(pieces.head().refusal())) {
            assertThat(pieces.head().refusal()).isEqualTo(refusal);
        }
        if (whole == Result.ACCEPTED) {
            assertThat(pieces.head().end()).isEqualTo(end);
            reread(new String(input, 0, end, StandardCharsets.ISO_8859_1), parser.head());
        }
    }

    private static void reread(String text, Head head) {
        assertThat(text).endsWith("\r\n\r\n");
        String[] lines = text.replaceFirst("^(\r\n)*", "").split("\r\n", -1);
        assertThat(REQUEST_LINE.matcher(lines[0]).matches()).isTrue();
        List<String> lengths = new ArrayList<>();
        List<String> codings = new ArrayList<>();
        int fields = 0;
        for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
            Matcher field = FIELD.matcher(lines[i]);
            assertThat(field.matches()).isTrue();
            fields++;
            if (field.group(1).equalsIgnoreCase("content-length")) {
                lengths.add(field.group(2));
            } else if (field.group(1).equalsIgnoreCase("transfer-encoding")) {
                codings.add(field.group(2));
            }
        }
        assertThat(head.fieldCount()).isEqualTo(fields);
        assertThat(lengths.isEmpty() || codings.isEmpty()).isTrue();
        assertThat(codings)
                .allMatch(coding -> coding.equalsIgnoreCase("chunked"))
                .hasSizeLessThan(2);
        assertThat(head.chunked()).isEqualTo(!codings.isEmpty());
        assertThat(lengths.stream().map(Long::parseLong).distinct()).hasSizeLessThan(2);
        assertThat(lengths).allMatch(length -> length.matches("[0-9]+"));
        assertThat(head.contentLength()).isEqualTo(lengths.isEmpty() ? -1 : Long.parseLong(lengths.get(0)));
    }

    @FuzzTest
    void chunks(byte[] input) {
        Seen whole = scan(input, input.length);

        assertThat(scan(input, 1)).isEqualTo(whole);
        assertThat(scan(input, 7)).isEqualTo(whole);
        if (whole.complete()) {
            String reread = content(new String(input, 0, whole.taken(), StandardCharsets.ISO_8859_1));
            assertThat(reread).isEqualTo(whole.content());
        }
    }

    /** What a scanner said of a body. */
    private record Seen(
            int taken, boolean complete, @Nullable Refusal refusal, String content, String trailers) {}

    private static Seen scan(byte[] input, int step) {
        BodyScanner scanner = new BodyScanner(1_000, false);
        scanner.chunked();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteArrayOutputStream trailers = new ByteArrayOutputStream();
        ContentSink sink = new ContentSink() {
            @Override
            public void content(ByteBuf buffer, int index, int length) {
                byte[] bytes = new byte[length];
                buffer.getBytes(index, bytes);
                content.writeBytes(bytes);
            }

            @Override
            public void trailer(byte b) {
                trailers.write(b);
            }
        };
        int taken = 0;
        for (int from = 0; from < input.length && !scanner.complete() && scanner.refusal() == null; from += step) {
            byte[] piece = Arrays.copyOfRange(input, from, Math.min(input.length, from + step));
            taken += scanner.scan(Unpooled.wrappedBuffer(piece), sink);
        }
        return new Seen(
                taken,
                scanner.complete(),
                scanner.refusal(),
                content.toString(StandardCharsets.ISO_8859_1),
                trailers.toString(StandardCharsets.ISO_8859_1));
    }

    /** The content of a chunked body, read line by line. */
    private static String content(String body) {
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (true) {
            int end = body.indexOf("\r\n", at);
            Matcher line = CHUNK_LINE.matcher(body.substring(at, end));
            assertThat(line.matches()).isTrue();
            int size = (int) Long.parseLong(line.group(1), 16);
            at = end + 2;
            if (size == 0) {
                assertThat(body.substring(at - 2)).endsWith("\r\n\r\n");
                return content.toString();
            }
            content.append(body, at, at + size);
            assertThat(body.substring(at + size)).startsWith("\r\n");
            at += size + 2;
        }
    }
}
