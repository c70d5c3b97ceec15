package dev.retake.proxy.http2;

import dev.retake.proxy.http1.BodyScanner;
import dev.retake.proxy.http1.ContentSink;
import dev.retake.proxy.http1.Field;
import dev.retake.proxy.http1.Head;
import dev.retake.proxy.http1.HeadParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of the bytes of one HTTP/1.1 message, as the relay writes it: head, content without its chunk framing,
 * trailers. The end of the message is told with its last frame, never by one more where that can be helped, so that a
 * message without a body, or of trailers alone, is one frame.
 */
final class FrameWriter {
    /** Takes what the message is made of. */
    interface Frames {
        /** The head, an interim head before it, or trailers, which end the message. */
        void headers(Http2Headers fields, boolean ends);

        /** Content; the receiver owns the buffer. */
        void data(ByteBuf content, boolean ends);
    }

    private static final int NONE_NEEDED = 8;

    private final HeadParser parser;
    private final @Nullable StartLine requestLine;
    private final boolean toHead;
    private final Frames frames;
    private final BodyScanner body;
    private final Content content = new Content();
    private @Nullable Http2Headers head;
    private boolean begun;
    private boolean ended;

    /** How a request's start line becomes pseudo-headers. */
    interface StartLine {
        void addTo(Http2Headers fields, Head head);
    }

    /**
     * @param parser reads heads; shared by an event loop, since heads come whole
     * @param trailerLimit bytes of a trailer section
     * @param requestLine null for a response
     * @param toHead whether the message answers a HEAD request
     */
    FrameWriter(HeadParser parser, int trailerLimit, @Nullable StartLine requestLine, boolean toHead, Frames frames) {
        this.parser = parser;
        this.requestLine = requestLine;
        this.toHead = toHead;
        this.frames = frames;
        this.body = new BodyScanner(trailerLimit, requestLine == null);
    }

    /** Whether the message's last frame was given. */
    boolean ended() {
        return ended;
    }

    /** Whether anything but interim heads was given. */
    boolean begun() {
        return begun;
    }

    /** Ends a message that ends with its connection; false where it does not, and so is cut. */
    boolean endWithConnection() {
        if (begun && !ended && body.endsWithConnection()) {
            ended = true;
            frames.data(Unpooled.EMPTY_BUFFER, true);
        }
        return ended;
    }

    /**
     * Takes the next bytes of the message, which begin with a whole head where it has none yet, and owns the buffer.
     *
     * @throws IllegalArgumentException where they are none of a message
     */
    void write(ByteBuf bytes) {
        try {
            while (!begun && bytes.isReadable()) {
                head(bytes);
            }
            if (begun && !ended && (bytes.isReadable() || head != null)) {
                body(bytes);
            }
        } finally {
            bytes.release();
            content.drop();
            head = null;
        }
    }

    private void head(ByteBuf bytes) {
        HeadParser.Result result = requestLine == null ? parser.response(bytes) : parser.request(bytes);
        Head parsed = parser.head();
        if (result != HeadParser.Result.ACCEPTED) {
            throw new IllegalArgumentException("no whole head");
        }
        Http2Headers fields = new DefaultHttp2Headers(false, parsed.fieldCount() + NONE_NEEDED);
        if (requestLine == null) {
            fields.status(AsciiString.of(Integer.toString(parsed.status())));
        } else {
            requestLine.addTo(fields, parsed);
        }
        for (int i = 0; i < parsed.fieldCount(); i++) {
            if (passes(parsed, i)) {
                fields.add(name(parsed.bytes(), parsed.lineStart(i), parsed.nameEnd(i)), value(parsed, i));
            }
        }
        bytes.skipBytes(parsed.end());
        if (requestLine == null && parsed.status() < 200) {
            frames.headers(fields, false);
            return;
        }
        begun = true;
        head = fields;
        if (requestLine != null && !parsed.chunked() && parsed.contentLength() <= 0) {
            body.none();
        } else if (toHead || parsed.status() == 204 || parsed.status() == 304) {
            body.none();
        } else if (parsed.chunked()) {
            body.chunked();
        } else if (parsed.contentLength() >= 0) {
            body.length(parsed.contentLength());
        } else {
            body.untilClose();
        }
    }

    private void body(ByteBuf bytes) {
        body.scan(bytes, content);
        if (body.refusal() != null) {
            throw new IllegalArgumentException(body.refusal().reason());
        }
        ended = body.complete();
        Http2Headers trailers = ended ? content.trailers() : null;
        ByteBuf last = content.take();
        boolean bodyless = last == null && trailers == null;
        if (head != null) {
            frames.headers(head, ended && bodyless);
            if (ended && bodyless) {
                return;
            }
        }
        if (last != null || ended && trailers == null) {
            frames.data(last == null ? Unpooled.EMPTY_BUFFER : last, ended && trailers == null);
        }
        if (trailers != null) {
            frames.headers(trailers, true);
        }
    }

    /** Fields for one connection alone stay behind; they are HTTP/1.1's, not the message's. */
    private boolean passes(Head parsed, int index) {
        Field field = parsed.field(index);
        return switch (field) {
            case CONNECTION, HTTP2_SETTINGS, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE -> false;
            case HOST -> requestLine == null;
            case TE -> parsed.isTeTrailers(index);
            case CONTENT_LENGTH,
                    EXPECT,
                    FORWARDED,
                    OTHER,
                    VIA,
                    WWW_AUTHENTICATE,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PROTO,
                    X_RETAKE_RUN -> true;
        };
    }

    private static AsciiString name(byte[] bytes, int from, int to) {
        byte[] lower = Arrays.copyOfRange(bytes, from, to);
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] = (byte) (lower[i] + ('a' - 'A'));
            }
        }
        return new AsciiString(lower, false);
    }

    private static AsciiString value(Head parsed, int index) {
        return new AsciiString(
                Arrays.copyOfRange(parsed.bytes(), parsed.valueStart(index), parsed.valueEnd(index)), false);
    }

    /** Gives the head and each piece of content as soon as it is known that another follows. */
    private final class Content implements ContentSink {
        private @Nullable ByteBuf waiting;
        private byte[] lines = {};
        private int length;

        @Override
        public void content(ByteBuf buffer, int index, int bytes) {
            if (bytes == 0) {
                return;
            }
            if (waiting != null) {
                if (head != null) {
                    frames.headers(head, false);
                    head = null;
                }
                ByteBuf before = waiting;
                waiting = null;
                frames.data(before, false);
            }
            waiting = buffer.retainedSlice(index, bytes);
        }

        @Override
        public void trailer(byte b) {
            if (length == lines.length) {
                lines = Arrays.copyOf(lines, Math.max(256, 2 * length));
            }
            lines[length++] = b;
        }

        @Nullable
        ByteBuf take() {
            ByteBuf taken = waiting;
            waiting = null;
            return taken;
        }

        void drop() {
            if (waiting != null) {
                waiting.release();
                waiting = null;
            }
        }

        /** The fields of the trailer section, null where it has none. */
        @Nullable
        Http2Headers trailers() {
            if (length == 0) {
                return null;
            }
            Http2Headers fields = new DefaultHttp2Headers(false, NONE_NEEDED);
            int from = 0;
            while (from < length) {
                int colon = from;
                while (lines[colon] != ':') {
                    colon++;
                }
                int end = colon;
                while (lines[end] != '\r' || lines[end + 1] != '\n') {
                    end++;
                }
                fields.add(name(lines, from, colon), trimmed(colon + 1, end));
                from = end + 2;
            }
            return fields;
        }

        /** White space around a value is none of it; bytes beyond ASCII, which {@code AsciiString} takes for it, are. */
        private AsciiString trimmed(int from, int to) {
            int begin = from;
            int end = to;
            while (begin < end && isSpace(lines[begin])) {
                begin++;
            }
            while (begin < end && isSpace(lines[end - 1])) {
                end--;
            }
            return new AsciiString(lines, begin, end - begin, true);
        }

        private static boolean isSpace(byte b) {
            return b == ' ' || b == '\t';
        }
    }
}
