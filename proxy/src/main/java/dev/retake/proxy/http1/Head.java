package dev.retake.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of one parsed head stand. Each event loop has one for requests and one for responses and reuses them:
 * what must outlive the next parse is copied. Positions count from the first byte of {@link #bytes()}; a head ends after
 * its empty line.
 *
 * <pre>
 * Name: value \r\n
 * ^   ^ ^     ^^
 * |   | |     || lineEnd (after LF)
 * |   | |     valueEnd
 * |   | valueStart
 * |   nameEnd
 * lineStart
 * </pre>
 *
 * <p>Long for the many small questions that are asked of a head, each answered from these positions.
 */
public final class Head {
    private static final int STRIDE = 5;
    private static final byte[] CLOSE = ascii("close");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    private static final byte[] UPGRADE = ascii("upgrade");
    private static final byte[] CONTINUE = ascii("100-continue");
    private static final byte[] TRAILERS = ascii("trailers");
    private static final byte[] WEB_SOCKET = ascii("websocket");
    private static final byte[] CONTENT_TYPE = ascii("content-type");
    private static final byte[] EVENT_STREAM = ascii("text/event-stream");
    private static final byte[] H2 = ascii("h2");
    private static final byte[] HTTP = ascii("http");
    private static final byte[] HEAD = ascii("HEAD");
    private static final byte[][] IDEMPOTENT = {
        ascii("GET"), HEAD, ascii("PUT"), ascii("DELETE"), ascii("OPTIONS"), ascii("TRACE")
    };

    byte[] bytes = new byte[4096];
    int start;
    int end;
    int methodEnd;
    int targetStart;
    int targetEnd;
    int authority;
    int minorVersion;
    int status;
    int startLineEnd;

    @Nullable
    Refusal refusal;

    private int[] positions = new int[32 * STRIDE];
    private Field[] kinds = new Field[32];
    private int count;
    private final EnumSet<Field> known = EnumSet.noneOf(Field.class);

    long contentLength;
    boolean chunked;
    boolean close;
    boolean keepAlive;
    boolean upgradeToken;
    private boolean nominates;

    void clear() {
        count = 0;
        known.clear();
        contentLength = -1;
        chunked = false;
        close = false;
        keepAlive = false;
        upgradeToken = false;
        nominates = false;
        status = 0;
        methodEnd = 0;
        targetStart = 0;
        targetEnd = 0;
        authority = RequestTarget.NONE;
        minorVersion = 1;
        refusal = null;
    }

    void add(Field field, int lineStart, int nameEnd, int valueStart, int valueEnd, int lineEnd) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count * STRIDE);
        }
        kinds[count] = field;
        int at = count * STRIDE;
        positions[at] = lineStart;
        positions[at + 1] = nameEnd;
        positions[at + 2] = valueStart;
        positions[at + 3] = valueEnd;
        positions[at + 4] = lineEnd;
        known.add(field);
        count++;
    }

    /** Reads the options of a Connection field (RFC 9110 §7.6.1). */
    void addConnectionOptions(int from, int to) {
        int at = from;
        while (at < to) {
            int tokenEnd = at;
            while (tokenEnd < to && bytes[tokenEnd] != ',') {
                tokenEnd++;
            }
            int tokenFrom = skipSpace(at, tokenEnd);
            int tokenTo = trimSpace(tokenFrom, tokenEnd);
            if (Ascii.equalsLower(bytes, tokenFrom, tokenTo, CLOSE)) {
                close = true;
            } else if (Ascii.equalsLower(bytes, tokenFrom, tokenTo, KEEP_ALIVE)) {
                keepAlive = true;
            } else if (Ascii.equalsLower(bytes, tokenFrom, tokenTo, UPGRADE)) {
                upgradeToken = true;
            } else if (tokenFrom < tokenTo) {
                nominates = true;
            }
            at = tokenEnd + 1;
        }
    }

    /** The bytes that positions refer to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the start line begins; empty lines before it were skipped. */
    public int start() {
        return start;
    }

    /** Where the body begins. */
    public int end() {
        return end;
    }

    /** Bytes from the start line to the empty line, a copy. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    public int fieldCount() {
        return count;
    }

    public Field field(int index) {
        return kinds[index];
    }

    public int lineStart(int index) {
        return positions[index * STRIDE];
    }

    public int nameEnd(int index) {
        return positions[index * STRIDE + 1];
    }

    public int valueStart(int index) {
        return positions[index * STRIDE + 2];
    }

    public int valueEnd(int index) {
        return positions[index * STRIDE + 3];
    }

    public int lineEnd(int index) {
        return positions[index * STRIDE + 4];
    }

    /** Whether the head has such a field. */
    public boolean has(Field field) {
        return known.contains(field);
    }

    /** The first field of the kind, -1 where there is none. */
    public int indexOf(Field field) {
        if (!has(field)) {
            return -1;
        }
        int index = 0;
        while (kinds[index] != field) {
            index++;
        }
        return index;
    }

    /** The last field of the kind, -1 where there is none. */
    public int lastIndexOf(Field field) {
        int index = count - 1;
        while (index >= 0 && kinds[index] != field) {
            index--;
        }
        return index;
    }

    /** Why the head was refused, null where it was not. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** 0 or 1: the version is HTTP/1.x. */
    public int minorVersion() {
        return minorVersion;
    }

    /** Whether a request's target is a whole URL (RFC 9112 §3.2.2). */
    public boolean absoluteTarget() {
        return authority >= 0;
    }

    /** Where a request's method ends; it begins at {@link #start()}. */
    public int methodEnd() {
        return methodEnd;
    }

    /** Where a request's target ends. */
    public int targetEnd() {
        return targetEnd;
    }

    /** Where the path of a request's target begins; where it has none ({@code *}, a URL of a host alone) it is empty. */
    public int pathStart() {
        if (authority < 0) {
            return bytes[targetStart] == '/' ? targetStart : targetEnd;
        }
        int at = authority;
        while (at < targetEnd && bytes[at] != '/' && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    /** Where the path of a request's target ends, and its query may begin. */
    public int pathEnd() {
        int at = pathStart();
        while (at < targetEnd && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    /** Status of a response. */
    public int status() {
        return status;
    }

    /** Content-Length, -1 where there is none. */
    public long contentLength() {
        return contentLength;
    }

    /** Whether the transfer coding is chunked. */
    public boolean chunked() {
        return chunked;
    }

    /** Whether Connection says {@code close}. */
    public boolean close() {
        return close;
    }

    /** Whether Connection says {@code keep-alive}. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /** Whether the sender keeps its connection open after this message (RFC 9112 §9.3). */
    public boolean persistent() {
        return !close && (minorVersion == 1 || keepAlive);
    }

    /**
     * Whether protocols are offered that may all be relayed. HTTP itself in another version is not, in whatever list it
     * stands, since it would hide what follows; nor is anything in HTTP/1.0 (RFC 9110 §7.8).
     */
    public boolean upgrades() {
        if (!upgradeToken || minorVersion == 0 || !has(Field.UPGRADE)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (kinds[i] == Field.UPGRADE && offersHttp(valueStart(i), valueEnd(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the upgrade of a response is to WebSocket (RFC 6455 §4.2.2). */
    public boolean isWebSocket() {
        return has(Field.UPGRADE) && valueIs(indexOf(Field.UPGRADE), WEB_SOCKET);
    }

    /** Whether the content is a stream of server-sent events. */
    public boolean isEventStream() {
        for (int i = 0; i < count; i++) {
            if (kinds[i] == Field.OTHER && Ascii.equalsLower(bytes, lineStart(i), nameEnd(i), CONTENT_TYPE)) {
                return startsWith(valueStart(i), valueEnd(i), EVENT_STREAM);
            }
        }
        return false;
    }

    private boolean offersHttp(int from, int to) {
        int at = from;
        while (at < to) {
            int memberEnd = at;
            while (memberEnd < to && bytes[memberEnd] != ',') {
                memberEnd++;
            }
            int member = skipSpace(at, memberEnd);
            if (startsWith(member, memberEnd, H2) || startsWith(member, memberEnd, HTTP)) {
                return true;
            }
            at = memberEnd + 1;
        }
        return false;
    }

    private boolean startsWith(int from, int to, byte[] lower) {
        return to - from >= lower.length && Ascii.equalsLower(bytes, from, from + lower.length, lower);
    }

    /** Whether the client waits for 100 (Continue) before it sends the body (RFC 9110 §10.1.1). */
    public boolean expectsContinue() {
        return has(Field.EXPECT) && valueIs(indexOf(Field.EXPECT), CONTINUE);
    }

    /** Whether the field is TE with the one value that a relay of trailers may pass on (RFC 9110 §10.1.4). */
    public boolean isTeTrailers(int index) {
        return field(index) == Field.TE && valueIs(index, TRAILERS);
    }

    public boolean isHeadMethod() {
        return isMethod(HEAD);
    }

    /** Whether the request may be sent a second time without harm (RFC 9110 §9.2.2). */
    public boolean idempotent() {
        for (byte[] method : IDEMPOTENT) {
            if (isMethod(method)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMethod(byte[] method) {
        return Arrays.equals(bytes, start, methodEnd, method, 0, method.length);
    }

    /** Whether Connection nominates the field at {@code index} as one for this hop alone, and it can be one. */
    public boolean nominated(int index) {
        if (!nominates) {
            return false;
        }
        int nameFrom = lineStart(index);
        int nameTo = nameEnd(index);
        if (EndToEnd.is(bytes, nameFrom, nameTo)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (kinds[i] == Field.CONNECTION && lists(i, nameFrom, nameTo)) {
                return true;
            }
        }
        return false;
    }

    /** Seconds of a Keep-Alive field's {@code timeout}, -1 where it is not said. */
    public int keepAliveSeconds() {
        int index = indexOf(Field.KEEP_ALIVE);
        if (index < 0) {
            return -1;
        }
        String value =
                new String(bytes, valueStart(index), valueEnd(index) - valueStart(index), StandardCharsets.ISO_8859_1);
        int at = value.indexOf("timeout=");
        int seconds = -1;
        for (int i = at < 0 ? value.length() : at + 8; i < value.length() && seconds < 100_000; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            seconds = Math.max(seconds, 0) * 10 + digit;
        }
        return seconds;
    }

    private boolean lists(int connection, int nameFrom, int nameTo) {
        int at = valueStart(connection);
        int to = valueEnd(connection);
        while (at < to) {
            int tokenEnd = at;
            while (tokenEnd < to && bytes[tokenEnd] != ',') {
                tokenEnd++;
            }
            int tokenFrom = skipSpace(at, tokenEnd);
            if (Ascii.equalRanges(bytes, tokenFrom, trimSpace(tokenFrom, tokenEnd), nameFrom, nameTo)) {
                return true;
            }
            at = tokenEnd + 1;
        }
        return false;
    }

    private boolean valueIs(int index, byte[] lower) {
        return Ascii.equalsLower(bytes, valueStart(index), valueEnd(index), lower);
    }

    private int skipSpace(int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int trimSpace(int from, int to) {
        int at = to;
        while (at > from && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
            at--;
        }
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
