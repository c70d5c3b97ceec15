package dev.retake.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response that came in frames, as HTTP/1.1 (RFC 9113 §8.3.2). A body of which nobody says how long it is goes
 * in chunks, also where it is empty: a length that the upstream did not give must not be invented. So does one of gRPC that
 * has a length, since its trailers say how the call went, and only chunks can be followed by trailers.
 */
final class ResponseHead {
    private static final AsciiString CHUNKED = AsciiString.cached("transfer-encoding: chunked\r\n");
    private static final AsciiString CLOSE = AsciiString.cached("connection: close\r\n");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final String GRPC = "application/grpc";
    private static final long NONE = 0;
    private static final int ROOM = 96;

    private final Http2Headers fields;
    private final boolean ends;
    private final boolean toHead;
    private final boolean toOldClient;
    private int status;
    private boolean hasLength;
    private boolean grpc;
    private long length = BodyBytes.CHUNKED;
    private int size;

    /**
     * @param ends whether no body and no trailers follow
     * @param toHead whether it answers a HEAD request
     * @param toOldClient whether it answers a request in HTTP/1.0, to which chunks mean nothing
     */
    ResponseHead(Http2Headers fields, boolean ends, boolean toHead, boolean toOldClient) {
        this.fields = fields;
        this.ends = ends;
        this.toHead = toHead;
        this.toOldClient = toOldClient;
    }

    /** What is wrong with the response, null where nothing is; to be called before it is written. */
    @Nullable
    Malformed check() {
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            AsciiString name = AsciiString.of(field.getKey());
            AsciiString value = AsciiString.of(field.getValue());
            size += name.length() + value.length() + 4;
            Malformed wrong = Fields.isPseudo(name) ? pseudo(name, value) : field(name, value);
            if (wrong != null) {
                return wrong;
            }
        }
        if (status == 0 || status == 101 || isInterim() && (ends || hasLength)) {
            return Malformed.because("a response has no :status, or an interim one ends the stream (RFC 9113 §8.3.2)");
        }
        return ends && hasLength && length > 0 && !isBodyless()
                ? Malformed.because("a response ends before its content-length is reached")
                : null;
    }

    private @Nullable Malformed pseudo(AsciiString name, AsciiString value) {
        if (!name.contentEquals(":status") || status != 0 || value.length() != 3) {
            return Malformed.because("a pseudo-header is unknown, a request's, or stands twice");
        }
        long number = Fields.length(value);
        status = (int) Math.max(0, number);
        return number < 100 ? Malformed.because(":status is no status") : null;
    }

    private @Nullable Malformed field(AsciiString name, AsciiString value) {
        if (name.contentEquals(Fields.CONTENT_LENGTH)) {
            long said = Fields.length(value);
            if (said < 0 || hasLength && said != length) {
                return Malformed.because("content-length is no number, or there are two");
            }
            hasLength = true;
            length = said;
        } else if (name.contentEquals(CONTENT_TYPE)) {
            grpc = value.regionMatches(true, 0, GRPC, 0, GRPC.length());
        }
        return Fields.check(name, value);
    }

    boolean isInterim() {
        return status < 200;
    }

    private boolean isBodyless() {
        return toHead || status == 204 || status == 304;
    }

    /** How the body stands behind the head that is written. */
    long length() {
        if (isBodyless()) {
            return NONE;
        }
        if (hasLength && !grpc) {
            return length;
        }
        return toOldClient ? BodyBytes.UNTIL_CLOSE : BodyBytes.CHUNKED;
    }

    /** A new buffer with the head, up to and with its empty line. */
    ByteBuf write(ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(size + ROOM);
        String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        out.writeCharSequence("HTTP/1.1 " + status + " " + reason, StandardCharsets.US_ASCII);
        Fields.crlf(out);
        boolean framed = !isInterim() && !isBodyless();
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            AsciiString name = AsciiString.of(field.getKey());
            boolean dropped = framed && grpc && name.contentEquals(Fields.CONTENT_LENGTH);
            if (!Fields.isPseudo(name) && !dropped) {
                Fields.line(out, name, AsciiString.of(field.getValue()));
            }
        }
        if (framed && length() == BodyBytes.CHUNKED) {
            Fields.text(out, CHUNKED);
        } else if (framed && length() == BodyBytes.UNTIL_CLOSE) {
            Fields.text(out, CLOSE);
        }
        Fields.crlf(out);
        return out;
    }
}
