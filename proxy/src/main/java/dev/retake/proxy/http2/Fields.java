package dev.retake.proxy.http2;

import dev.retake.proxy.http1.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the fields of every message (RFC 9113 §8.2): names in lower case, nothing that would end a line of
 * HTTP/1.1, nothing that is for one connection. Netty checks most of it too; what would split a message in two is not left
 * to one reader.
 */
final class Fields {
    static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    static final AsciiString COOKIE = AsciiString.cached("cookie");
    static final AsciiString HOST = AsciiString.cached("host");
    static final AsciiString TE = AsciiString.cached("te");
    static final AsciiString TRAILERS = AsciiString.cached("trailers");
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final Set<AsciiString> OF_CONNECTIONS = Set.of(
            AsciiString.cached("connection"),
            AsciiString.cached("keep-alive"),
            AsciiString.cached("proxy-connection"),
            AsciiString.cached("transfer-encoding"),
            AsciiString.cached("upgrade"));

    private Fields() {}

    /** Whether the name is one of those that begin with a colon. */
    static boolean isPseudo(AsciiString name) {
        return !name.isEmpty() && name.byteAt(0) == ':';
    }

    /** What is wrong with a field that is no pseudo-header, null where nothing is. */
    static @Nullable Malformed check(AsciiString name, AsciiString value) {
        if (name.isEmpty()) {
            return Malformed.because("a field has no name");
        }
        for (int i = 0; i < name.length(); i++) {
            byte b = name.byteAt(i);
            if (!Ascii.isToken(b) || b >= 'A' && b <= 'Z') {
                return Malformed.because(
                        "a field name is not in lower case, or holds what no name may hold" + " (RFC 9113 §8.2.1)");
            }
        }
        if (OF_CONNECTIONS.contains(name)) {
            return Malformed.because(
                    "a field is for one connection alone, which HTTP/2 has no place for" + " (RFC 9113 §8.2.2)");
        }
        if (name.contentEquals(TE) && !value.contentEqualsIgnoreCase(TRAILERS)) {
            return Malformed.because("te is other than trailers (RFC 9113 §8.2.2)");
        }
        return isValue(value)
                ? null
                : Malformed.because(
                        "a field value holds CR, LF or NUL, or begins or ends with white space" + " (RFC 9113 §8.2.1)");
    }

    /** What is wrong with a trailer section, null where nothing is. */
    static @Nullable Malformed checkTrailers(Http2Headers fields) {
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            AsciiString name = AsciiString.of(field.getKey());
            Malformed wrong = isPseudo(name)
                    ? Malformed.because("a trailer is a pseudo-header (RFC 9113 §8.1)")
                    : check(name, AsciiString.of(field.getValue()));
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static boolean isValue(AsciiString value) {
        for (int i = 0; i < value.length(); i++) {
            byte b = value.byteAt(i);
            if (b == 0 || b == '\r' || b == '\n') {
                return false;
            }
        }
        return value.isEmpty() || !isSpace(value.byteAt(0)) && !isSpace(value.byteAt(value.length() - 1));
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The number that a content-length says, -1 where it says none. */
    static long length(AsciiString value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return length;
    }

    /** Writes one field line. */
    static void line(ByteBuf out, AsciiString name, AsciiString value) {
        text(out, name);
        out.writeByte(':').writeByte(' ');
        text(out, value);
        crlf(out);
    }

    static void text(ByteBuf out, AsciiString text) {
        out.writeBytes(text.array(), text.arrayOffset(), text.length());
    }

    static void crlf(ByteBuf out) {
        out.writeByte('\r').writeByte('\n');
    }
}
