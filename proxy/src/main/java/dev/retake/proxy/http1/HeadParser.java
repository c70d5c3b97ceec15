package dev.retake.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads one head of HTTP/1.1 (RFC 9112), strictly where two readers could differ on where the message ends or on whom it
 * is for, and blind to everything else: odd values, methods and reasons pass. One parser belongs to one event loop; what it found is in
 * {@link #head()} until the next call.
 */
public final class HeadParser {
    /** What became of the bytes. */
    public enum Result {
        /** A whole head was read. */
        ACCEPTED,
        /** The head goes on after the bytes that are there. */
        INCOMPLETE,
        /** See {@link Head#refusal()}. */
        REFUSED
    }

    private static final int FIRST_COPY = 2048;
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/'};
    private static final byte[] CHUNKED = {'c', 'h', 'u', 'n', 'k', 'e', 'd'};
    private static final byte[] CONNECT = {'c', 'o', 'n', 'n', 'e', 'c', 't'};

    private final Head head = new Head();
    private final HeadLimits limits;
    private int limit;

    public HeadParser(HeadLimits limits) {
        this.limits = limits;
    }

    /** The head that was read last. */
    public Head head() {
        return head;
    }

    /** Reads a request's head from {@code in}, whose reader index stays. */
    public Result request(ByteBuf in) {
        return parse(in, true);
    }

    /** Reads a response's head from {@code in}, whose reader index stays. */
    public Result response(ByteBuf in) {
        return parse(in, false);
    }

    private Result parse(ByteBuf in, boolean request) {
        int readable = in.readableBytes();
        int wanted = Math.min(readable, FIRST_COPY);
        Result result = parse(in, wanted, request);
        while (result == Result.INCOMPLETE && wanted < Math.min(readable, limits.head() + 1)) {
            wanted = (int) Math.min(Math.min(readable, limits.head() + 1L), wanted * 4L);
            result = parse(in, wanted, request);
        }
        if (result == Result.INCOMPLETE && readable > limits.head()) {
            return refuse(Refusal.HEAD_TOO_LARGE);
        }
        return result;
    }

    private Result parse(ByteBuf in, int length, boolean request) {
        if (head.bytes.length < length) {
            head.bytes = new byte[Integer.highestOneBit(length) * 2];
        }
        in.getBytes(in.readerIndex(), head.bytes, 0, length);
        limit = length;
        head.clear();
        int at = 0;
        while (request && at + 1 < limit && head.bytes[at] == '\r' && head.bytes[at + 1] == '\n') {
            at += 2; // RFC 9112 §2.2: empty lines before a request line are skipped
        }
        head.start = at;
        if (at == limit || request && at + 1 == limit && head.bytes[at] == '\r') {
            return Result.INCOMPLETE;
        }
        Result line = request ? requestLine(at) : statusLine(at);
        if (line != Result.ACCEPTED) {
            return line;
        }
        if (request && head.startLineEnd - head.start > limits.requestLine()) {
            return refuse(Refusal.TARGET_TOO_LONG);
        }
        return fields(head.startLineEnd, request);
    }

    private Result requestLine(int from) {
        byte[] bytes = head.bytes;
        int at = from;
        while (at < limit && Ascii.isToken(bytes[at])) {
            at++;
        }
        if (at == limit) {
            return lineIncomplete(from);
        }
        if (at == from || bytes[at] != ' ') {
            return refuse(Refusal.START_LINE);
        }
        head.methodEnd = at;
        if (isConnect(from)) {
            return refuse(Refusal.CONNECT);
        }
        int target = ++at;
        while (at < limit && isVisible(bytes[at])) {
            at++;
        }
        if (at == limit) {
            return lineIncomplete(from);
        }
        if (bytes[at] != ' ') {
            boolean noVersion = bytes[at] == '\r' || bytes[at] == '\n';
            return refuse(noVersion ? Refusal.START_LINE : Refusal.CONTROL_IN_START_LINE);
        }
        if (at == target) {
            return refuse(Refusal.START_LINE);
        }
        head.targetStart = target;
        head.targetEnd = at;
        head.authority = RequestTarget.authority(bytes, target, at);
        if (head.authority == RequestTarget.INVALID) {
            return refuse(Refusal.TARGET_FORM);
        }
        int version = at + 1;
        Result result = version(version);
        if (result != Result.ACCEPTED) {
            return result;
        }
        return lineEnd(version + 8, Refusal.START_LINE);
    }

    private Result statusLine(int from) {
        byte[] bytes = head.bytes;
        Result result = version(from);
        if (result != Result.ACCEPTED) {
            return result;
        }
        int at = from + 8;
        if (limit < at + 4) {
            return Result.INCOMPLETE;
        }
        boolean digits = bytes[at] == ' ' && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2]) && isDigit(bytes[at + 3]);
        if (!digits || bytes[at + 1] == '0') {
            return refuse(Refusal.START_LINE);
        }
        head.status = (bytes[at + 1] - '0') * 100 + (bytes[at + 2] - '0') * 10 + bytes[at + 3] - '0';
        at += 4;
        if (at < limit && bytes[at] != ' ' && bytes[at] != '\r' && bytes[at] != '\n') {
            return refuse(Refusal.START_LINE);
        }
        while (at < limit && bytes[at] != '\r' && bytes[at] != '\n') {
            if (bytes[at] == 0) {
                return refuse(Refusal.NUL);
            }
            at++;
        }
        return lineEnd(at, Refusal.START_LINE);
    }

    private Result version(int at) {
        byte[] bytes = head.bytes;
        for (int i = 0; i < VERSION.length; i++) {
            if (at + i == limit) {
                return lineIncomplete(head.start);
            }
            if (bytes[at + i] != VERSION[i]) {
                return refuse(Refusal.START_LINE);
            }
        }
        if (limit < at + 8) {
            return lineIncomplete(head.start);
        }
        if (!isDigit(bytes[at + 5]) || bytes[at + 6] != '.' || !isDigit(bytes[at + 7])) {
            return refuse(Refusal.START_LINE);
        }
        if (bytes[at + 5] != '1' || bytes[at + 7] > '1') {
            return refuse(Refusal.VERSION);
        }
        head.minorVersion = bytes[at + 7] - '0';
        return Result.ACCEPTED;
    }

    private Result lineEnd(int at, Refusal otherwise) {
        if (at == limit) {
            return lineIncomplete(head.start);
        }
        byte[] bytes = head.bytes;
        if (bytes[at] != '\r') {
            return refuse(bytes[at] == '\n' ? Refusal.BARE_LF : otherwise);
        }
        if (at + 1 == limit) {
            return Result.INCOMPLETE;
        }
        if (bytes[at + 1] != '\n') {
            return refuse(Refusal.BARE_CR);
        }
        head.startLineEnd = at + 2;
        return Result.ACCEPTED;
    }

    private Result lineIncomplete(int from) {
        return limit - from > limits.requestLine() ? refuse(Refusal.TARGET_TOO_LONG) : Result.INCOMPLETE;
    }

    private Result fields(int from, boolean request) {
        byte[] bytes = head.bytes;
        int at = from;
        while (at < limit) {
            byte first = bytes[at];
            if (first == '\r') {
                if (at + 1 == limit) {
                    return Result.INCOMPLETE;
                }
                if (bytes[at + 1] != '\n') {
                    return refuse(Refusal.BARE_CR);
                }
                head.end = at + 2;
                if (head.end > limits.head()) {
                    return refuse(Refusal.HEAD_TOO_LARGE);
                }
                return framing(request);
            }
            if (first == ' ' || first == '\t') {
                return refuse(Refusal.FOLDED_LINE);
            }
            int nameEnd = at;
            while (nameEnd < limit && Ascii.isToken(bytes[nameEnd])) {
                nameEnd++;
            }
            if (nameEnd == limit) {
                return Result.INCOMPLETE;
            }
            if (bytes[nameEnd] != ':' || nameEnd == at) {
                return refuseName(bytes[nameEnd]);
            }
            int valueStart = nameEnd + 1;
            while (valueStart < limit && (bytes[valueStart] == ' ' || bytes[valueStart] == '\t')) {
                valueStart++;
            }
            int valueEnd = valueStart;
            while (valueEnd < limit && bytes[valueEnd] != '\r' && bytes[valueEnd] != '\n' && bytes[valueEnd] != 0) {
                valueEnd++;
            }
            if (valueEnd == limit) {
                return Result.INCOMPLETE;
            }
            if (bytes[valueEnd] != '\r') {
                return refuse(bytes[valueEnd] == 0 ? Refusal.NUL : Refusal.BARE_LF);
            }
            if (valueEnd + 1 == limit) {
                return Result.INCOMPLETE;
            }
            if (bytes[valueEnd + 1] != '\n') {
                return refuse(Refusal.BARE_CR);
            }
            int next = valueEnd + 2;
            while (valueEnd > valueStart && (bytes[valueEnd - 1] == ' ' || bytes[valueEnd - 1] == '\t')) {
                valueEnd--;
            }
            if (head.fieldCount() == limits.fields()) {
                return refuse(Refusal.TOO_MANY_FIELDS);
            }
            Field field = Field.of(bytes, at, nameEnd);
            if (field == Field.OTHER && Field.isAliasOfFraming(bytes, at, nameEnd)) {
                return refuse(Refusal.NAME_ALIAS);
            }
            head.add(field, at, nameEnd, valueStart, valueEnd, next);
            at = next;
        }
        return Result.INCOMPLETE;
    }

    private Result refuseName(byte found) {
        return refuse(
                switch (found) {
                    case ' ', '\t' -> Refusal.SPACE_IN_NAME;
                    case ':', '\r' -> Refusal.NO_COLON;
                    case '\n' -> Refusal.BARE_LF;
                    case 0 -> Refusal.NUL;
                    default -> Refusal.NAME_NOT_TOKEN;
                });
    }

    private Result framing(boolean request) {
        int hosts = 0;
        int codings = 0;
        for (int i = 0; i < head.fieldCount(); i++) {
            switch (head.field(i)) {
                case HOST -> hosts++;
                case CONNECTION -> head.addConnectionOptions(head.valueStart(i), head.valueEnd(i));
                case CONTENT_LENGTH -> {
                    Refusal wrong = contentLength(i, request);
                    if (wrong != null) {
                        return refuse(wrong);
                    }
                }
                case TRANSFER_ENCODING -> {
                    codings++;
                    if (!Ascii.equalsLower(head.bytes, head.valueStart(i), head.valueEnd(i), CHUNKED)) {
                        return refuse(Refusal.CODING_NOT_CHUNKED);
                    }
                }
                default -> {}
            }
        }
        if (request && hosts > 1) {
            return refuse(Refusal.SECOND_HOST);
        }
        if (codings > 0 && head.contentLength >= 0) {
            return refuse(Refusal.LENGTH_AND_CODING);
        }
        if (codings > 1) {
            return refuse(Refusal.CODING_NOT_CHUNKED);
        }
        if (codings > 0 && head.minorVersion == 0) {
            return refuse(Refusal.CODING_IN_1_0);
        }
        head.chunked = codings > 0;
        Refusal wrong = request ? host() : interimBody();
        return wrong == null ? Result.ACCEPTED : refuse(wrong);
    }

    /** A Host that is one, and agrees with the target where that names a host too. */
    private @Nullable Refusal host() {
        int index = head.indexOf(Field.HOST);
        if (index < 0) {
            return null;
        }
        int from = head.valueStart(index);
        int to = head.valueEnd(index);
        if (!RequestTarget.isAuthority(head.bytes, from, to)) {
            return Refusal.HOST_INVALID;
        }
        boolean agrees = head.authority == RequestTarget.NONE
                || RequestTarget.names(head.bytes, head.targetStart, head.authority, head.targetEnd, from, to);
        return agrees ? null : Refusal.HOST_DIFFERS;
    }

    /** A 1xx ends with its head; some clients would read the body that it announces all the same. */
    private @Nullable Refusal interimBody() {
        boolean announced = head.chunked || head.contentLength > 0;
        return head.status < 200 && announced ? Refusal.INTERIM_WITH_BODY : null;
    }

    private @Nullable Refusal contentLength(int index, boolean request) {
        int from = head.valueStart(index);
        int to = head.valueEnd(index);
        if (from == to || to - from > MAX_LENGTH_DIGITS) {
            return Refusal.LENGTH_INVALID;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(head.bytes[i])) {
                return Refusal.LENGTH_INVALID;
            }
            value = value * 10 + head.bytes[i] - '0';
        }
        int first = head.indexOf(Field.CONTENT_LENGTH);
        boolean same = Ascii.equalRanges(head.bytes, from, to, head.valueStart(first), head.valueEnd(first));
        if (index != first && (request || !same)) {
            return Refusal.SEVERAL_LENGTHS;
        }
        head.contentLength = value;
        return null;
    }

    private boolean isConnect(int from) {
        byte[] bytes = head.bytes;
        return Ascii.equalsLower(bytes, from, head.methodEnd, CONNECT);
    }

    private Result refuse(Refusal refusal) {
        head.refusal = refusal;
        return Result.REFUSED;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Neither control nor space; obs-text counts as visible. */
    private static boolean isVisible(byte b) {
        return (b > ' ' || b < 0) && b != 0x7f;
    }
}
