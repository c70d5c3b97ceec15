package dev.retake.replay.target;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as its bytes (RFC 9112): target, order, case and duplicates of fields exactly as they are given.
 *
 * <p>Framing follows the fields that are there: with {@code Transfer-Encoding: chunked} the content goes as one chunk,
 * trailers after it; else as it is.
 */
final class RequestBytes {
    private RequestBytes() {}

    static ByteBuf of(Request request, ByteBufAllocator allocator) {
        byte[] content = request.body().bytes();
        StringBuilder head = new StringBuilder(512);
        head.append(request.method())
                .append(' ')
                .append(request.target())
                .append(' ')
                .append(request.version())
                .append("\r\n");
        fields(request.headers(), head);
        ByteBuf bytes = allocator.buffer(head.length() + content.length + 64);
        write(head, bytes);
        if (!isChunked(request.headers())) {
            return bytes.writeBytes(content);
        }
        if (content.length > 0) {
            write(new StringBuilder(Integer.toHexString(content.length)).append("\r\n"), bytes);
            bytes.writeBytes(content);
            write(new StringBuilder("\r\n"), bytes);
        }
        StringBuilder end = new StringBuilder("0\r\n");
        fields(request.trailers(), end);
        write(end, bytes);
        return bytes;
    }

    static boolean isChunked(Headers headers) {
        List<String> codings = headers.all("Transfer-Encoding");
        return !codings.isEmpty() && codings.get(codings.size() - 1).equalsIgnoreCase("chunked");
    }

    private static void fields(Headers headers, StringBuilder text) {
        for (int i = 0; i < headers.size(); i++) {
            text.append(headers.name(i)).append(": ").append(headers.value(i)).append("\r\n");
        }
        text.append("\r\n");
    }

    /** Each char is a byte, as {@link Headers} has them. */
    private static void write(StringBuilder text, ByteBuf bytes) {
        bytes.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
