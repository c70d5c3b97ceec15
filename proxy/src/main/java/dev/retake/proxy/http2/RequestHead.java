package dev.retake.proxy.http2;

import dev.retake.proxy.http1.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that came in frames, as HTTP/1.1 (RFC 9113 §8.3.1). What an HTTP/1.1 head cannot say, or would say
 * in more than one way, is malformed; the rest is for the parser of heads, which reads the result like any other.
 *
 * <pre>
 * :method = POST                     POST /a HTTP/1.1
 * :scheme = https                    host: shop.example
 * :authority = shop.example    -->   cookie: a=1; b=2
 * :path = /a                         te: trailers
 * cookie = a=1                       connection: TE
 * cookie = b=2                       transfer-encoding: chunked
 * te = trailers
 * </pre>
 */
final class RequestHead {
    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
    private static final AsciiString HEAD = AsciiString.cached("HEAD");
    private static final AsciiString OPTIONS = AsciiString.cached("OPTIONS");
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");
    private static final AsciiString VERSION = AsciiString.cached(" HTTP/1.1\r\n");
    private static final AsciiString CONNECTION_TE = AsciiString.cached("connection: TE\r\n");
    private static final AsciiString CHUNKED = AsciiString.cached("transfer-encoding: chunked\r\n");
    private static final int ROOM = 128;

    private final Http2Headers fields;
    private final boolean ends;
    private @Nullable AsciiString method;
    private @Nullable AsciiString scheme;
    private @Nullable AsciiString authority;
    private @Nullable AsciiString path;
    private @Nullable AsciiString host;
    private long length = BodyBytes.CHUNKED;
    private int size;

    /** @param ends whether no body follows */
    RequestHead(Http2Headers fields, boolean ends) {
        this.fields = fields;
        this.ends = ends;
    }

    /** Bytes of the body; {@link BodyBytes#CHUNKED} where nobody says, and 0 where there is none. */
    long length() {
        return ends ? 0 : length;
    }

    boolean isHeadMethod() {
        return method != null && method.contentEquals(HEAD);
    }

    /** What is wrong with the request, null where nothing is; to be called before it is written. */
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
        Malformed wrong = start();
        if (wrong == null && authority != null && host != null && !authority.contentEqualsIgnoreCase(host)) {
            return Malformed.because("host is another than :authority (RFC 9113 §8.3.1)");
        }
        return wrong;
    }

    private @Nullable Malformed pseudo(AsciiString name, AsciiString value) {
        boolean first;
        switch (name.toString()) {
            case ":method" -> {
                first = method == null;
                method = value;
            }
            case ":scheme" -> {
                first = scheme == null;
                scheme = value;
            }
            case ":authority" -> {
                first = authority == null;
                authority = value;
            }
            case ":path" -> {
                first = path == null;
                path = value;
            }
            default -> {
                return Malformed.because("a pseudo-header is unknown or a response's (RFC 9113 §8.3)");
            }
        }
        return first ? null : Malformed.because("a pseudo-header stands twice (RFC 9113 §8.3)");
    }

    private @Nullable Malformed field(AsciiString name, AsciiString value) {
        if (name.contentEquals(Fields.HOST)) {
            if (host != null) {
                return Malformed.because("there is more than one host");
            }
            host = value;
        } else if (name.contentEquals(Fields.CONTENT_LENGTH)) {
            boolean second = length != BodyBytes.CHUNKED;
            length = Fields.length(value);
            if (second || length < 0 || ends && length > 0) {
                return Malformed.because(
                        "content-length is no number, stands twice, or is that of a body that is not there");
            }
        }
        return Fields.check(name, value);
    }

    private @Nullable Malformed start() {
        if (method == null || method.isEmpty()) {
            return Malformed.because(":method is missing (RFC 9113 §8.3.1)");
        }
        for (int i = 0; i < method.length(); i++) {
            if (!Ascii.isToken(method.byteAt(i))) {
                return Malformed.because(":method holds what no method may hold");
            }
        }
        if (method.contentEqualsIgnoreCase(CONNECT)) {
            return new Malformed(501, "CONNECT is for forward proxies, and this is none");
        }
        if (scheme == null || !scheme.contentEqualsIgnoreCase(HTTP) && !scheme.contentEqualsIgnoreCase(HTTPS)) {
            return Malformed.because(":scheme is missing, or neither http nor https");
        }
        if (authority != null && !isVisible(authority)) {
            return Malformed.because(":authority is empty, or holds white space or a control character");
        }
        if (path == null || !isVisible(path)) {
            return Malformed.because(":path is missing, or holds white space or a control character");
        }
        boolean asterisk = path.length() == 1 && path.byteAt(0) == '*' && method.contentEquals(OPTIONS);
        return path.byteAt(0) == '/' || asterisk
                ? null
                : Malformed.because(":path does not begin with a slash (RFC 9113 §8.3.1)");
    }

    /** Neither empty nor with white space or controls; other bytes are the upstream's to judge, as in HTTP/1.1. */
    private static boolean isVisible(AsciiString text) {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.byteAt(i);
            if (b >= 0 && b <= ' ' || b == 0x7f) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A new buffer with the head, up to and with its empty line. */
    ByteBuf write(ByteBufAllocator allocator) {
        ByteBuf out = allocator.directBuffer(size + ROOM);
        Fields.text(out, AsciiString.of(fields.method()));
        out.writeByte(' ');
        Fields.text(out, AsciiString.of(fields.path()));
        Fields.text(out, VERSION);
        AsciiString named = authority != null ? authority : host;
        if (named != null) {
            Fields.line(out, Fields.HOST, named);
        }
        boolean cookies = false;
        boolean trailers = false;
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            AsciiString name = AsciiString.of(field.getKey());
            if (Fields.isPseudo(name) || name.contentEquals(Fields.HOST)) {
                continue;
            }
            if (name.contentEquals(Fields.COOKIE)) {
                if (!cookies) {
                    cookies = true;
                    cookies(out);
                }
                continue;
            }
            trailers |= name.contentEquals(Fields.TE);
            Fields.line(out, name, AsciiString.of(field.getValue()));
        }
        if (trailers) {
            Fields.text(out, CONNECTION_TE);
        }
        if (length() == BodyBytes.CHUNKED) {
            Fields.text(out, CHUNKED);
        }
        Fields.crlf(out);
        return out;
    }

    /** The crumbs of a cookie field make one line again, since HTTP/1.1 has but one (RFC 9113 §8.2.3). */
    private void cookies(ByteBuf out) {
        Fields.text(out, Fields.COOKIE);
        out.writeByte(':');
        boolean first = true;
        for (CharSequence crumb : fields.getAll(Fields.COOKIE)) {
            if (!first) {
                out.writeByte(';');
            }
            out.writeByte(' ');
            Fields.text(out, AsciiString.of(crumb));
            first = false;
        }
        Fields.crlf(out);
    }
}
