package dev.retake.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message that comes in DATA frames, in the framing that its HTTP/1.1 head announced: as it is where a
 * content-length was given, which must then be right, and else in chunks.
 */
final class BodyBytes {
    /** Nobody says how long the body is. */
    static final long CHUNKED = -1;

    /** Nobody says how long the body is, and the connection ends with it. */
    static final long UNTIL_CLOSE = -2;

    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_ROOM = 16;

    private final long length;
    private long passed;

    /** @param length bytes, {@link #CHUNKED} or {@link #UNTIL_CLOSE} */
    BodyBytes(long length) {
        this.length = length;
    }

    /**
     * The bytes to pass on for the content of one frame, which is taken over; null where there are none.
     *
     * @param ends whether it was the message's last frame
     * @throws IllegalArgumentException where the frame has more than the head announced, or the last one too little
     */
    @Nullable
    ByteBuf content(ByteBuf content, boolean ends, ByteBufAllocator allocator) {
        int bytes = content.readableBytes();
        passed += bytes;
        if (length >= 0 && (passed > length || ends && passed < length)) {
            content.release();
            throw new IllegalArgumentException("the body is not as long as content-length says");
        }
        if (length != CHUNKED) {
            if (bytes == 0) {
                content.release();
                return null;
            }
            return content;
        }
        ByteBuf out = allocator.directBuffer(bytes + 2 * CHUNK_ROOM);
        if (bytes > 0) {
            out.writeCharSequence(Integer.toHexString(bytes), StandardCharsets.US_ASCII);
            Fields.crlf(out);
            out.writeBytes(content);
            Fields.crlf(out);
        }
        content.release();
        if (ends) {
            out.writeBytes(LAST_CHUNK);
            Fields.crlf(out);
        }
        return out;
    }

    /**
     * The bytes to pass on for the trailers that end the message; null where there are none, since only chunks can be
     * followed by trailers.
     *
     * @throws IllegalArgumentException where the body before them was too short
     */
    @Nullable
    ByteBuf trailers(Http2Headers fields, ByteBufAllocator allocator) {
        if (length >= 0 && passed < length) {
            throw new IllegalArgumentException("the body is not as long as content-length says");
        }
        if (length != CHUNKED) {
            return null;
        }
        ByteBuf out = allocator.directBuffer(CHUNK_ROOM + 64 * fields.size());
        out.writeBytes(LAST_CHUNK);
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            Fields.line(out, AsciiString.of(field.getKey()), AsciiString.of(field.getValue()));
        }
        Fields.crlf(out);
        return out;
    }
}
