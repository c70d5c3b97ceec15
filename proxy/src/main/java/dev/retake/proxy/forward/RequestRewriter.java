package dev.retake.proxy.forward;

import dev.retake.proxy.http1.Field;
import dev.retake.proxy.http1.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head that goes to the upstream from the one that a client sent: fields for this hop alone go (RFC 9110
 * §7.6.1), those that say where it came from are added, all else stays as it came, in order and case. One for each
 * client connection, whose address it knows.
 */
final class RequestRewriter {
    private static final byte[] CRLF = bytes("\r\n");
    private static final byte[] CONNECTION = bytes("Connection: ");
    private static final byte[] UPGRADE = bytes("Upgrade");
    private static final byte[] KEEP_ALIVE = bytes("keep-alive");
    private static final byte[] TE = bytes("TE");
    private static final byte[] COMMA = bytes(", ");
    private static final byte[] X_FORWARDED_HOST = bytes("X-Forwarded-Host: ");
    private static final byte[] PROTO_HTTP = bytes("X-Forwarded-Proto: http\r\n");
    private static final byte[] PROTO_HTTPS = bytes("X-Forwarded-Proto: https\r\n");
    private static final byte[] FORWARDED_HOST = bytes(";host=\"");
    private static final byte[] FORWARDED_END = bytes("\"\r\n");
    private static final byte[][] VIA = {bytes("Via: 1.0 retake\r\n"), bytes("Via: 1.1 retake\r\n")};
    private static final byte[] VIA_2 = bytes("Via: 2.0 retake\r\n");

    private final AddedFields added;
    private final byte[] address;
    private final byte[] xForwardedFor;
    private final byte[] forwarded;
    private final byte[] proto;
    private final boolean http2;
    private final @Nullable SubjectField subject;
    private final int room;

    /**
     * @param tls whether the client speaks TLS
     * @param http2 whether it speaks HTTP/2
     * @param subject tells who the client is by its certificate, null where no field does
     */
    RequestRewriter(AddedFields added, InetAddress client, boolean tls, boolean http2, @Nullable SubjectField subject) {
        this.added = added;
        this.http2 = http2;
        this.subject = subject;
        proto = tls ? PROTO_HTTPS : PROTO_HTTP;
        String text = NetUtil.toAddressString(client);
        address = bytes(text);
        xForwardedFor = bytes("X-Forwarded-For: " + text + "\r\n");
        forwarded = bytes("Forwarded: for=" + (text.indexOf(':') < 0 ? text : "\"[" + text + "]\"") + ";proto=http"
                + (tls ? "s" : ""));
        room = 256 + 2 * text.length() + (subject == null ? 0 : subject.line().length);
    }

    /** A new buffer with the rewritten head. */
    ByteBuf rewrite(Head head, boolean keepRun, ByteBufAllocator allocator) {
        int host = head.indexOf(Field.HOST);
        int hostLength = host < 0 ? 0 : head.valueEnd(host) - head.valueStart(host);
        ByteBuf out = allocator.directBuffer(head.end() - head.start() + room + 2 * hostLength);
        byte[] bytes = head.bytes();
        int copied = head.start();
        boolean connectionWritten = false;
        int lastForwardedFor = added.xForwardedFor() ? head.lastIndexOf(Field.X_FORWARDED_FOR) : -1;
        for (int i = 0; i < head.fieldCount(); i++) {
            if (i == lastForwardedFor) {
                out.writeBytes(bytes, copied, head.valueEnd(i) - copied);
                if (head.valueEnd(i) > head.valueStart(i)) {
                    out.writeBytes(COMMA);
                }
                out.writeBytes(address).writeBytes(CRLF);
                copied = head.lineEnd(i);
            } else if (!passes(head, i, keepRun)) {
                out.writeBytes(bytes, copied, head.lineStart(i) - copied);
                copied = head.lineEnd(i);
                if (head.field(i) == Field.CONNECTION && !connectionWritten) {
                    connectionWritten = true;
                    writeConnection(head, out);
                }
            }
        }
        out.writeBytes(bytes, copied, head.end() - CRLF.length - copied);
        addFields(head, host, hostLength, lastForwardedFor, out);
        return out.writeBytes(CRLF);
    }

    private void addFields(Head head, int host, int hostLength, int lastForwardedFor, ByteBuf out) {
        if (added.xForwardedFor() && lastForwardedFor < 0) {
            out.writeBytes(xForwardedFor);
        }
        if (added.xForwardedProto() && !head.has(Field.X_FORWARDED_PROTO)) {
            out.writeBytes(proto);
        }
        if (added.xForwardedHost() && host >= 0 && !head.has(Field.X_FORWARDED_HOST)) {
            out.writeBytes(X_FORWARDED_HOST)
                    .writeBytes(head.bytes(), head.valueStart(host), hostLength)
                    .writeBytes(CRLF);
        }
        if (added.forwarded()) {
            out.writeBytes(forwarded);
            if (host >= 0 && quotable(head, host)) {
                out.writeBytes(FORWARDED_HOST)
                        .writeBytes(head.bytes(), head.valueStart(host), hostLength)
                        .writeBytes(FORWARDED_END);
            } else {
                out.writeBytes(CRLF);
            }
        }
        if (subject != null) {
            out.writeBytes(subject.line());
        }
        if (added.via()) {
            out.writeBytes(http2 ? VIA_2 : VIA[head.minorVersion()]);
        }
    }

    private boolean passes(Head head, int index, boolean keepRun) {
        return switch (head.field(index)) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, HTTP2_SETTINGS -> false;
            case TE -> head.isTeTrailers(index);
            case UPGRADE -> head.upgrades();
            case X_RETAKE_RUN -> keepRun;
            // What frames, routes or traces a message is never dropped because a client nominates it.
            case CONTENT_LENGTH,
                    TRANSFER_ENCODING,
                    HOST,
                    X_FORWARDED_FOR,
                    X_FORWARDED_HOST,
                    X_FORWARDED_PROTO,
                    FORWARDED,
                    VIA -> true;
            case OTHER -> !head.nominated(index) && (subject == null || !subject.isNamed(head, index));
            case EXPECT, WWW_AUTHENTICATE -> !head.nominated(index);
        };
    }

    /** This hop's own Connection field; HTTP/1.0 needs one to stay open, HTTP/1.1 does not. */
    private static void writeConnection(Head head, ByteBuf out) {
        int te = head.indexOf(Field.TE);
        boolean upgrade = head.upgrades();
        boolean trailers = te >= 0 && head.isTeTrailers(te);
        boolean keepAlive = head.minorVersion() == 0 && head.persistent();
        if (!upgrade && !trailers && !keepAlive) {
            return;
        }
        out.writeBytes(CONNECTION);
        int before = out.writerIndex();
        if (keepAlive) {
            out.writeBytes(KEEP_ALIVE);
        }
        if (upgrade) {
            separate(out, before).writeBytes(UPGRADE);
        }
        if (trailers) {
            separate(out, before).writeBytes(TE);
        }
        out.writeBytes(CRLF);
    }

    private static ByteBuf separate(ByteBuf out, int before) {
        return out.writerIndex() == before ? out : out.writeBytes(COMMA);
    }

    /** Whether Host can stand in a quoted string as it is. */
    private static boolean quotable(Head head, int host) {
        for (int i = head.valueStart(host); i < head.valueEnd(host); i++) {
            byte b = head.bytes()[i];
            if (b <= ' ' || b == '"' || b == '\\' || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
